package offspring.core;

import java.io.Serial;
import java.time.Duration;
import offspring.core.internal.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * A lock with an owner, who may acquire it again and holds it until it has released as often: reentrant. The twin of
 * Python's {@code threading.RLock}.
 *
 * <pre>{@code
 * var lock = new RLock();
 * try (var outer = lock.hold()) {
 *     try (var inner = lock.hold()) { // the same thread: no waiting
 *         System.out.println(lock.recursionCount()); // 2
 *     }
 * }
 * }</pre>
 *
 * <p><b>Alone and contended.</b> Taking a free lock costs one compare-and-set; taking it again in the thread that holds it
 * costs less. Another thread queues up and sleeps until the owner has released it as often as acquired.
 *
 * <p><b>Who may release.</b> Only the owner; anybody else gets an {@link IllegalStateException}, and so does a thread that
 * releases a free lock. A thread that ends while it owns the lock leaves it locked for ever, as in Python.
 *
 * <p><b>Fairness.</b> Waiters are woken in the order in which they came; a thread that comes just when the lock is released
 * may overtake them.
 *
 * <p><b>Interruption, timeout, memory effects.</b> As stated for the {@linkplain offspring.core package}: an interrupted
 * waiter gets an {@link InterruptedException} and has acquired nothing; what the owner did before its outermost {@link
 * #release()} happens-before what the next owner does.
 *
 * <p><b>Differences from Python.</b> {@link #isOwned()} and {@link #recursionCount()} are public; in Python they begin with
 * an underscore. The owner is a thread of the JVM, platform or virtual.
 *
 * @since 0.1.0
 */
public final class RLock implements Acquirable {

    /**
     * The state is the depth. Only the owner changes a depth other than 0, with plain arithmetic. {@code
     * getExclusiveOwnerThread()} is a plain field: a thread reads itself there only if it wrote itself there and has not
     * released since, so a stale read is never mistaken for ownership. The owner is cleared before the volatile store of
     * state 0, and set after the compare-and-set that took it: were it cleared later, it could wipe out the next owner.
     */
    private static final class Owned extends Mutex {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean tryAcquire(int levels) {
            java.lang.Thread caller = java.lang.Thread.currentThread();
            int depth = getState();
            if (depth == 0) {
                if (compareAndSetState(0, levels)) {
                    setExclusiveOwnerThread(caller);
                    return true;
                }
                return false;
            }
            if (getExclusiveOwnerThread() != caller) {
                return false;
            }
            if (depth + levels < 0) {
                throw new IllegalStateException("recursion count: " + depth
                        + " is the most an RLock can count; release() it as often as it is acquired");
            }
            setState(depth + levels);
            return true;
        }

        @Override
        protected boolean tryRelease(int levels) {
            if (getExclusiveOwnerThread() != java.lang.Thread.currentThread()) {
                throw new IllegalStateException(
                        "release by " + java.lang.Thread.currentThread().getName() + " of an RLock "
                                + (getState() == 0 ? "that nobody holds" : "that another thread holds")
                                + "; release it in the thread that acquired it, once for each acquire()");
            }
            int depth = getState() - levels;
            if (depth == 0) {
                setExclusiveOwnerThread(null);
            }
            setState(depth);
            return depth == 0;
        }

        @Override
        protected boolean isHeldExclusively() {
            return getExclusiveOwnerThread() == java.lang.Thread.currentThread();
        }

        /** For show only: by the time it is read, the owner may be another. */
        java.lang.@Nullable Thread owner() {
            return getState() == 0 ? null : getExclusiveOwnerThread();
        }
    }

    /** Declared with its final class, so that the JIT compiler binds the calls without a profile. */
    private final Owned mutex = new Owned();

    /** Makes a lock that is free. */
    public RLock() {}

    /** For conditions over this lock. */
    Mutex mutex() {
        return mutex;
    }

    /**
     * Acquires the lock: at once if it is free or the caller owns it already, else when its owner has released it.
     *
     * @return always {@code true}
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; nothing is acquired
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
     * Releases one level; with the outermost one the lock is free and the thread that has waited longest is woken. Returns
     * at once.
     *
     * @throws IllegalStateException if the calling thread does not own the lock
     */
    @Override
    public void release() {
        mutex.unlock(1);
    }

    /**
     * Whether any thread holds the lock at this moment. Returns at once.
     *
     * @return {@code true} if it is held
     */
    public boolean locked() {
        return mutex.depth() != 0;
    }

    /**
     * Whether the calling thread owns the lock. Returns at once.
     *
     * @return {@code true} if the caller may release it
     */
    public boolean isOwned() {
        return mutex.isHeld();
    }

    /**
     * How often the calling thread holds the lock. Returns at once.
     *
     * @return the number of levels to release; 0 if another thread holds the lock, or none
     */
    public int recursionCount() {
        return isOwned() ? mutex.depth() : 0;
    }

    /**
     * What can be seen of the lock from outside, at one moment.
     *
     * @param locked whether it is held
     * @param recursionCount how often its owner holds it, whoever that is; 0 if it is free
     * @param waiting an estimate of how many threads wait for it
     */
    public record Statistics(boolean locked, int recursionCount, int waiting) {}

    /**
     * A snapshot for monitoring, not for control: it may be out of date when it is returned.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        int depth = mutex.depth();
        return new Statistics(depth != 0, depth, mutex.getQueueLength());
    }

    /**
     * Python's {@code repr}, with the owner's name and how often it holds the lock.
     *
     * @return for example {@code <locked offspring.core.RLock object owner=main count=2 at 0x1b2c>}
     */
    @Override
    public String toString() {
        int depth = mutex.depth();
        java.lang.Thread owner = mutex.owner();
        String name = owner == null ? "none" : owner.getName();
        return Repr.ofLock(this, depth != 0, "owner=" + name + " count=" + depth + " ");
    }
}
