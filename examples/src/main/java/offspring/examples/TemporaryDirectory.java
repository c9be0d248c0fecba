package offspring.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A directory for the time of an example, in the system's place for such. It is removed with all that is in it when it is closed, and also if
 * Ctrl-C ends the program before that.
 */
public final class TemporaryDirectory implements AutoCloseable {

    private static final int TRIES = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path path;
    private final AtCtrlC atCtrlC;

    private TemporaryDirectory(Path path) {
        this.path = path;
        this.atCtrlC = new AtCtrlC(this::remove);
    }

    /**
     * Makes one.
     *
     * @param prefix how its name begins
     * @return an empty one
     * @throws IOException if there is no place for it
     */
    public static TemporaryDirectory create(String prefix) throws IOException {
        return new TemporaryDirectory(Files.createTempDirectory(prefix));
    }

    /**
     * Tells where it is.
     *
     * @return its path
     */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        atCtrlC.close();
        remove();
    }

    /** At Ctrl-C others are at work, too: a process that is being ended may still write a file, and {@link #close} may remove one. */
    private void remove() throws IOException {
        for (int left = TRIES; Files.exists(path); left--) {
            try {
                for (Path each : innerFirst()) {
                    Files.deleteIfExists(each);
                }
            } catch (DirectoryNotEmptyException | NoSuchFileException changed) {
                if (left == 0) {
                    throw changed;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private List<Path> innerFirst() throws IOException {
        try (Stream<Path> found = Files.walk(path)) {
            return found.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
