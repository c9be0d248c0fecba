package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import offspring.core.internal.Logs;

/**
 * Small pieces of shared memory for locks, values and the like, each of {@value #CELL} bytes, many to a file.
 *
 * <pre>
 *   cells-9 ┌──────────┬──────────┬───┐     chunk 0, {@value #PER_CHUNK} cells
 *           │ cell 0   │ cell 1   │ … │
 *           └──────────┴──────────┴───┘
 *   cells-31 ...                            chunk 1, made when no cell of chunk 0 can be had
 *
 *   cell     0  state: generation << 40 | touches << 2 | has a file << 1 | alive
 *            8  120 bytes for the object
 *
 *   reference: generation << 32 | index     names one object of the session; 0 is none
 *   block-&lt;reference in hex&gt;                the file of a cell whose object is larger
 * </pre>
 *
 * <p><b>Who holds a cell</b> is written beside it: each process lists in its {@link HeldTable} the cells that its objects use, and
 * the session lists in {@link Flights} the handles that are on their way. There is no count that a kill could leave wrong. A cell
 * that nobody lists is found by a {@linkplain #sweep sweep}, which runs when no free cell is at hand.
 *
 * <p><b>Why a sweep frees nothing that is in use.</b> A cell changes hands by "write the new entry, touch the cell, clear the old
 * entry". The sweep reads the cell's state, looks through all entries, and frees by compare-and-set from the state it has read.
 * If the touch came after that read, the compare-and-set fails; if it came before, the new entry was there before the look
 * began, and is seen, unless the cell changed hands once more, with another touch. A cell is allocated by the same rule: its
 * entry is written first, then it is made alive.
 *
 * <p><b>A file of its own</b> goes with the cell. The mark is set before the file is made. Who frees the cell leaves the mark, removes
 * the file, and clears the mark last; until then the cell is doomed: neither alive nor free. So a kill in between leaves a doomed
 * cell, and the next sweep removes the file, whose name nobody else can have. As files are larger than cells, they do not wait for
 * a sweep: who gives up a cell with a file looks at once whether anybody else has it, and so does who buries a process.
 *
 * <p><b>A kill</b> anywhere leaves at most an entry of the dead, which does not count, or a flight, which counts as long as its
 * carrier is there.
 *
 * <p>Ancestor: mark and sweep. We differ: the roots are entries, cells refer to nothing, and nobody is stopped.
 */
final class Cells {

    /** How many bytes a cell has. */
    static final int CELL = 128;

    /** Where the object's bytes begin in it. */
    static final int BODY = 8;

    static final int PER_CHUNK = 1024;

    private static final int GENERATION_SHIFT = 40;
    private static final long GENERATIONS = 1 << 24;
    private static final long TOUCH = 4;
    private static final long FILE = 2;
    private static final long ALIVE = 1;

    private static final String FILE_PREFIX = "block-";

    private final Session session;
    private final Chunks chunks;
    private final Flights flights;
    /** Guards {@link #free}; held over a sweep, so that the threads of this process do not sweep side by side. */
    private final ReentrantLock searching = new ReentrantLock();
    /** Cells that were free when this process last looked. */
    private final ArrayDeque<Integer> free = new ArrayDeque<>();

    /** How many chunks this process has looked through. */
    private int seen;

    Cells(Session session, Chunks chunks, Flights flights) {
        this.session = session;
        this.chunks = chunks;
        this.flights = flights;
    }

    private static int offsetOf(int index) {
        return index % PER_CHUNK * CELL;
    }

    private Segment segmentOf(int index) throws IOException {
        return chunks.get(index / PER_CHUNK);
    }

    Segment segmentOf(long reference) throws IOException {
        return segmentOf((int) reference);
    }

    static int bodyOf(long reference) {
        return offsetOf((int) reference) + BODY;
    }

    /** Whether the object that the reference names is still there. */
    boolean isAlive(long reference) throws IOException {
        long state = segmentOf(reference).getVolatile(offsetOf((int) reference));
        return (state & ALIVE) != 0 && state >>> GENERATION_SHIFT == reference >>> 32;
    }

    /** The second step of each change of hands. */
    void touch(long reference) throws IOException {
        segmentOf(reference).getAndAdd(offsetOf((int) reference), TOUCH);
    }

    /** A cell that was free, and has not become anybody's yet: {@link #revive} decides. */
    record Candidate(int index, long state, long reference) {}

    /** Finds a cell that seems to be free. */
    Candidate candidate() throws IOException {
        searching.lock();
        try {
            while (true) {
                Integer index = free.poll();
                if (index == null) {
                    lookForMore();
                    continue;
                }
                long state = segmentOf(index).getVolatile(offsetOf(index));
                if (isFree(state)) {
                    long generation = (state >>> GENERATION_SHIFT) % (GENERATIONS - 1) + 1;
                    return new Candidate(index, state, (generation << 32) | index);
                }
            }
        } finally {
            searching.unlock();
        }
    }

