package offspring.core;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import offspring.core.internal.Timeouts;

/**
 * A counter of permits that never goes below zero: {@code acquire} takes one and waits while there is none, {@code
 * release} gives back. The twin of Python's {@code threading.Semaphore}.
 *
 * <pre>{@code
 * var connections = new Semaphore(5); // at most five at a time
 * try (var held = connections.hold()) {
 *     query();
 * }
 *
 * var produced = new Semaphore(0); // counts what there is to take
 * produced.release(3); // the producer: three more
 * produced.acquire(); // a consumer: waits for one
 * }</pre>
 *
 * <p><b>Alone and contended.</b> Taking a permit that is there and giving one back cost one compare-and-set each. A thread
 * that finds none queues up and sleeps.
 *
 * <p><b>Who may release.</b> Anybody, more often than was acquired too: the counter then rises above its first value. {@link
 * BoundedSemaphore} refuses that; take it where permits stand for things of which there are only so many.
 *
 * <p><b>Fairness.</b> Waiters are woken in the order in which they came; a thread that comes just when a permit is released
 * may overtake them.
 *
 * <p><b>Interruption, timeout, memory effects.</b> As stated for the {@linkplain offspring.core package}: an interrupted
 * waiter gets an {@link InterruptedException} and has taken no permit; what was done before {@code release}
 * happens-before what follows the {@code acquire} of that permit.
 *
 * <p><b>Differences from Python.</b> {@link #value()} is public. A negative timeout is an error, where Python's tries
 * once.
 *
 * @since 0.1.0
 */
public class Semaphore implements Acquirable {

    /** The state is the number of permits, from 0 to {@code limit}. Every change is a compare-and-set. */
    private static final class Permits extends AbstractQueuedSynchronizer {

        @Serial
        private static final long serialVersionUID = 1L;

        private final int limit;

        Permits(int value, int limit) {
            this.limit = limit;
            setState(value);
        }

        int value() {
            return getState();
        }

        @Override
        protected int tryAcquireShared(int taken) {
            while (true) {
                int value = getState();
                int rest = value - taken;
                if (rest < 0 || compareAndSetState(value, rest)) {
                    return rest;
                }
            }
        }

        @Override
        protected boolean tryReleaseShared(int given) {
            while (true) {
                int value = getState();
                if (given > limit - value) {
                    throw new IllegalStateException("release of " + given + " would raise the value from " + value
                            + " above " + limit + "; release only what was acquired");
                }
                if (compareAndSetState(value, value + given)) {
                    return true;
                }
            }
        }
    }

    private final Permits permits;

    /** Makes a semaphore with one permit. */
    public Semaphore() {
        this(1);
    }

    /**
     * Makes a semaphore.
     *
     * @param value how many permits it has at first; 0 is legal
     * @throws IllegalArgumentException if {@code value} is negative
     */
    public Semaphore(int value) {
        this(value, Integer.MAX_VALUE);
    }

    /** Makes a semaphore that never has more than {@code limit} permits. */
    Semaphore(int value, int limit) {
        if (value < 0) {
            throw new IllegalArgumentException("value: " + value + " is negative; pass 0 or more permits");
        }
        permits = new Permits(value, limit);
    }

    /**
     * Takes a permit, waiting until there is one.
     *
     * @return always {@code true}
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; no permit is taken
     */
    @Override
    public boolean acquire() throws InterruptedException {
        permits.acquireSharedInterruptibly(1);
        return true;
    }

    /**
     * Takes a permit; waits for one only if told to.
     *
     * @param blocking {@code true} to wait until there is a permit, {@code false} to try once and return at once
     * @return whether a permit was taken
     * @throws InterruptedException if {@code blocking} and the calling thread is interrupted before or while it waits
     */
    @Override
    public boolean acquire(boolean blocking) throws InterruptedException {
        return blocking ? acquire() : permits.tryAcquireShared(1) >= 0;
    }

    /**
     * Takes a permit, waiting at most the given time.
     *
     * @param timeout how long to wait; zero tries once
     * @return {@code true} if a permit was taken, {@code false} if the time was over first
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return permits.tryAcquireSharedNanos(1, Timeouts.nanos(timeout));
    }

    /**
     * Gives one permit back and wakes a waiter. Returns at once.
     *
     * @throws IllegalStateException if the value would pass its limit, which is that of {@code int} here and the first
     *     value in a {@link BoundedSemaphore}; the value is unchanged
     */
    @Override
    public void release() {
        permits.releaseShared(1);
    }

    /**
     * Gives several permits at once and wakes up to as many waiters. Returns at once.
     *
     * @param n how many, at least 1
     * @throws IllegalArgumentException if {@code n} is less than 1
     * @throws IllegalStateException if the value would pass its limit, which is that of {@code int} here and the first
     *     value in a {@link BoundedSemaphore}; the value is unchanged
     */
    public void release(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n: " + n + " is less than 1; release one permit or more");
        }
        permits.releaseShared(n);
    }

    /**
     * How many permits there are at this moment; another thread may take them before the caller does. Returns at once.
     *
     * @return the number of permits, never negative
     */
    public int value() {
        return permits.value();
    }

    /**
     * What can be seen of the semaphore from outside, at one moment.
     *
     * @param value how many permits there are
     * @param waiting an estimate of how many threads wait for one
     */
    public record Statistics(int value, int waiting) {}

    /**
     * A snapshot for monitoring, not for control: it may be out of date when it is returned.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        return new Statistics(permits.value(), permits.getQueueLength());
    }

    /**
     * Python's {@code repr}.
     *
     * @return for example {@code <offspring.core.Semaphore at 0x1b2c: value=3>}
     */
    @Override
    public String toString() {
        return Repr.of(this, "value=" + value());
    }
}
