package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.sync.SharedFlag;

/**
 * A flag that threads of several processes share, and can wait for: Python's {@code multiprocessing.Event}.
 *
 * <pre>{@code
 * var ready = new Event();
 * var child = new Process(() -> {
 *     ready.await();
 *     System.out.println("go");
 * });
 * child.start();
 * ready.set();
 * }</pre>
 *
 * <p><b>Waiting.</b> Who waits spins for some microseconds, then sleeps until the flag is set. Those who wait when {@code set()} is called all
 * go on, even if {@code clear()} follows at once.
 *
 * <p><b>Interruption and timeout.</b> An interrupt ends the wait with an {@link InterruptedException}; a timeout of zero only looks.
 *
 * <p><b>Death of a process</b> changes nothing: the flag stays as it is.
 *
 * <p><b>Memory effects.</b> Actions before {@code set()} in any process, on shared memory of this library, <i>happen-before</i> actions after
 * an {@code await} that returned because of it, or an {@code isSet()} that saw it.
 *
 * <p><b>What can be sent.</b> The event itself; it is the same one in the other process.
 *
 * <p><b>Differences from Python.</b> A negative timeout is refused.
 *
 * @since 0.1.0
 */
public final class Event extends Shared {

    private static final long serialVersionUID = 1L;

    private final transient SharedFlag flag;

    /**
     * An event that is not set.
     *
     * @throws IOException if there is no room for it in shared memory
     */
    public Event() throws IOException {
        this(allocate());
    }

    Event(Cell cell) throws IOException {
        super(cell);
        this.flag = new SharedFlag(cell);
    }

    @Override
    Kind kind() {
        return Kind.EVENT;
    }

    /**
     * Whether it is set.
     *
     * @return whether it is set
     */
    public boolean isSet() {
        checkOpen();
        return flag.isSet();
    }

    /** Sets it, and lets all who wait go on. Does nothing if it is set. Never blocks. */
    public void set() {
        checkOpen();
        flag.set();
    }

    /** Clears it. Does nothing if it is not set. Never blocks. */
    public void clear() {
        checkOpen();
        flag.clear();
    }

    /**
     * Waits until it is set.
     *
     * @return always {@code true}
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    public boolean await() throws InterruptedException {
        return await(Deadlines.NEVER);
    }

    /**
     * Waits until it is set, at most the given time.
     *
     * @param timeout how long to wait; zero only looks
     * @return whether it was set
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return await(Deadlines.after(timeout));
    }

    private boolean await(long deadlineNanos) throws InterruptedException {
        checkOpen();
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        return flag.await(deadlineNanos);
    }

    /**
     * What can be seen of the event at this moment.
     *
     * @param set whether it is set
     * @since 0.1.0
     */
    public record Statistics(boolean set) {}

    /**
     * A snapshot, for monitoring.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        return new Statistics(isSet());
    }

    @Override
    public String toString() {
        return "<" + identity() + (isClosed() ? ": closed>" : flag.isSet() ? ": set>" : ": unset>");
    }
}
