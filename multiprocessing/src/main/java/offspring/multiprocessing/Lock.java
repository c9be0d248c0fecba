package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import offspring.core.Acquirable;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.sync.SharedMutex;

/**
 * A lock that threads of several processes share: Python's {@code multiprocessing.Lock}. It has no owner among threads: whoever
 * can see it may release it.
 *
 * <pre>{@code
 * var lock = new Lock();
 * var child = new Process(() -> {
 *     try (var held = lock.hold()) { // Python: with lock:
 *         total.set(total.get() + 1); // two steps, and no other process in between
 *     }
 * });
 * child.start();
 * try (var held = lock.hold()) {
 *     total.set(total.get() + 1);
 * }
 * }</pre>
 *
 * <p><b>Alone and contended.</b> Taking a free lock and releasing one that nobody waits for are a few stores to shared memory. Who has to
 * wait spins for some microseconds, then sleeps until the lock is released. Which of several waiters gets it is not specified.
 *
 * <p><b>Interruption and timeout.</b> As {@link Acquirable} says: a thread that is interrupted or whose time is over has acquired
 * nothing.
 *
 * <p><b>Death of the holder.</b> The process that acquired the lock has it; when that process ends without having released it, however it
 * ends, the lock is handed to the next who wants it. That one can ask {@link #abandoned()}, and a warning is logged, since what the
 * lock guards may be half changed. Nobody waits for ever. (So a lock cannot be acquired by a child that ends, for its parent to
 * release.)
 *
 * <p><b>Memory effects.</b> Actions before {@code release()} in any process, on shared memory of this library, <i>happen-before</i> actions
 * after the {@code acquire} that follows it.
 *
 * <p><b>What can be sent.</b> The lock itself: captured by a target, or through a connection, it is the same lock in the other process.
 *
 * <p><b>Differences from Python.</b> A dead holder does not lock the others out. Releasing a lock that is not held is an {@link
 * IllegalStateException} (Python: {@code ValueError}); a negative timeout is refused.
 *
 * @since 0.1.0
 */
public final class Lock extends Shared implements Acquirable {

    private static final long serialVersionUID = 1L;

    private final transient SharedMutex mutex;

    /**
     * A lock that is free.
     *
     * @throws IOException if there is no room for it in shared memory
     */
    public Lock() throws IOException {
        this(allocate());
    }

    Lock(Cell cell) throws IOException {
        super(cell);
        this.mutex = new SharedMutex(cell, 0);
    }

    @Override
    Kind kind() {
        return Kind.LOCK;
    }

    SharedMutex mutex() {
        return mutex;
    }

    @Override
    public boolean acquire() throws InterruptedException {
        checkOpen();
        return signed(mutex.take(Deadlines.NEVER));
    }

    @Override
    public boolean acquire(boolean blocking) throws InterruptedException {
        checkOpen();
        return signed(blocking ? mutex.take(Deadlines.NEVER) : mutex.tryTake());
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        long deadline = Deadlines.after(timeout);
        checkOpen();
        return signed(mutex.take(deadline));
    }

    private boolean signed(boolean taken) {
        if (taken) {
            mutex.sign();
        }
        return taken;
    }

    /**
     * Releases the lock, whoever acquired it, and lets one waiter go on. Never blocks.
     *
     * @throws IllegalStateException if it is not held, or this object is closed
     */
    @Override
    public void release() {
        checkOpen();
        if (!mutex.give()) {
            throw new IllegalStateException("the lock is not held; release it once for each acquire");
        }
    }

    /**
     * Whether a process that is alive holds it.
     *
     * @return whether it is held
     */
    public boolean locked() {
        checkOpen();
        return mutex.isTaken();
    }

    /**
     * Whether the present holder got it from a process that ended without releasing it. To be asked by the holder; the answer is true
     * until the lock is released.
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
    public String toString() {
        return isClosed() ? "<Lock(closed)>" : "<Lock(owner=" + holderOf(mutex) + ")>";
    }
}
