package offspring.multiprocessing.internal.launch.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32C;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * Where archives of classes are kept from one run to the next: a directory of the user.
 *
 * <pre>
 *   ~/.cache/offspring/                         mode 0700
 *     1x9k2fq8c7-1761280-9f3a11c2.jsa           fingerprint, length and checksum of an archive
 *     making-1x9k2fq8c7.lock                    locked by the process that makes that one
 *     making-1x9k2fq8c7-4711.jsa                not finished
 *     failed-2m8d0sw3a1                         could not be made lately
 * </pre>
 *
 * <p>An archive comes here by a rename, so it is whole or absent; its name says what its bytes must be, so that one that has been
 * damaged since is seen, which a JVM would not notice. It is executed in effect, so a directory that others may write to, or that
 * is another user's, is not used.
 */
final class CacheDirectory {

    /** The system property that names the directory. */
    static final String PLACE_PROPERTY = "offspring.cacheDirectory";

    private static final String SUFFIX = ".jsa";
    private static final String MAKING = "making-";
    private static final String FAILED = "failed-";
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_FILES = 16;
    private static final Duration USED = Duration.ofDays(1);
    private static final Duration ABANDONED = Duration.ofHours(1);
    /** So long nobody tries again what has failed. */
    private static final Duration DISCOURAGED = Duration.ofDays(1);

    private final Path path;

    private CacheDirectory(Path path) {
        this.path = path;
    }

    /**
     * The directory of this user, made if it is not there.
     *
     * @throws IOException if it cannot be made or written to, or is not private
     */
    static CacheDirectory open() throws IOException {
        return open(place());
    }

    static CacheDirectory open(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(path)) {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (posix) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(path);
            }
        }
        if (posix) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new IOException(path + " can be written to by others");
            }
        }
        if (!Files.isWritable(path)) {
            throw new IOException(path + " cannot be written to");
        }
        if (posix && !Files.getOwner(path).equals(self(path))) {
            throw new IOException(path + " belongs to " + Files.getOwner(path).getName());
        }
        return new CacheDirectory(path);
    }

    /** Who this process is, for the file system: who owns what it makes. The user's name may say something else. */
    private static UserPrincipal self(Path path) throws IOException {
        Path probe = Files.createTempFile(path, MAKING, ".probe");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static Path place() {
        String chosen = System.getProperty(PLACE_PROPERTY);
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath();
        }
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        String home = System.getenv(windows ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        boolean said = home != null && !home.isEmpty() && Path.of(home).isAbsolute();
        Path caches = said ? Path.of(home) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("offspring");
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    /** The archive with that fingerprint, if there is a sound one; a damaged one is removed. */
    @Nullable
    Path find(String fingerprint) throws IOException {
        for (Path archive : archives(fingerprint + "-*" + SUFFIX)) {
            if (archive.equals(path.resolve(nameOf(fingerprint, archive)))) {
                touch(archive);
                return archive;
            }
            Logs.of(CacheDirectory.class).debug("{} is damaged; it will be made again", archive);
            Files.deleteIfExists(archive);
        }
        return null;
    }

    private static String nameOf(String fingerprint, Path content) throws IOException {
        byte[] bytes = Files.readAllBytes(content);
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return fingerprint + "-" + bytes.length + "-" + Long.toHexString(sum.getValue()) + SUFFIX;
    }

    /** Which of them were not used for long is told by their times. */
    private static void touch(Path archive) {
        try {
            if (Files.getLastModifiedTime(archive)
                    .toInstant()
                    .isBefore(Instant.now().minus(USED))) {
                Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
            }
        } catch (IOException e) {
            Logs.of(CacheDirectory.class).trace("{} keeps its time", archive, e);
        }
    }

    /** Waits for the right to make the archive with that fingerprint; null when another copy of the library in this JVM has it. */
    @Nullable
    FileLock lock(String fingerprint) throws IOException {
        FileChannel channel = FileChannel.open(
                path.resolve(MAKING + fingerprint + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.lock();
        } catch (OverlappingFileLockException e) {
            Logs.of(CacheDirectory.class).trace("another copy of the library makes it", e);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock;
    }

    /** Where a JVM of this process may write an archive that is not finished. */
    Path unfinished(String fingerprint) {
        return path.resolve(MAKING + fingerprint + "-" + ProcessHandle.current().pid() + SUFFIX);
    }

    /** Says that the archive with that fingerprint could not be made: it would fail again, and each program would pay for it. */
    void discourage(String fingerprint) throws IOException {
        Files.write(path.resolve(FAILED + fingerprint), new byte[0]);
    }

    /** Whether that was said lately. */
    boolean isDiscouraged(String fingerprint) {
        Path mark = path.resolve(FAILED + fingerprint);
        return Files.exists(mark) && time(mark).isAfter(Instant.now().minus(DISCOURAGED));
    }

    /** Gives an archive that is finished its place, and throws away the oldest of all if they are too many. */
    Path keep(String fingerprint, Path finished) throws IOException {
        Path place = path.resolve(nameOf(fingerprint, finished));
        Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        trim(place);
        return place;
    }

    private void trim(Path newest) throws IOException {
        List<Path> all = archives("*");
        all.sort(Comparator.comparing(CacheDirectory::time).reversed());
        all.remove(newest);
        long bytes = Files.size(newest);
        int files = 1;
        for (Path file : all) {
            Duration life = lifeOf(file);
            if (life != null) {
                if (time(file).isBefore(Instant.now().minus(life))) {
                    Files.deleteIfExists(file);
                }
                continue;
            }
            bytes += size(file);
            files++;
            if (bytes > MOST_BYTES || files > MOST_FILES) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** How long a file that is no archive stays; null for an archive. */
    private static @Nullable Duration lifeOf(Path file) {
        String name = file.getFileName().toString();
        if (name.startsWith(MAKING)) {
            return ABANDONED;
        }
        return name.startsWith(FAILED) ? DISCOURAGED : null;
    }

    private List<Path> archives(String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path, pattern)) {
            all.forEach(found::add);
        }
        return found;
    }

    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH; // just thrown away by another process
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
