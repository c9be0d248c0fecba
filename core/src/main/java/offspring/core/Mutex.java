package offspring.core;

import java.io.Serial;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * The part that all mutual exclusion here shares: what a lock's policy must answer beside {@code
 * AbstractQueuedSynchronizer}'s own questions, and what conditions need of a lock.
 *
 * <p>The state counts how deep the lock is held; 0 is free.
 *
 * <p><b>Who was signalled is woken when the lock is free,</b> not before: woken by {@code signal()}, it would find the lock
 * held and go to sleep a second time. So a signal only moves the waiter to {@code signalled}, and each release that frees
 * the lock wakes one of them:
 *
 * <pre>
 *   signal():   waiter becomes SIGNALLED;  add it to signalled;  if the lock is free: wake one of signalled
 *   release():  state = 0;                                       then:                wake one of signalled
 * </pre>
 *
 * <p><i>None is forgotten between the two:</i> the addition and the state are volatile, each side writes its own before it
 * reads the other's, so one of them sees both. (Only over a lock without an owner can a signaller meet a release.)
 *
 * <p><i>One for each release is enough:</i> whoever is woken takes the lock and releases it, and so wakes the next. A waiter
 * that had woken by itself when its turn came, because its time was over as the signal arrived, has made or will make a
 * release of its own. So since {@code signalled} was last empty there was one release by the signaller and one by each
 * signalled thread that is through: always one more wake-up than threads that are through, hence one thread on its way.
 */
abstract class Mutex extends AbstractQueuedSynchronizer {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final VarHandle SIGNALLED;

    static {
        try {
            SIGNALLED = MethodHandles.lookup().findVarHandle(Mutex.class, "signalled", Queue.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** First come, first woken; null until a condition is made over this lock, so that other locks pay one load for it. */
    private transient volatile @Nullable Queue<Waiter> signalled;

    /** How deep the lock is held, by whomever; 0 is free. */
    final int depth() {
        return getState();
    }

    /** Whether the caller may release, wait and signal. */
    final boolean isHeld() {
        return isHeldExclusively();
    }

    /**
     * Releases so many levels, and wakes a signalled waiter if that frees the lock.
     *
     * @throws IllegalStateException if the caller may not release
     */
    final void unlock(int levels) {
        if (release(levels)) {
            wakeOne();
        }
    }

    /**
     * Releases however deep the lock is held.
     *
     * @return the depth, for {@link #restore}
     * @throws IllegalStateException if the caller may not release, or another thread has just done it
     */
    final int unlockFully() {
        int depth = getState();
        unlock(depth);
        return depth;
    }

    /** Acquires again to the depth that was given up, however long it takes; an interrupt is kept for later. */
    final void restore(int depth) {
        acquire(depth);
    }

    /** Makes ready for {@link #wakeWhenFree}; once is enough, more often does no harm. */
    final void serveConditions() {
        if (signalled == null) {
            SIGNALLED.compareAndSet(this, null, new ConcurrentLinkedQueue<Waiter>());
        }
    }

    /** Has a signalled waiter woken as soon as the lock is free and the turn is its own. */
    final void wakeWhenFree(Waiter waiter) {
        Queue<Waiter> queue = signalled;
        if (queue == null) {
            throw new AssertionError("no condition was made over this lock");
        }
        queue.add(waiter);
        if (getState() == 0) {
            wakeOne();
        }
    }

    private void wakeOne() {
        Queue<Waiter> queue = signalled;
        if (queue != null) {
            Waiter next = queue.poll();
            if (next != null) {
                next.wake();
            }
        }
    }
}
