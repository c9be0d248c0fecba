package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import offspring.core.Acquirable;
import offspring.core.function.CheckedSupplier;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.sync.SharedMutex;
import offspring.multiprocessing.internal.sync.SharedSignals;
import org.jspecify.annotations.Nullable;

/**
 * A lock with a place to wait until another thread or process has changed something: Python's {@code multiprocessing.Condition}. What
 * Python calls {@code wait}, {@code wait_for} and {@code notify} is {@code await}, {@code awaitUntil} and {@code signal} here.
 *
 * <pre>{@code
 * var changed = new Condition();
 * var counter = Value.ofInt(0);
 * var child = new Process(() -> {
 *     try (var held = changed.hold()) {
 *         counter.set(1);
 *         changed.signalAll();
 *     }
 * });
 * child.start();
 * try (var held = changed.hold()) {
 *     changed.awaitUntil(() -> counter.get() == 1);
 * }
 * }</pre>
 *
 * <p><b>Who goes on.</b> A signal lets one of those go on who waited when it was given, and each takes one signal; which of them is first is
 * not specified. A wait may end without a cause after a process has ended, so wait in a loop, or with {@code awaitUntil}.
 *
 * <p><b>Interruption and timeout.</b> An interrupt ends the wait with an {@link InterruptedException}, with the lock held again, unless a
 * signal was there to take: then the wait ends with it, and the thread stays interrupted. Taking the lock again is not interruptible,
 * and is not part of the timeout.
 *
 * <p><b>Death of a process.</b> One that waited: the others are not disturbed. One that held the lock: see {@link Lock}.
 *
 * <p><b>Memory effects.</b> Those of the lock.
 *
 * <p><b>What can be sent.</b> The condition, with its lock; both are the same ones in the other process.
 *
 * <p><b>Differences from Python.</b> Waiting or signalling without the lock is an {@link IllegalStateException} (Python: {@code
 * AssertionError}); with a plain {@link Lock}, that is a lock that nobody holds. A negative timeout is refused. {@code signal} does not
 * wait until those it woke have noticed, so a killed one cannot stop it.
 *
 * @since 0.1.0
 */
public final class Condition extends Shared implements Acquirable {

    private static final long serialVersionUID = 1L;

    private final transient Acquirable lock;
    private final transient SharedMutex mutex;
    private final transient SharedSignals signals;
    /** Whether nobody else knows the lock, which then ends with the condition. */
    private final transient boolean hasOwnLock;

    /**
     * A condition over a new {@link RLock}.
     *
     * @throws IOException if there is no room for it in shared memory
     */
    public Condition() throws IOException {
        this(new RLock(), true);
    }

    /**
     * A condition over a lock.
     *
     * @param lock guards what the condition is about; may have other conditions, too
     * @throws IOException if there is no room for it in shared memory
     */
    public Condition(Lock lock) throws IOException {
        this(allocate(), lock, lock.mutex(), false);
    }

    /**
     * A condition over a lock that a thread may acquire more than once.
     *
     * @param lock guards what the condition is about; may have other conditions, too
     * @throws IOException if there is no room for it in shared memory
     */
    public Condition(RLock lock) throws IOException {
        this(allocate(), lock, lock.mutex(), false);
    }

    private Condition(RLock lock, boolean hasOwnLock) throws IOException {
        this(allocate(), lock, lock.mutex(), hasOwnLock);
    }

    private Condition(Cell cell, Acquirable lock, SharedMutex mutex, boolean hasOwnLock) throws IOException {
        super(cell);
        this.lock = lock;
        this.mutex = mutex;
        this.signals = new SharedSignals(cell);
        this.hasOwnLock = hasOwnLock;
    }

    @Override
    Kind kind() {
        return Kind.CONDITION;
    }

    // ---- the lock

    @Override
    public boolean acquire() throws InterruptedException {
        return lock.acquire();
    }

    @Override
    public boolean acquire(boolean blocking) throws InterruptedException {
        return lock.acquire(blocking);
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return lock.acquire(timeout);
    }

    @Override
    public void release() {
        lock.release();
    }

    /**
     * Whether the lock is held.
     *
     * @return whether it is held
     */
    public boolean locked() {
        return mutex.isTaken();
    }

    // ---- waiting

    /**
     * Gives the lock up, waits for a signal, and takes the lock again.
     *
     * @return always {@code true}
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; it has the lock
     */
    public boolean await() throws InterruptedException {
        return await(Deadlines.NEVER);
    }

