package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One use of a small piece of shared memory by an object of this process: {@value #BYTES} bytes from {@link #offset()} of {@link
 * #segment()}. It ends once, by {@link #release()}, or by the cleaner of the object that has it.
 */
public final class Cell {

    /** How many bytes the object has. */
    public static final int BYTES = Cells.CELL - Cells.BODY;

    private final Holdings holdings;
    private final Segment segment;
    private final int offset;
    private final long reference;
    private final AtomicBoolean released = new AtomicBoolean();

    Cell(Holdings holdings, Segment segment, int offset, long reference) {
        this.holdings = holdings;
        this.segment = segment;
        this.offset = offset;
        this.reference = reference;
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
        return reference;
    }

    /** A handle for a child that has its slot but does not run yet. */
    public Holdings.Handle handleForChild(long child) throws IOException {
        return holdings.handleForChild(reference, child);
    }

    /** A handle for a message in the pipe with this id. */
    public Holdings.Handle handleForPipe(long pipe) throws IOException {
        return holdings.handleForPipe(reference, pipe);
    }

    /** Ends this use. Later calls do nothing. */
    public void release() {
        if (released.compareAndSet(false, true)) {
            holdings.release(reference);
        }
    }
}
