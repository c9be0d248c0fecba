package offspring.multiprocessing.internal.ring;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.parking.Deadlines;

/**
 * The right of one thread of this process at a time to wait for other processes. Unlike the wait for a lock, the wait for it ends, too, when
 * the connection is closed on whose behalf the thread waits.
 *
 * <p><b>No wake-up is lost.</b> Who waits raises {@link #waiting} and then tries to take the turn; who leaves it clears {@link #taken} and then
 * reads {@link #waiting}. All four are volatile accesses: one of the two sees the other.
 */
final class Turn {

    private final AtomicBoolean taken = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** How many threads wait; written under the lock. */
    private volatile int waiting;

    /** Takes the turn if it is nobody's. */
    boolean tryTake() {
        return !taken.get() && taken.compareAndSet(false, true);
    }

    /**
     * Takes the turn; false if the deadline passed first, or the turn is no longer wanted.
     *
     * @param giveUp tells that it is no longer wanted; after it has changed, {@link #lookAgain} must be called
     */
    boolean take(BooleanSupplier giveUp, long deadlineNanos) throws InterruptedException {
        return tryTake() || await(giveUp, deadlineNanos);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // waiting is written under the lock only
    private boolean await(BooleanSupplier giveUp, long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        waiting++;
        try {
            while (!tryTake()) {
                long left = Deadlines.left(deadlineNanos);
                if (left <= 0 || giveUp.getAsBoolean()) {
                    return false; // whoever has the turn calls the next one
                }
                long unused = changed.awaitNanos(left);
            }
            return true;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** Gives it back. */
    void leave() {
        taken.set(false);
        if (waiting != 0) {
            lock.lock();
            try {
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Lets those who wait look whether they still want it. */
    void lookAgain() {
        if (waiting != 0) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