    /**
     * Gives the lock up, waits for a signal at most the given time, and takes the lock again.
     *
     * @param timeout how long to wait; zero gives the lock up for a moment
     * @return whether there was a signal
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; it has the lock
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return await(Deadlines.after(timeout));
    }

    private boolean await(long deadlineNanos) throws InterruptedException {
        requireLock();
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        int depth = mutex.myDepth();
        long ticket = signals.begin();
        giveLock();
        boolean signalled = false;
        boolean interrupted = false;
        try {
            signalled = signals.await(ticket, deadlineNanos);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            takeLock(depth);
            signalled = signalled || signals.giveUp(ticket);
        }
        if (interrupted && !signalled) {
            throw new InterruptedException();
        }
        if (interrupted) {
            java.lang.Thread.currentThread().interrupt();
        }
        return signalled;
    }

    private void giveLock() {
        if (lock instanceof RLock) {
            mutex.giveMine();
        } else {
            mutex.give();
        }
    }

    private void takeLock(int depth) {
        try {
            mutex.takeUninterruptibly();
        } catch (IllegalStateException closed) {
            signals.forsake();
            throw closed;
        }
        if (lock instanceof RLock) {
            mutex.setMine(depth);
        }
    }

    /**
     * Waits until a predicate holds: {@code while (!predicate) await()}.
     *
     * @param <R> what the predicate gives
     * @param predicate called with the lock held; what it throws comes out as it is, with the lock held. It holds when it gives anything
     *     but {@code null} and {@code false}
     * @return the predicate's last value
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; it has the lock
     */
    public <R extends @Nullable Object> R awaitUntil(CheckedSupplier<R> predicate) throws InterruptedException {
        return awaitUntil(predicate, Deadlines.NEVER);
    }

    /**
     * Waits until a predicate holds, at most the given time.
     *
     * @param <R> what the predicate gives
     * @param predicate called with the lock held, and once more after the time is over; what it throws comes out as it is, with the lock
     *     held. It holds when it gives anything but {@code null} and {@code false}
     * @param timeout how long to wait
     * @return the predicate's last value
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; it has the lock
     */
    public <R extends @Nullable Object> R awaitUntil(CheckedSupplier<R> predicate, Duration timeout)
            throws InterruptedException {
        return awaitUntil(predicate, Deadlines.after(timeout));
    }

    private <R extends @Nullable Object> R awaitUntil(CheckedSupplier<R> predicate, long deadlineNanos)
            throws InterruptedException {
        requireLock();
        R value = predicate.get();
        boolean late = false;
        while (isFalse(value) && !late) {
            await(deadlineNanos);
            value = predicate.get();
            late = Deadlines.hasPassed(deadlineNanos);
        }
        return value;
    }

    private static boolean isFalse(@Nullable Object value) {
        return value == null || value.equals(false);
    }

    // ---- signalling

    /**
     * Lets one of those who wait go on. Does nothing if nobody waits. Does not give the lock up, and never blocks.
     *
     * @throws IllegalStateException if the lock is not held
     */
    public void signal() {
        signal(1);
    }

    /**
     * Lets up to {@code n} of those who wait go on. Does not give the lock up, and never blocks.
     *
     * @param n how many; nothing happens if it is not positive
     * @throws IllegalStateException if the lock is not held
     */
    public void signal(int n) {
        requireLock();
        signals.signal(n);
    }

    /**
     * Lets all go on who wait. Does not give the lock up, and never blocks.
     *
     * @throws IllegalStateException if the lock is not held
     */
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    private void requireLock() {
        checkOpen();
        boolean held = lock instanceof RLock ? mutex.isMine() : mutex.isTaken();
        if (!held) {
            throw new IllegalStateException("the lock of the condition is not held by the caller; use it in"
                    + " try (var held = condition.hold()) { … }");
        }
    }

    /** As for every shared object; a lock that the condition has made for itself is given up, too. */
    @Override
    public void close() {
        signals.forsake();
        super.close();
        if (hasOwnLock) {
            ((RLock) lock).close();
        }
    }

    /**
     * What can be seen of the condition at this moment.
     *
     * @param locked whether its lock is held
     * @param waiting how many threads of all processes wait and have no signal yet
     * @since 0.1.0
     */
    public record Statistics(boolean locked, int waiting) {}

    /**
     * A snapshot, for monitoring.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        checkOpen();
        return new Statistics(locked(), signals.waiting());
    }

    /** The lock travels in it as a lock. */
    @Override
    @Nullable
    Object[] parts(int kind, long[] handle) {
        return new Object[] {kind, handle, lock, hasOwnLock};
    }

    static Condition over(Cell cell, @Nullable Object[] parts) throws IOException {
        return parts[2] instanceof RLock rlock
                ? new Condition(cell, rlock, rlock.mutex(), Boolean.TRUE.equals(parts[3]))
                : over(cell, (Lock) Objects.requireNonNull(parts[2]));
    }

    private static Condition over(Cell cell, Lock lock) throws IOException {
        return new Condition(cell, lock, lock.mutex(), false);
    }

    @Override
    public String toString() {
        return isClosed() ? "<Condition(closed)>" : "<Condition(" + lock + ", " + signals.waiting() + ")>";
    }
}
