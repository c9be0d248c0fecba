package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import offspring.core.Acquirable;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.sync.SharedMutex;
import org.jspecify.annotations.Nullable;

/**
 * A lock that threads of several processes share, and that one thread may acquire again while it has it: Python's {@code
 * multiprocessing.RLock}.
 *
 * <pre>{@code
 * var lock = new RLock();
 * try (var outer = lock.hold()) {
 *     try (var inner = lock.hold()) { // does not wait: this thread has it
 *         System.out.println(lock.recursionCount()); // 2
 *     }
 * }
 * }</pre>
 *
 * <p><b>Alone and contended.</b> As {@link Lock}. It is free again after as many releases as acquires, all by the same thread.
 *
 * <p><b>Interruption and timeout.</b> As {@link Acquirable} says: a thread that is interrupted or whose time is over has acquired
 * nothing.
 *
 * <p><b>Death of the holder.</b> When the process ends whose thread has the lock, the lock is handed to the next who wants it, who can ask
 * {@link #abandoned()}; a warning is logged. A thread that ends without releasing, while its process lives on, keeps the lock.
 *
 * <p><b>Memory effects.</b> Actions before the last {@code release()} in any process, on shared memory of this library, <i>happen-before</i>
 * actions after the {@code acquire} that follows it.
 *
 * <p><b>What can be sent.</b> The lock itself; it is not held there.
 *
 * <p><b>Differences from Python.</b> A dead holder does not lock the others out. Releasing what the caller does not have is an {@link
 * IllegalStateException} (Python: {@code AssertionError}); a negative timeout is refused.
 *
 * @since 0.1.0
 */
public final class RLock extends Shared implements Acquirable {

    private static final long serialVersionUID = 1L;

    private final transient SharedMutex mutex;
    private final transient int at;

    /**
     * A lock that is free.
     *
     * @throws IOException if there is no room for it in shared memory
     */
    public RLock() throws IOException {
        this(allocate());
    }

    RLock(Cell cell) throws IOException {
        this(cell, 0);
    }

    /** The lock at byte {@code at} of a cell that also has something else. */
    RLock(Cell cell, int at) throws IOException {
        super(cell);
        this.at = at;
        this.mutex = new SharedMutex(cell, at);
    }

    @Override
    Kind kind() {
        return Kind.RLOCK;
    }

    SharedMutex mutex() {
        return mutex;
    }

    @Override
    public boolean acquire() throws InterruptedException {
        return acquire(Deadlines.NEVER);
    }

    @Override
    public boolean acquire(boolean blocking) throws InterruptedException {
        if (blocking) {
            return acquire(Deadlines.NEVER);
        }
        checkOpen();
        return again() || (mutex.tryTake() && begin());
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return acquire(Deadlines.after(timeout));
    }

    private boolean acquire(long deadlineNanos) throws InterruptedException {
        checkOpen();
        return again() || (mutex.take(deadlineNanos) && begin());
    }

    private boolean again() {
        int depth = mutex.myDepth();
        if (depth == 0) {
            return false;
        }
        if (depth == Integer.MAX_VALUE) {
            throw new IllegalStateException("the lock is held " + depth + " deep; it cannot be acquired again");
        }
        mutex.setMine(depth + 1);
        return true;
    }

    private boolean begin() {
        mutex.setMine(1);
        return true;
    }

    /**
     * Undoes one acquire of the calling thread; the last one lets a waiter go on. Never blocks.
     *
     * @throws IllegalStateException if the calling thread does not have the lock, or this object is closed
     */
    @Override
    public void release() {
        checkOpen();
        int depth = mutex.myDepth();
        if (depth == 0) {
            throw new IllegalStateException(
                    "the lock is free, or another thread has it; only the thread that acquired it may release it");
        }
        if (depth == 1) {
            mutex.giveMine();
        } else {
            mutex.setMine(depth - 1);
        }
    }

    /**
     * Whether a thread of a process that is alive has it.
     *
     * @return whether it is held
     */
    public boolean locked() {
        checkOpen();
        return mutex.isTaken();
    }

    /**
     * Whether the calling thread has it.
     *
     * @return whether it is the caller's
     */
    public boolean isOwned() {
        checkOpen();
        return mutex.isMine();
    }

    /**
     * How deep the calling thread has it.
     *
     * @return the number of releases it owes; 0 if it does not have the lock
     */
    public int recursionCount() {
        checkOpen();
        return mutex.myDepth();
    }

    /**
     * Whether the present holder got it from a process that ended without releasing it. To be asked by the holder; the answer is true
     * until the lock is free again.
     *
     * @return whether it was abandoned
     */
    public boolean abandoned() {
        checkOpen();
        return mutex.isAbandoned();
    }

    /**
     * What can be seen of the lock at this moment.
     *
     * @param locked whether it is held
     * @param abandoned whether its holder got it from a process that died
     * @since 0.1.0
     */
    public record Statistics(boolean locked, boolean abandoned) {}

    /**
     * A snapshot, for monitoring.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        return new Statistics(locked(), abandoned());
    }

    @Override
    @Nullable
    Object[] parts(int kind, long[] handle) {
        return new Object[] {kind, handle, at};
    }

    static RLock over(Cell cell, @Nullable Object[] parts) throws IOException {
        return new RLock(cell, (int) Objects.requireNonNull(parts[2]));
    }

    @Override
    public String toString() {
        if (isClosed()) {
            return "<RLock(closed)>";
        }
        String holder = holderOf(mutex);
        int depth = mutex.myDepth();
        String count = depth > 0 ? Integer.toString(depth) : holder.equals("None") ? "0" : "nonzero";
        return "<RLock(" + holder + ", " + count + ")>";
    }
}
