package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * The private directory that holds every shared file of one family of processes.
 *
 * <pre>
 *   /dev/shm/offspring-4711-k3x9q2/      mode 0700, made by the root process at its first use of the library
 *     owner                              locked by the root as long as it lives
 *     about                              one line: version of this layout, process number and start of the root
 *     processes                          the {@link ProcessTable}
 *     bell-3-1                           where process 3 listens when it sleeps
 *     pipe-12                            the memory of one pipe
 *     block-100000007                    the memory of one array
 *     named-14.prices                    {@linkplain NamedFiles the same file} as /dev/shm/prices
 *     child-3-1/                         crash log and argument file of process 3
 *     classes/                           copies of classes that were in no file
 * </pre>
 *
 * <p><b>Whose it is.</b> The root holds a lock on the file {@code owner}. The system takes the lock back when the root is
 * gone, however it went; so a directory whose lock can be had is stale, whatever has become of the process number in its
 * name, and the next root of the same user removes it. (A process number would lie: numbers are used again, and processes in other
 * containers that share the RAM file system have numbers that mean nothing here.)
 *
 * <p><b>Other versions of the library</b> may lay out a directory in another way, but keep {@code owner} and {@code about}. A directory of
 * another version is left to its own kind for a day after the death of its root; then it is removed without looking into it, so what it may
 * have made elsewhere stays. In {@code about} the start tells a process from a later one of the same number.
 *
 * <p><b>Two copies of the library in one JVM</b> (in two applications of a server) have a session each. A system's lock is the process's:
 * closing <i>any</i> descriptor of {@code owner} would give it back, so that of a directory of this process is never opened.
 *
 * <p><b>Other users'</b> directories are not looked into, also by {@code root}, whom one of them could lead astray by links.
 *
 * <p>It stands in {@code /dev/shm} where that is a writable directory with room, else in the temp directory, or where the
 * property {@value #PLACE_PROPERTY} says.
 */
public final class SessionDirectory {

    /** The system property that names the directory in which session directories are made. */
    public static final String PLACE_PROPERTY = "offspring.directory";

    private static final String PREFIX = "offspring-";
    private static final String OWNER = "owner";
    private static final String ABOUT = "about";
    private static final String MAGIC = "offspring-session";
    /** Of the layout; counts up when a session of this version could not remove one of the version before. */
    private static final int VERSION = 1;

    private static final Path RAM = Path.of("/dev/shm");
    private static final long ROOM_BYTES = 4L << 20;
    /** A Unix domain socket's path must fit into 107 bytes, of which "/bell-4095-123456789" takes 20. */
    private static final int LONGEST_PATH = 85;
    /** Younger directories are left alone: their owner may be about to take the lock. */
    private static final Duration SETTLED = Duration.ofSeconds(5);
    /** Those of other versions are left to their own kind so long. */
    private static final Duration STRANGE = Duration.ofDays(1);
    /** Starts of processes are told with this precision. */
    private static final long SAME_START_MILLIS = 2_000;

    private final Path path;
    /** Held until the process ends; null in a child, which owns nothing. */
    private final @Nullable FileLock lock;

    private SessionDirectory(Path path, @Nullable FileLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes a new directory, owned by this process. */
    static SessionDirectory create() throws IOException {
        Path place = place();
        Path path = place.resolve(PREFIX + ProcessHandle.current().pid() + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36));
        if (path.toString().length() > LONGEST_PATH) {
            throw new IOException(
                    "the path " + path + " is too long for the sockets in it; choose a shorter place with -D"
                            + PLACE_PROPERTY + "=DIRECTORY");
        }
        try {
            Files.createDirectory(path, privateAttributes(path));
            FileLock lock = lockOwner(path);
            writeAbout(path);
            return new SessionDirectory(path, lock);
        } catch (IOException e) {
            throw new IOException(
                    "cannot make the session directory " + path + " (" + e + "); choose a writable place with -D"
                            + PLACE_PROPERTY + "=DIRECTORY",
                    e);
        }
    }

    private static FileLock lockOwner(Path path) throws IOException {
        FileChannel owner = null;
        try {
            owner = FileChannel.open(path.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return owner.lock();
        } catch (IOException e) {
            if (owner != null) {
                owner.close();
            }
            deleteEmpty(path);
            throw e;
        }
    }

    private static void writeAbout(Path path) {
        ProcessHandle own = ProcessHandle.current();
        try {
            Files.writeString(path.resolve(ABOUT), MAGIC + " " + VERSION + " " + own.pid() + " " + startOf(own) + "\n");
        } catch (IOException e) { // then it counts as one of this version, and the lock alone decides
            Logs.of(SessionDirectory.class).debug("{} does not say who made it", path, e);
        }
    }

    /** When a process began, in milliseconds; 0 if the system does not tell. */
    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** What {@code about} says; another version's may say more. */
    private record About(int version, long pid, long start) {

        /** For a directory that does not say it: it was killed early. */
        static final About NOTHING = new About(VERSION, 0, 0);

        /** For one that says something else. */
        static final About STRANGE = new About(-1, 0, 0);

        static About read(Path directory) throws IOException {
            Path file = directory.resolve(ABOUT);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return NOTHING;
            }
            String[] words = Files.readString(file, StandardCharsets.ISO_8859_1).split("\\s+", 5);
            if (words.length < 4 || !words[0].equals(MAGIC)) {
                return words[0].isEmpty() ? NOTHING : STRANGE;
            }
            try {
                return new About(Integer.parseInt(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
            } catch (NumberFormatException e) {
                return STRANGE;
            }
        }

        boolean isOf(ProcessHandle process) {
            return process.pid() == pid && Math.abs(startOf(process) - start) <= SAME_START_MILLIS;
        }

        boolean isAlive() {
            return pid > 0 && ProcessHandle.of(pid).map(this::isOf).orElse(false);
        }
    }

    /** Removes a directory that has nothing but the owner's file: by names, since looking into it would take descriptors. */
    private static void deleteEmpty(Path path) throws IOException {
        Files.deleteIfExists(path.resolve(OWNER));
        Files.deleteIfExists(path.resolve(ABOUT));
        Files.deleteIfExists(path);
    }

    /** Removes the directory in which nothing could be made, even if that was for want of descriptors. */
    void removeEmpty() {
        try {
            if (lock != null) {
                lock.channel().close();
            }
            deleteEmpty(path);
        } catch (IOException e) {
            Logs.of(SessionDirectory.class).debug("{} could not be removed", path, e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    private static Path place() {
        String chosen = System.getProperty(PLACE_PROPERTY);
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath();
        }
        return hasRoom(RAM)
                ? RAM
                : Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    }

    private static boolean hasRoom(Path directory) {
        try {
            return Files.isDirectory(directory)
                    && Files.isWritable(directory)
                    && Files.getFileStore(directory).getUsableSpace() >= ROOM_BYTES;
        } catch (IOException e) {
            Logs.of(SessionDirectory.class).debug("{} cannot be asked for its room", directory, e);
            return false;
        }
    }

    private static FileAttribute<?>[] privateAttributes(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)};
    }

    /** Removes the directory and all in it. What cannot be removed is left to the next session's sweep. */
    void remove() {
        try {
            NamedFiles.removeOf(path);
            removeTree(path);
            if (lock != null) {
                lock.channel().close();
            }
        } catch (IOException e) {
            Logs.of(SessionDirectory.class).debug("{} could not be removed", path, e);
        }
    }

    /** Makes a directory and removes it as {@link #remove} does this one, so that all classes for that are there. */
    void rehearseRemoval() throws IOException {
        Path trial = Files.createDirectory(path.resolve("trial"));
        Files.createFile(trial.resolve("file"));
        NamedFiles.removeOf(trial);
        removeTree(trial);
    }

    /** Removes the directories beside this one whose owner is gone. */
    void sweepStale() {
        Path place = path.getParent();
        if (place == null) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(place, PREFIX + "*")) {
            UserPrincipal user = Files.getOwner(path);
            for (Path candidate : all) {
                if (!candidate.equals(path) && isOf(user, candidate)) {
                    sweep(candidate);
                }
            }
        } catch (IOException e) {
            Logs.of(SessionDirectory.class).debug("the sweep of {} ended early", place, e);
        }
    }

    private static boolean isOf(UserPrincipal user, Path directory) {
        try {
            return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(user);
        } catch (IOException e) {
            return false; // just being removed
        }
    }

    private static void sweep(Path directory) throws IOException {
        About about;
        try {
            about = About.read(directory);
            if (about.isOf(ProcessHandle.current()) || !isStale(directory, about)) {
                return;
            }
        } catch (IOException e) {
            Logs.of(SessionDirectory.class).trace("{} is just being removed", directory, e);
            return;
        }
        Logs.of(SessionDirectory.class).debug("removing {}, whose owner is gone", directory);
        if (about.version == VERSION) {
            NamedFiles.removeOf(directory);
        }
        removeTree(directory);
    }

    private static boolean isStale(Path directory, About about) throws IOException {
        Path owner = directory.resolve(OWNER);
        Path witness = Files.exists(owner) ? owner : directory;
        boolean strange = about.version != VERSION;
        Instant changed = Files.getLastModifiedTime(witness).toInstant();
        return Files.isReadable(directory)
                && changed.isBefore(Instant.now().minus(strange ? STRANGE : SETTLED))
                && !(strange && about.isAlive())
                && (witness.equals(directory) || canLock(owner));
    }

    private static boolean canLock(Path owner) throws IOException {
        try (FileChannel channel = FileChannel.open(owner, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException e) {
            return false; // a session of this very JVM that does not say so
        }
    }

    /** Removes a directory and all in it; names that others removed meanwhile are no matter. */
    public static void removeTree(Path directory) throws IOException {
        if (isRemovedEmpty(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Without looking into it, which takes descriptors: it may be that there are none, and that it is empty for that reason. */
    private static boolean isRemovedEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
