package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Shared memory under names that users choose, for processes that need not be of the session, nor be JVMs.
 *
 * <pre>
 *   /dev/shm/offspring-4711-k3x9q2/unborn-14     the memory, until it is complete
 *   /dev/shm/offspring-4711-k3x9q2/named-14      two lines: "prices", and the system's key of the file
 *   /dev/shm/prices                              the memory: mode 0600
 * </pre>
 *
 * <p>The files stand beside the session directory: in {@code /dev/shm}, that is where the system's {@code shm_open} looks, which
 * Python uses.
 *
 * <p><b>How one is made.</b> It is allocated and made private as {@code unborn}; then {@code named} is written; then a hard link gives the
 * memory its name, at once and complete, or fails because the name is taken; then {@code unborn} is removed. So nobody ever attaches to half
 * a block, and of two who want a name one gets it.
 *
 * <p><b>Who removes it.</b> Who unlinks it; else the session, when its directory is removed: by its root, or, if that was killed,
 * by the next session's sweep. The key tells the file from a later one of the same name, which is not ours.
 *
 * <p><b>A kill</b> before the link leaves files in the session directory, which end with it; after the link, all is written.
 */
public final class NamedFiles {

    private static final String UNBORN = "unborn-";
    private static final String NAMED = "named-";
    private static final Path SYSTEM = Path.of("/dev/shm");

    private NamedFiles() {}

    /**
     * Makes a file of zeroes with this name.
     *
     * @throws FileAlreadyExistsException if there is one
     */
    public static Segment create(Session session, String name, int sizeBytes) throws IOException {
        Path target = placeOf(session.directory()).resolve(name);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(name);
        }
        long id = session.processes().nextId();
        Path unborn = session.directory().resolve(UNBORN + id);
        Path marker = session.directory().resolve(NAMED + id);
        boolean done = false;
        try {
            Segment segment = Segment.create(unborn, sizeBytes);
            if (Files.getFileStore(unborn).supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(unborn, PosixFilePermissions.fromString("rw-------"));
            }
            Files.write(marker, List.of(name, keyOf(unborn)));
            Files.createLink(target, unborn);
            done = true;
            return segment;
        } catch (FileAlreadyExistsException e) {
            throw taken(name);
        } finally {
            Files.deleteIfExists(unborn);
            if (!done) {
                Files.deleteIfExists(marker);
            }
        }
    }

    private static FileAlreadyExistsException taken(String name) {
        return new FileAlreadyExistsException(
                name, null, "there is shared memory of this name; attach to it, or unlink it");
    }

    /**
     * Maps the file of this name, whoever has made it.
     *
     * @throws NoSuchFileException if there is none
     */
    public static Segment open(Session session, String name) throws IOException {
        Path file = find(session, name);
        if (Files.size(file) > Integer.MAX_VALUE) {
            throw new IOException("shared memory " + name + " has " + Files.size(file)
                    + " bytes; a JVM maps at most 2 GiB in one piece");
        }
        Segment segment = Segment.open(file);
        if (segment.sizeBytes() == 0) {
            throw new IOException("shared memory " + name + " is empty; who makes it has not finished, or has failed");
        }
        return segment;
    }

    /**
     * Removes the name; who has the memory keeps it.
     *
     * @throws NoSuchFileException if there is no such name
     */
    public static void unlink(Session session, String name) throws IOException {
        Path file = find(session, name);
        String key = keyOf(file);
        Files.delete(file);
        try (DirectoryStream<Path> markers = Files.newDirectoryStream(session.directory(), NAMED + "*")) {
            for (Path marker : markers) {
                if (Files.readAllLines(marker).equals(List.of(name, key))) {
                    Files.deleteIfExists(marker);
                }
            }
        }
    }

    private static Path find(Session session, String name) throws IOException {
        for (Path place : List.of(placeOf(session.directory()), SYSTEM)) {
            Path file = place.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return file;
            }
        }
        throw new NoSuchFileException(name, null, "there is no shared memory of this name");
    }

    /** Removes the named files that the session in this directory has made and nobody has unlinked. */
    static void removeOf(Path directory) {
        try (DirectoryStream<Path> markers = Files.newDirectoryStream(directory, NAMED + "*")) {
            for (Path marker : markers) {
                List<String> lines = Files.readAllLines(marker);
                if (lines.size() == 2) {
                    removeIfSame(placeOf(directory).resolve(lines.get(0)), lines.get(1));
                }
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(NamedFiles.class).debug("shared memory named by {} may stay", directory, e);
        }
    }

    private static void removeIfSame(Path file, String key) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && keyOf(file).equals(key)) {
            Files.deleteIfExists(file);
        }
    }

    /** What tells one file from another that has its name later, where the system has such a thing. */
    private static String keyOf(Path file) throws IOException {
        return String.valueOf(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    private static Path placeOf(Path directory) {
        Path place = directory.getParent();
        return place == null ? directory : place;
    }
}
