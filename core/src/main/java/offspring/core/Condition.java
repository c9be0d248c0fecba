package offspring.core;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import offspring.core.function.CheckedSupplier;
import offspring.core.internal.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * A lock together with a place to wait until something about the guarded state has changed. The twin of Python's {@code
 * threading.Condition}; {@code wait}, {@code wait_for}, {@code notify} and {@code notify_all} are called {@code await},
 * {@code awaitUntil}, {@code signal} and {@code signalAll}, because {@code Object} owns the other words.
 *
 * <pre>{@code
 * var changed = new Condition();
 * var consumer = new Thread(() -> {
 *     try (var held = changed.hold()) {
 *         changed.awaitUntil(() -> !items.isEmpty());
 *         use(items.remove(0));
 *     }
 * });
 * consumer.start();
 *
 * try (var held = changed.hold()) { // the producer
 *     items.add("news");
 *     changed.signal();
 * }
 * }</pre>
 *
 * <p><b>The lock.</b> {@link #acquire()}, {@link #release()}, {@link #hold()} and {@link #locked()} are the lock's own. By
 * default it is a new {@link RLock}; several conditions may share one lock. To wait and to signal, the caller must hold it,
 * else it gets an {@link IllegalStateException}. A plain {@link Lock} has no owner, so there "held" means held by anybody,
 * as in Python.
 *
 * <p><b>Waiting</b> gives the lock up, however deep an {@code RLock} is held, sleeps, and takes it again to the same depth
 * before it returns or throws. There are no wake-ups without a cause, but another thread may get the lock between the
 * signal and the return: wait in a loop, or with {@link #awaitUntil(CheckedSupplier)}, which is that loop.
 *
 * <p><b>Fairness and ordering.</b> Waiters are signalled in the order in which they began to wait. {@code signal} does not
 * give the lock up; who was signalled goes on when the caller has released it.
 *
 * <p><b>Interruption.</b> A thread that is interrupted before it waits, or while it waits and before it is signalled, gets
 * an {@link InterruptedException}, with the lock held. If the signal was first, the wait ends as signalled and the thread's
 * interrupt flag stays set. Either way no signal is lost: one that finds a waiter interrupted or timed out goes to the
 * next. Taking the lock again is not interruptible.
 *
 * <p><b>Timeout.</b> As stated for the {@linkplain offspring.core package}; it bounds the sleep, not the taking of the lock
 * afterwards. Zero gives the lock up for a moment.
 *
 * <p><b>Memory effects.</b> Those of the lock: what was done before it was released, by waiting too, happens-before what is
 * done after it is next acquired, by returning from a wait too.
 *
 * <p><b>Differences from Python.</b> {@code awaitUntil} refuses to run without the lock even when its predicate is true at
 * once. What counts as true is given there.
 *
 * @since 0.1.0
 */
public final class Condition implements Acquirable {

    private static final long FOR_EVER = -1;

    private final Acquirable lock;
    private final Mutex mutex;

    /**
     * Who waits, first come first. It is a concurrent queue because over a plain {@link Lock} a stranger may wait or signal
     * at the same time as the holder; a list guarded by the lock would break then. Entries whose wait is over are skipped by
     * signallers and removed by their own threads.
     */
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /** Makes a condition over a new {@link RLock}. */
    public Condition() {
        this(new RLock());
    }

    /**
     * Makes a condition over a lock without an owner.
     *
     * @param lock the lock that guards the state
     */
    public Condition(Lock lock) {
        this(lock, lock.mutex());
    }

    /**
     * Makes a condition over a reentrant lock.
     *
     * @param lock the lock that guards the state
     */
    public Condition(RLock lock) {
        this(lock, lock.mutex());
    }

    private Condition(Acquirable lock, Mutex mutex) {
        this.lock = lock;
        this.mutex = mutex;
        mutex.serveConditions();
    }

    /**
     * Acquires the lock, waiting until it can be had.
     *
     * @return always {@code true}
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; nothing is acquired
     */
    @Override
    public boolean acquire() throws InterruptedException {
        return lock.acquire();
    }

    /**
     * Acquires the lock; waits for it only if told to.
     *
     * @param blocking {@code true} to wait until it can be had, {@code false} to try once and return at once
     * @return whether the lock was acquired
     * @throws InterruptedException if {@code blocking} and the calling thread is interrupted before or while it waits
     */
    @Override
    public boolean acquire(boolean blocking) throws InterruptedException {
        return lock.acquire(blocking);
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
        return lock.acquire(timeout);
    }

    /**
     * Releases the lock. Returns at once.
     *
     * @throws IllegalStateException if the lock is not held, or is an {@link RLock} of another thread
     */
    @Override
    public void release() {
        lock.release();
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
     * Gives the lock up, waits to be signalled, and takes the lock again.
     *
     * @return always {@code true}
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the lock is held
     */
    public boolean await() throws InterruptedException {
        return awaitNanos(FOR_EVER);
    }

    /**
     * Gives the lock up, waits at most the given time to be signalled, and takes the lock again.
     *
     * @param timeout how long to wait; zero gives the lock up for a moment only
     * @return {@code true} if signalled, {@code false} if the time was over first
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the lock is held
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return awaitNanos(Timeouts.nanos(timeout));
    }

    /**
     * Waits until the predicate is true: {@code while (!predicate) await();}. True is every value but {@code null} and
     * {@link Boolean#FALSE}, so that a predicate may give what it found: {@code awaitUntil(queue::poll)}.
     *
     * @param predicate what to wait for; called with the lock held, first before any waiting, then after every signal; what
     *     it throws, checked or not, comes out of this method as it is, with the lock held
     * @param <R> the type of the predicate's value
     * @return the predicate's last value, which is true
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the lock is held
     */
    public <R extends @Nullable Object> R awaitUntil(CheckedSupplier<R> predicate) throws InterruptedException {
        requireHeld();
        R value = predicate.get();
        while (isFalse(value)) {
            awaitNanos(FOR_EVER);
            value = predicate.get();
        }
        return value;
    }

    /**
     * Waits until the predicate is true, at most the given time.
     *
     * @param predicate what to wait for, as in {@link #awaitUntil(CheckedSupplier)}; called once more when the time is over
     * @param timeout how long to wait in all; zero gives the lock up for a moment only
     * @param <R> the type of the predicate's value
     * @return the predicate's last value: {@code null} or {@code false} if the time was over first
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the lock is held
     */
    public <R extends @Nullable Object> R awaitUntil(CheckedSupplier<R> predicate, Duration timeout)
            throws InterruptedException {
        long nanos = Timeouts.nanos(timeout);
        requireHeld();
        R value = predicate.get();
        long deadline = System.nanoTime() + nanos;
        long left = nanos;
        while (isFalse(value)) {
            awaitNanos(Math.max(0, left));
            value = predicate.get();
            left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
        }
        return value;
    }

    private static boolean isFalse(@Nullable Object value) {
        return value == null || Boolean.FALSE.equals(value);
    }

    /**
     * Signals the thread that has waited longest; does nothing if none waits. Returns at once.
     *
     * @throws IllegalStateException if the lock is not held
     */
    public void signal() {
        signal(1);
    }

    /**
     * Signals the {@code n} threads that have waited longest, or all if fewer wait. Returns at once.
     *
     * @param n how many; nothing happens if it is zero or negative
     * @throws IllegalStateException if the lock is not held
     */
    public void signal(int n) {
        requireHeld();
        int left = n;
        while (left > 0 && signalNext()) {
            left--;
        }
    }

    /** Signals the first who still waits; {@code false} if nobody does. */
    private boolean signalNext() {
        for (Waiter next = waiters.poll(); next != null; next = waiters.poll()) {
            if (next.signal()) {
                mutex.wakeWhenFree(next);
                return true;
            }
        }
        return false;
    }

    /**
     * Signals every thread that waits. Returns at once.
     *
     * @throws IllegalStateException if the lock is not held
     */
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    private void requireHeld() {
        if (!mutex.isHeld()) {
            throw new IllegalStateException("the lock of the condition is not held by "
                    + java.lang.Thread.currentThread().getName()
                    + "; wait and signal inside try (var held = condition.hold()) { … }");
        }
    }

    /** The one wait. {@code nanos} is {@link #FOR_EVER}, or at least 0. */
    private boolean awaitNanos(long nanos) throws InterruptedException {
        requireHeld();
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiter waiter = new Waiter();
        waiters.add(waiter);
        int depth = giveLockUp(waiter);
        boolean signalled;
        try {
            sleep(waiter, nanos);
        } finally {
            // Before the lock is asked for: a signal must not go to a thread that has stopped waiting for it.
            signalled = !waiter.giveUp();
            if (!signalled) {
                waiters.remove(waiter);
            }
            mutex.restore(depth);
        }
        if (!signalled && java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        return signalled;
    }

    /** Over a plain lock, another "holder" may have released it since the check; then there is no wait. */
    private int giveLockUp(Waiter waiter) {
        try {
            return mutex.unlockFully();
        } catch (IllegalStateException e) {
            waiters.remove(waiter);
            if (!waiter.giveUp()) {
                signalNext(); // the signal that it got and cannot use
            }
            throw e;
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the yield is a courtesy; nothing depends on it
    private void sleep(Waiter waiter, long nanos) {
        if (nanos == FOR_EVER) {
            waiter.sleep(this);
        } else if (nanos == 0) {
            java.lang.Thread.yield(); // else the lock would be taken back before anybody could take it
        } else {
            waiter.sleep(this, nanos);
        }
    }

    /**
     * What can be seen of the condition from outside, at one moment.
     *
     * @param locked whether its lock is held
     * @param waiting an estimate of how many threads wait to be signalled
     */
    public record Statistics(boolean locked, int waiting) {}

    /**
     * A snapshot for monitoring, not for control: it may be out of date when it is returned.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        return new Statistics(locked(), waiters.size());
    }

    /**
     * Python's {@code repr}: the lock, and how many threads wait to be signalled.
     *
     * @return for example {@code <offspring.core.Condition(<unlocked offspring.core.RLock object …>, 0)>}
     */
    @Override
    public String toString() {
        return "<" + getClass().getName() + "(" + lock + ", " + waiters.size() + ")>";
    }
}
