package offspring.core;

import java.io.Serial;
import java.time.Duration;
import offspring.core.internal.Timeouts;

/**
 * A lock without an owner: held or free, taken by one thread at a time, released by any. The twin of Python's {@code
 * threading.Lock}.
 *
 * <pre>{@code
 * var lock = new Lock();
 * try (var held = lock.hold()) { // Python: with lock:
 *     counter++;
 * }
 * }</pre>
 *
 * <p><b>Alone and contended.</b> Taking a free lock and releasing it costs one compare-and-set each. A thread that finds
 * the lock held queues up and sleeps. The lock is not reentrant: a thread that acquires it twice waits until <i>another</i>
 * thread releases it. Use {@link RLock} where a method that holds the lock calls another that takes it.
 *
 * <p><b>Who may release.</b> Anybody: a lock may be acquired in one thread and released in another, as a signal between
 * the two. Releasing a free lock is an {@link IllegalStateException}.
 *
 * <p><b>Fairness.</b> Waiters are woken in the order in which they came. A thread that comes just when the lock is released
 * may overtake them, which is what makes the lock fast under load.
 *
 * <p><b>Interruption, timeout, memory effects.</b> As stated for the {@linkplain offspring.core package}: an interrupted
 * waiter gets an {@link InterruptedException} and does not hold the lock; what was done before {@link #release()}
 * happens-before what follows the {@code acquire} that this release made possible.
 *
 * <p><b>Differences from Python.</b> {@code acquire(blocking, timeout)} is three methods, so that a timeout without
 * blocking cannot be written; a timeout too long for Python's {@code TIMEOUT_MAX} waits for ever; {@link #acquire()}
 * reacts to interruption.
 *
 * @since 0.1.0
 */
public final class Lock implements Acquirable {

    /** One level, nobody's: held is 1, and whoever comes may set it back. */
    private static final class Unowned extends Mutex {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean tryAcquire(int once) {
            return compareAndSetState(0, 1);
        }

        /** A compare-and-set, because two threads may release at once and only one of them is right. */
        @Override
        protected boolean tryRelease(int once) {
            if (!compareAndSetState(1, 0)) {
                throw new IllegalStateException(
                        "release of an unlocked lock; call release() once for each acquire() that succeeded");
            }
            return true;
        }

        @Override
        protected boolean isHeldExclusively() {
            return getState() != 0;
        }
    }

    /** Declared with its final class, so that the JIT compiler binds the calls without a profile. */
    private final Unowned mutex = new Unowned();

    /** Makes a lock that is free. */
    public Lock() {}

    /** For conditions over this lock. */
    Mutex mutex() {
        return mutex;
    }

    /**
     * Acquires the lock, waiting until it is free.
     *
     * @return always {@code true}
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; it does not hold the lock
     */
    @Override
    public boolean acquire() throws InterruptedException {
        mutex.acquireInterruptibly(1);
        return true;
    }

    /**
     * Acquires the lock; waits for it only if told to.
     *
     * @param blocking {@code true} to wait until it is free, {@code false} to try once and return at once
     * @return whether the lock was acquired
     * @throws InterruptedException if {@code blocking} and the calling thread is interrupted before or while it waits
     */
    @Override
    public boolean acquire(boolean blocking) throws InterruptedException {
        return blocking ? acquire() : mutex.tryAcquire(1);
    }

    /**
     * Acquires the lock, waiting at most the given time.
     *
     * @param timeout how long to wait; zero tries once
     * @return {@code true} if acquired, {@code false} if the time was over first
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return mutex.tryAcquireNanos(1, Timeouts.nanos(timeout));
    }

    /**
     * Releases the lock, whoever acquired it, and wakes the thread that has waited longest. Returns at once.
     *
     * @throws IllegalStateException if the lock is not held
     */
    @Override
    public void release() {
        mutex.unlock(1);
    }

    /**
     * Whether the lock is held at this moment, by any thread. Returns at once.
     *
     * @return {@code true} if it is held
     */
    public boolean locked() {
        return mutex.depth() != 0;
    }

    /**
     * What can be seen of the lock from outside, at one moment.
     *
     * @param locked whether it is held
     * @param waiting an estimate of how many threads wait for it
     */
    public record Statistics(boolean locked, int waiting) {}

    /**
     * A snapshot for monitoring, not for control: it may be out of date when it is returned.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        return new Statistics(locked(), mutex.getQueueLength());
    }

    /**
     * Python's {@code repr}.
     *
     * @return {@code <locked offspring.core.Lock object at 0x1b2c>} or {@code <unlocked …>}
     */
    @Override
    public String toString() {
        return Repr.ofLock(this, locked(), "");
    }
}
