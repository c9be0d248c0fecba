package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The private directory that holds every shared file of one family of processes.
 *
 * <pre>
 *   /dev/shm/offspring-4711-k3x9q2/      mode 0700, made by the root process at its first use of the library
 *     owner                              locked by the root as long as it lives
 *     processes                          the {@link ProcessTable}
 *     bell-3-1                           where process 3 listens when it sleeps
 *     pipe-12                            the memory of one pipe
 *     block-100000007                    the memory of one array
 *     named-14.prices                    {@linkplain NamedFiles the same file} as /dev/shm/prices
 *     child-3-1/                         crash log and argument file of process 3
 * </pre>
 *
 * <p><b>Whose it is.</b> The root holds a lock on the file {@code owner}. The system takes the lock back when the root is
 * gone, however it went; so a directory whose lock can be had is stale, whatever has become of the process number in its
 * name, and the next root removes it. (A process number would lie: numbers are used again, and processes in other
 * containers that share the RAM file system have numbers that mean nothing here.)
 *
 * <p>It stands in {@code /dev/shm} where that is a writable directory with room, else in the temp directory, or where the
 * property {@value #PLACE_PROPERTY} says.
 */
public final class SessionDirectory {

    /** The system property that names the directory in which session directories are made. */
    public static final String PLACE_PROPERTY = "offspring.directory";

    private static final String PREFIX = "offspring-";
    private static final String OWNER = "owner";
    private static final Path RAM = Path.of("/dev/shm");
    private static final long ROOM_BYTES = 4L << 20;
    /** A Unix domain socket's path must fit into 107 bytes, of which "/bell-4095-123456789" takes 20. */
    private static final int LONGEST_PATH = 85;
    /** Younger directories are left alone: their owner may be about to take the lock. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

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
            return new SessionDirectory(path, lockOwner(path));
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

    /** Removes a directory that has nothing but the owner's file: by names, since looking into it would take descriptors. */
    private static void deleteEmpty(Path path) throws IOException {
        Files.deleteIfExists(path.resolve(OWNER));
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
            LoggerFactory.getLogger(SessionDirectory.class).debug("{} could not be removed", path, e);
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
            LoggerFactory.getLogger(SessionDirectory.class).debug("{} cannot be asked for its room", directory, e);
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
            LoggerFactory.getLogger(SessionDirectory.class).debug("{} could not be removed", path, e);
        }
    }

    /** Removes the directories beside this one whose owner is gone. */
    void sweepStale() {
        Path place = path.getParent();
        if (place == null) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (Path candidate : all) {
                if (!candidate.equals(path) && Files.isDirectory(candidate) && isStale(candidate)) {
                    LoggerFactory.getLogger(SessionDirectory.class)
                            .debug("removing {}, whose owner is gone", candidate);
                    NamedFiles.removeOf(candidate);
                    removeTree(candidate);
                }
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(SessionDirectory.class).debug("the sweep of {} ended early", place, e);
        }
    }

    private static boolean isStale(Path directory) {
        try {
            Path owner = directory.resolve(OWNER);
            Path witness = Files.exists(owner) ? owner : directory;
            Instant changed = Files.getLastModifiedTime(witness).toInstant();
            return Files.isReadable(directory)
                    && changed.isBefore(Instant.now().minus(SETTLED))
                    && (witness.equals(directory) || canLock(owner));
        } catch (IOException e) {
            return false; // another user's, or just being removed by another sweep
        }
    }

    private static boolean canLock(Path owner) throws IOException {
        try (FileChannel channel = FileChannel.open(owner, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (OverlappingFileLockException e) {
            return false; // a session of this very JVM, loaded by another class loader
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