    /** Makes a candidate alive, its bytes all zero; false if another process was faster. Its entry has been written before. */
    boolean revive(Candidate candidate) throws IOException {
        Segment segment = segmentOf(candidate.index());
        int at = offsetOf(candidate.index());
        long alive = ((candidate.reference() >>> 32) << GENERATION_SHIFT) | ALIVE;
        if (!segment.compareAndSet(at, candidate.state(), alive)) {
            return false;
        }
        for (int word = BODY; word < CELL; word += 8) {
            segment.putVolatile(at + word, 0);
        }
        return true;
    }

    private void lookForMore() throws IOException {
        int count = chunks.count();
        if (seen < count) {
            listFree(seen, count);
            seen = count;
            return;
        }
        sweep();
        if (free.size() <= count * PER_CHUNK / 4) {
            chunks.grow(count);
        }
    }

    private void listFree(int from, int to) throws IOException {
        for (int index = from * PER_CHUNK; index < to * PER_CHUNK; index++) {
            if (isFree(segmentOf(index).getVolatile(offsetOf(index)))) {
                free.add(index);
            }
        }
    }

    /** Frees the cells that nobody holds, and lists what is free. */
    void sweep() throws IOException {
        int count = chunks.count();
        Map<Long, Long> unlisted = cellsInUse(count);
        strikeOutListed(unlisted);
        for (Map.Entry<Long, Long> cell : unlisted.entrySet()) {
            free(cell.getKey(), cell.getValue());
        }
        free.clear();
        listFree(0, count);
        seen = count;
    }

    /** Also the doomed: nobody lists them, so that the sweep ends what a kill has interrupted. */
    private Map<Long, Long> cellsInUse(int count) throws IOException {
        Map<Long, Long> states = new HashMap<>();
        for (int index = 0; index < count * PER_CHUNK; index++) {
            long state = segmentOf(index).getVolatile(offsetOf(index));
            if (!isFree(state)) {
                states.put(((state >>> GENERATION_SHIFT) << 32) | index, state);
            }
        }
        return states;
    }

    private void strikeOutListed(Map<Long, Long> unlisted) throws IOException {
        session.processes().forEach(identity -> strikeOutHeld(identity, unlisted));
        flights.forEach(this::hasPipe, unlisted::remove);
    }

    /** A list that cannot be read makes all cells seem to be in use: better a cell too few than one that two use. */
    private void strikeOutHeld(long identity, Map<Long, Long> unlisted) {
        try {
            HeldTable.forEach(session, identity, unlisted::remove);
        } catch (IOException e) {
            Logs.of(Cells.class).debug("what {} holds cannot be read; nothing is freed", identity, e);
            unlisted.clear();
        }
    }

    private static boolean isFree(long state) {
        return (state & (ALIVE | FILE)) == 0;
    }

    /** Frees a cell that nobody lists, unless its state has changed since it was read; its file goes with it. */
    private void free(long reference, long state) throws IOException {
        Segment segment = segmentOf(reference);
        int at = offsetOf((int) reference);
        long dead = state & ~ALIVE;
        if (segment.compareAndSet(at, state, dead) && (dead & FILE) != 0) {
            Files.deleteIfExists(fileOf(reference));
            segment.compareAndSet(at, dead, dead & ~FILE);
        }
    }

    // ---- cells with a file

    /** Where the file of a cell is. */
    Path fileOf(long reference) {
        return session.directory().resolve(FILE_PREFIX + Long.toHexString(reference));
    }

    /** Says that a cell which the calling process holds is going to have a file. */
    void markFile(long reference) throws IOException {
        segmentOf(reference).getAndOr(offsetOf((int) reference), FILE);
    }

    /** Frees a cell with a file, if nobody lists it. Cells without one are left to the sweep. */
    void freeFileIfUnlisted(long reference) throws IOException {
        long state = segmentOf(reference).getVolatile(offsetOf((int) reference));
        if ((state & FILE) != 0 && state >>> GENERATION_SHIFT == reference >>> 32) {
            Map<Long, Long> unlisted = new HashMap<>(Map.of(reference, state));
            strikeOutListed(unlisted);
            if (!unlisted.isEmpty()) {
                free(reference, state);
            }
        }
    }

    /** The cells that have a file at this moment. */
    List<Long> cellsWithFile() throws IOException {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(session.directory(), FILE_PREFIX + "*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                found.add(Long.parseLong(name.substring(FILE_PREFIX.length()), 16));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private boolean hasPipe(long id) {
        return Files.exists(session.directory().resolve("pipe-" + id));
    }
}
