package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.LoggerFactory;

/**
 * Small pieces of shared memory for locks, values and the like, each of {@value #CELL} bytes, many to a file.
 *
 * <pre>
 *   cells-9 ┌──────────┬──────────┬───┐     chunk 0, {@value #PER_CHUNK} cells
 *           │ cell 0   │ cell 1   │ … │
 *           └──────────┴──────────┴───┘
 *   cells-31 ...                            chunk 1, made when no cell of chunk 0 can be had
 *
 *   cell     0  state: generation << 40 | touches << 1 | alive
 *            8  120 bytes for the object
 *
 *   reference: generation << 32 | index     names one object of the session; 0 is none
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
    private static final long TOUCH = 2;
    private static final long ALIVE = 1;

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
                if ((state & ALIVE) == 0) {
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
            if ((segmentOf(index).getVolatile(offsetOf(index)) & ALIVE) == 0) {
                free.add(index);
            }
        }
    }

    /** Frees the cells that nobody holds, and lists what is free. */
    void sweep() throws IOException {
        int count = chunks.count();
        Map<Long, Long> unlisted = aliveCells(count);
        session.processes().forEach(identity -> strikeOutHeld(identity, unlisted));
        flights.forEach(this::isThere, unlisted::remove);
        for (Map.Entry<Long, Long> cell : unlisted.entrySet()) {
            int index = cell.getKey().intValue();
            long state = cell.getValue();
            segmentOf(index).compareAndSet(offsetOf(index), state, state & ~ALIVE);
        }
        free.clear();
        listFree(0, count);
        seen = count;
    }

    private Map<Long, Long> aliveCells(int count) throws IOException {
        Map<Long, Long> states = new HashMap<>();
        for (int index = 0; index < count * PER_CHUNK; index++) {
            long state = segmentOf(index).getVolatile(offsetOf(index));
            if ((state & ALIVE) != 0) {
                states.put(((state >>> GENERATION_SHIFT) << 32) | index, state);
            }
        }
        return states;
    }

    /** A list that cannot be read makes all cells seem to be in use: better a cell too few than one that two use. */
    private void strikeOutHeld(long identity, Map<Long, Long> unlisted) {
        try {
            HeldTable.forEach(session, identity, unlisted::remove);
        } catch (IOException e) {
            LoggerFactory.getLogger(Cells.class).debug("what {} holds cannot be read; nothing is freed", identity, e);
            unlisted.clear();
        }
    }

    private boolean isThere(long carrier) {
        return (carrier & Flights.PIPE) != 0
                ? Files.exists(session.directory().resolve("pipe-" + (carrier & ~Flights.PIPE)))
                : session.processes().isAlive(carrier);
    }
}
