package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One use of a small piece of shared memory by an object of this process: {@value #BYTES} bytes from {@link #offset()} of {@link
 * #segment()}. It ends once, by {@link #release()}, or when the cell is unreachable and the garbage collector has noticed; so
 * whatever works on the memory keeps a reference to the cell.
 */
public final class Cell {

    /** How many bytes the object has. */
    public static final int BYTES = Cells.CELL - Cells.BODY;

    private static final Cleaner CLEANER = Cleaner.create();

    private final Segment segment;
    private final int offset;
    private final Use use;
    private final Cleaner.Cleanable cleanable;

    Cell(Holdings holdings, Segment segment, int offset, long reference) {
        this.segment = segment;
        this.offset = offset;
        this.use = new Use(holdings, reference);
        this.cleanable = CLEANER.register(this, use);
    }

    /** What is left to do when the cell is unreachable; knows nothing of the cell. */
    private static final class Use implements Runnable {

        private final Holdings holdings;
        private final long reference;
        private final AtomicBoolean released = new AtomicBoolean();

        Use(Holdings holdings, long reference) {
            this.holdings = holdings;
            this.reference = reference;
        }

        @Override
        public void run() {
            if (released.compareAndSet(false, true)) {
                holdings.release(reference);
            }
        }
    }

    /** The memory that has it. */
    public Segment segment() {
        return segment;
    }

    /** Where its bytes begin. */
    public int offset() {
        return offset;
    }

    /** Its name in the session. */
    public long reference() {
        return use.reference;
    }

    /** A handle for a child that has its slot but does not run yet. */
    public Holdings.Handle handleForChild(long child) throws IOException {
        return use.holdings.handleForChild(use.reference, child);
    }

    /** A handle for a message in the pipe with this id. */
    public Holdings.Handle handleForPipe(long pipe) throws IOException {
        return use.holdings.handleForPipe(use.reference, pipe);
    }

    /** Whether the use has ended; the memory may be somebody else's then. */
    public boolean isReleased() {
        return use.released.get();
    }

    /**
     * Asserts that the use has not ended. A thread that waits asks at each look: the memory may be somebody else's.
     *
     * @throws IllegalStateException if it has
     */
    public void check() {
        if (isReleased()) {
            throw new IllegalStateException("the object was closed while a thread used it");
        }
    }

    /** Ends this use. Later calls do nothing. */
    public void release() {
        cleanable.clean();
    }
}
