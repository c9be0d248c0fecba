package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import offspring.core.internal.Logs;

/**
 * Asks for a garbage collection when shared objects that were dropped, not closed, have taken much memory. To the collector each of them is a
 * few small objects, and it would come for gigabytes of pipes as late as for so many kilobytes. The JDK does the same for its direct
 * buffers.
 *
 * <p>Programs that close what they make never cause one: the size that counts is that of the files which are there.
 */
final class Pressure {

    /** After so many new bytes it looks how large the session is. */
    private static final long LOOK_BYTES = 256L << 20;

    private static final AtomicLong SINCE_LOOK = new AtomicLong();
    /** How large the session was when everything in it was in use, as far as is known. */
    private static final AtomicLong IN_USE = new AtomicLong(LOOK_BYTES);

    private Pressure() {}

    /** Notes that a file of so many bytes was made. */
    static void added(Path file, long bytes) {
        Path directory = file.getParent();
        if (directory != null && SINCE_LOOK.addAndGet(bytes) >= LOOK_BYTES && SINCE_LOOK.getAndSet(0) != 0) {
            long now = sizeOf(directory);
            if (now >= 2 * IN_USE.get()) {
                System.gc();
                IN_USE.set(now); // at most; what was found is removed soon, and then the next look says less
            } else {
                IN_USE.set(Math.max(LOOK_BYTES, Math.min(now, IN_USE.get())));
            }
        }
    }

    private static long sizeOf(Path directory) {
        long sum = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                sum += sizeOfFile(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            Logs.of(Pressure.class).debug("the size of {} cannot be seen", directory, e);
        }
        return sum;
    }

    private static long sizeOfFile(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // removed meanwhile
        }
    }
}
