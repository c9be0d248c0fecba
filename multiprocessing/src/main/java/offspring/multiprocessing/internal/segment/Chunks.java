package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A row of segments of one size that grows while processes use it.
 *
 * <pre>
 *   in the process table's header:   id of chunk 0 | id of chunk 1 | 0 | 0 …      one word each
 *   files:                           cells-9         cells-31
 * </pre>
 *
 * <p>A process that wants one more makes a file under a name that nobody else can have, and publishes it by compare-and-set of
 * the first word that is 0. If another was faster, the file is removed, and the other's is used. A kill in between leaves a file
 * that nobody uses until the session ends.
 */
final class Chunks {

    private final Path directory;
    private final ProcessTable processes;
    private final String prefix;
    private final int words;
    private final int most;
    private final int chunkBytes;
    private final ConcurrentHashMap<Integer, Segment> mapped = new ConcurrentHashMap<>();

    /**
     * A row whose ids stand at {@code words} of the process table's header.
     *
     * @param most how many chunks there is room for
     */
    Chunks(Path directory, ProcessTable processes, String prefix, int words, int most, int chunkBytes) {
        this.directory = directory;
        this.processes = processes;
        this.prefix = prefix;
        this.words = words;
        this.most = most;
        this.chunkBytes = chunkBytes;
    }

    /** How many chunks there are. */
    int count() {
        int count = 0;
        while (count < most && processes.headerWord(words + count * 8) != 0) {
            count++;
        }
        return count;
    }

    /** One of them, mapped. */
    Segment get(int chunk) throws IOException {
        Segment known = mapped.get(chunk);
        if (known != null) {
            return known;
        }
        Segment opened = Segment.open(path(processes.headerWord(words + chunk * 8)));
        Segment earlier = mapped.putIfAbsent(chunk, opened);
        return earlier == null ? opened : earlier;
    }

    /**
     * Makes sure that there are more than {@code count} chunks.
     *
     * @throws IOException if there is no room for one, or no more than {@code count} are allowed
     */
    void grow(int count) throws IOException {
        if (count >= most) {
            throw new IOException("the session has " + most + " files " + prefix + "-* of " + chunkBytes
                    + " bytes, and they are full: close locks, values and queues that are not needed");
        }
        long id = processes.nextId();
        Segment made = Segment.create(path(id), chunkBytes);
        if (!processes.setHeaderWord(words + count * 8, id)) {
            made.delete();
        }
    }

    private Path path(long id) {
        return directory.resolve(prefix + "-" + id);
    }
}
