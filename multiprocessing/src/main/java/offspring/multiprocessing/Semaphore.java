package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import offspring.core.Acquirable;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.sync.SharedCounter;

/**
 * A number of permits that threads of several processes share: Python's {@code multiprocessing.Semaphore}.
 *
 * <pre>{@code
 * var connections = new Semaphore(3);
 * var child = new Process(() -> {
 *     try (var permit = connections.hold()) { // one of at most three, in all processes
 *         query();
 *     }
 * });
 * child.start();
 * }</pre>
 *
 * <p><b>Alone and contended.</b> Taking and giving a permit are a few stores to shared memory. Who finds none spins for some
 * microseconds, then sleeps until one is given. Which of several waiters gets it is not specified.
 *
 * <p><b>Interruption and timeout.</b> As {@link Acquirable} says: a thread that is interrupted or whose time is over has acquired
 * nothing.
 *
 * <p><b>Death of a process.</b> A permit belongs to nobody: any process may give what another has taken. So the permits that a process
 * had taken when it died are not given back; where that matters, use a {@link Lock}, or have the parent give them when it sees
 * the child's end. A process that dies while it waits has taken nothing.
 *
 * <p><b>Memory effects.</b> Actions before {@code release()} in any process, on shared memory of this library, <i>happen-before</i> actions
 * after the {@code acquire} that takes the permit.
 *
 * <p><b>What can be sent.</b> The semaphore itself; it is the same one in the other process.
 *
 * <p><b>Differences from Python.</b> {@code release(n)}, which there only the semaphore of threads has. A negative timeout is refused.
 *
 * @since 0.1.0
 */
public class Semaphore extends Shared implements Acquirable {

    private static final long serialVersionUID = 1L;

    /** Transient: what travels is a handle. */
    final transient SharedCounter counter;

    /**
     * A semaphore with one permit.
     *
     * @throws IOException if there is no room for it in shared memory
     */
    public Semaphore() throws IOException {
        this(1);
    }

    /**
     * A semaphore with some permits.
     *
     * @param value how many permits there are at first
     * @throws IllegalArgumentException if {@code value} is negative
     * @throws IOException if there is no room for it in shared memory
     */
    public Semaphore(int value) throws IOException {
        this(checked(value), Integer.MAX_VALUE);
    }

    Semaphore(int value, int bound) throws IOException {
        this(allocate());
        counter.initialize(value, bound);
    }

    Semaphore(Cell cell) throws IOException {
        super(cell);
        this.counter = new SharedCounter(cell);
    }

    static int checked(int value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "value: " + value + " is negative; a semaphore begins with 0 permits or more");
        }
        return value;
    }

    @Override
    Kind kind() {
        return Kind.SEMAPHORE;
    }

    @Override
    public boolean acquire() throws InterruptedException {
        checkOpen();
        return counter.take(Deadlines.NEVER);
    }

    @Override
    public boolean acquire(boolean blocking) throws InterruptedException {
        checkOpen();
        return blocking ? counter.take(Deadlines.NEVER) : counter.tryTake();
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        long deadline = Deadlines.after(timeout);
        checkOpen();
        return counter.take(deadline);
    }

    /**
     * Gives one permit. Never blocks.
     *
     * @throws IllegalStateException if there would be more than allowed, or this object is closed
     */
    @Override
    public void release() {
        release(1);
    }

    /**
     * Gives some permits at once. Never blocks.
     *
     * @param n how many
     * @throws IllegalArgumentException if {@code n} is less than 1
     * @throws IllegalStateException if there would be more than allowed, or this object is closed; none is given then
     */
    public void release(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n: " + n + " is less than 1; give 1 permit or more");
        }
        checkOpen();
        if (!counter.give(n)) {
            throw new IllegalStateException("released too many times: " + n + " more permits than the "
                    + counter.value() + " there are would pass the bound of " + counter.bound());
        }
    }

    /**
     * How many permits can be had at this moment: Python's {@code get_value()}.
     *
     * @return the number of permits
     */
    public int value() {
        checkOpen();
        return (int) counter.value();
    }

    /**
     * What can be seen of the semaphore at this moment.
     *
     * @param value how many permits can be had
     * @since 0.1.0
     */
    public record Statistics(int value) {}

    /**
     * A snapshot, for monitoring.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        return new Statistics(value());
    }

    @Override
    public String toString() {
        return isClosed() ? "<Semaphore(closed)>" : "<Semaphore(value=" + counter.value() + ")>";
    }
}
