package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import offspring.core.internal.Logs;

/**
 * Shared memory under names that users choose, for processes that need not be of the session, nor be JVMs.
 *
 * <pre>
 *   /dev/shm/offspring-4711-k3x9q2/unborn-14.prices     the memory, until it is complete
 *   /dev/shm/prices                                     a second name of it: mode 0600
 *   /dev/shm/offspring-4711-k3x9q2/named-14.prices      the first name, afterwards
 * </pre>
 *
 * <p>The files stand beside the session directory: in {@code /dev/shm}, that is where the system's {@code shm_open} looks, which
 * Python uses.
 *
 * <p><b>How one is made.</b> It is allocated and made private as {@code unborn}; a hard link gives it its name, at once and complete, or
 * fails because the name is taken; then {@code unborn} becomes {@code named}. So nobody ever attaches to half a block, and of two who want
 * a name one gets it.
 *
 * <p><b>Who removes it.</b> Who unlinks it; else the session, when its directory is removed: by its root, or, if that was killed,
 * by the next session's sweep. As long as the session has its own name for the file, no other file can be taken for it: so a later
 * one of the same name, which is not ours, is left alone. When somebody outside has unlinked the file, our name would keep the memory; it goes
 * when the session makes or unlinks another.
 *
 * <p><b>A kill</b> leaves {@code unborn} or {@code named}, with or without the chosen name; the end of the session removes both.
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
        forgetUnlinked(session);
        Path target = placeOf(session.directory()).resolve(name);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(name);
        }
        String mark = session.processes().nextId() + "." + name;
        Path unborn = session.directory().resolve(UNBORN + mark);
        try {
            Segment segment = Segment.create(unborn, sizeBytes);
            if (hasView(unborn, "posix")) {
                Files.setPosixFilePermissions(unborn, PosixFilePermissions.fromString("rw-------"));
            }
            Files.createLink(target, unborn);
            Files.move(unborn, session.directory().resolve(NAMED + mark), StandardCopyOption.ATOMIC_MOVE);
            return segment;
        } catch (FileAlreadyExistsException e) {
            throw taken(name);
        } finally {
            Files.deleteIfExists(unborn);
        }
    }

    private static FileAlreadyExistsException taken(String name) {
        return new FileAlreadyExistsException(
                name, null, "there is shared memory of this name; attach to it, or unlink it");
    }

    private static boolean hasView(Path file, String view) {
        return file.getFileSystem().supportedFileAttributeViews().contains(view);
    }

    /** Gives up our own names for files that somebody outside has unlinked. */
    private static void forgetUnlinked(Session session) throws IOException {
        if (!hasView(session.directory(), "unix")) {
            return;
        }
        for (Path mark : marks(session.directory(), NAMED)) {
            if (Files.exists(mark) && Files.getAttribute(mark, "unix:nlink").equals(1)) {
                Files.deleteIfExists(mark);
            }
        }
    }

    private static List<Path> marks(Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }

    /** The name that a file is going to have, or has, for everybody. */
    private static Path targetOf(Path directory, Path mark) {
        String name = mark.getFileName().toString();
        return placeOf(directory).resolve(name.substring(name.indexOf('.') + 1));
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
        Files.delete(find(session, name));
        forgetUnlinked(session);
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

    /** Removes the files that the session in this directory has given a name and nobody has unlinked. */
    static void removeOf(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try {
            for (String prefix : List.of(UNBORN, NAMED)) {
                for (Path mark : marks(directory, prefix)) {
                    Path target = targetOf(directory, mark);
                    if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(target, mark)) {
                        Files.deleteIfExists(target);
                    }
                }
            }
        } catch (IOException e) {
            Logs.of(NamedFiles.class).debug("shared memory named by {} may stay", directory, e);
        }
    }

    private static Path placeOf(Path directory) {
        Path place = directory.getParent();
        return place == null ? directory : place;
    }
}
