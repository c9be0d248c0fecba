package offspring.multiprocessing;

import java.io.IOException;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * A {@link Semaphore} that never has more permits than at first: Python's {@code multiprocessing.BoundedSemaphore}. One release too many
 * is an error of the program, and is told as one.
 *
 * <pre>{@code
 * var connections = new BoundedSemaphore(3);
 * try (var permit = connections.hold()) { // one of at most three
 *     query();
 * }
 * connections.release(); // IllegalStateException: there are three already
 * }</pre>
 *
 * <p>All else is as for {@link Semaphore}.
 *
 * <p><b>Differences from Python.</b> A release too many is an {@link IllegalStateException} (Python: {@code ValueError}).
 *
 * @since 0.1.0
 */
public final class BoundedSemaphore extends Semaphore {

    private static final long serialVersionUID = 1L;

    /**
     * A semaphore with one permit.
     *
     * @throws IOException if there is no room for it in shared memory
     */
    public BoundedSemaphore() throws IOException {
        this(1);
    }

    /**
     * A semaphore with some permits, which is also the most that there may be.
     *
     * @param value how many permits there are at first
     * @throws IllegalArgumentException if {@code value} is negative
     * @throws IOException if there is no room for it in shared memory
     */
    public BoundedSemaphore(int value) throws IOException {
        super(checked(value), value);
    }

    BoundedSemaphore(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.BOUNDED_SEMAPHORE;
    }

    /**
     * How many permits there were at first.
     *
     * @return the bound
     */
    public int initialValue() {
        checkOpen();
        return (int) counter.bound();
    }

    @Override
    public String toString() {
        return isClosed()
                ? "<BoundedSemaphore(closed)>"
                : "<BoundedSemaphore(value=" + counter.value() + ", maxvalue=" + counter.bound() + ")>";
    }
}
