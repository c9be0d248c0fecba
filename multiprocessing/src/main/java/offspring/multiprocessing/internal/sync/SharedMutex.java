package offspring.multiprocessing.internal.sync;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;

/**
 * The word of shared memory under {@code Lock} and {@code RLock} of processes.
 *
 * <pre>
 *   +0   owner      identity of the process that took it; 0: free
 *   +8   marks      {@link WaitPoint} of those who want it
 *   +16  thread     which thread of the owner; in a reentrant lock 0: none yet, or none any more; else only a signature
 *   +24  depth      how deep that thread holds it
 *   +32  abandoned  1 if the owner has it from a process that died
 * </pre>
 *
 * <p><b>Who writes.</b> {@code owner}: whoever takes, by compare-and-set from 0, or from an identity that is not alive; whoever gives
 * back, by a volatile exchange with 0. The other words belong to the owner, who sets them after it has taken the lock, and
 * clears {@code thread} before it gives it back. So a thread that finds its own key in {@code thread} has the lock: a key is never
 * left behind by another process, since it contains the identity, and is cleared before the next thread of the same process can
 * take the lock.
 *
 * <p><b>What publishes.</b> The exchange with 0 and the compare-and-set that succeeds on it: all that the one did before is seen by
 * the other. The exchange is volatile because the look at the marks must come after it.
 *
 * <p><b>A kill</b> of the owner, wherever: its identity stays in {@code owner} and stops to be alive. Its parent wakes everybody, and
 * one of those who look takes the lock over, notes that it was abandoned, and says so in the log. A kill of one who waits leaves
 * a mark. A kill between the exchange and the wake-up: the death wakes everybody.
 *
 * <p>Ancestor: the robust mutexes of POSIX. We differ: nothing has to be declared consistent; the flag lasts for one holding.
 */
public final class SharedMutex {

    private static final int OWNER = 0;
    private static final int MARKS = 8;
    private static final int THREAD = 16;
    private static final int DEPTH = 24;
    private static final int ABANDONED = 32;

    private final ProcessTable processes;
    private final long self;
    /** Keeps the memory ours as long as a thread is in here. */
    private final Cell cell;

    private final Segment segment;
    private final int base;
    private final WaitPoint waiters;
    private final BooleanSupplier take = new Take();

    /** How many bytes it takes. */
    public static final int BYTES = 40;

    /** The mutex at byte {@code at} of a cell; all zero is a free one. */
    public SharedMutex(Cell cell, int at) throws IOException {
        Session session = Session.current();
        this.processes = session.processes();
        this.self = session.self();
        this.cell = cell;
        this.segment = cell.segment();
        this.base = cell.offset() + at;
        this.waiters = WaitPoint.ofRivals(segment, base + MARKS);
    }

    // ---- taking

    /** Takes it if it is free, or its owner has died. Does not know about threads. */
    public boolean tryTake() {
        long owner = segment.getVolatile(base + OWNER);
        if (owner == 0) {
            return segment.compareAndSet(base + OWNER, 0, self);
        }
        return owner != self && !processes.isAlive(owner) && takeOver(owner);
    }

    /** What a waiting thread tries. */
    private final class Take implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            cell.check();
            return tryTake();
        }
    }

    private boolean takeOver(long dead) {
        if (!segment.compareAndSet(base + OWNER, dead, self)) {
            return false;
        }
        segment.putVolatile(base + THREAD, 0);
        segment.putVolatile(base + DEPTH, 0);
        segment.putVolatile(base + ABANDONED, 1);
        Logs.of(SharedMutex.class)
                .warn(
                        "a lock is handed on whose holder, process {} of the session, has ended without releasing it;"
                                + " what it guards may be half changed",
                        Long.toHexString(dead));
        return true;
    }

    /** Takes it, waiting until the deadline. */
    public boolean take(long deadlineNanos) throws InterruptedException {
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        return waiters.await(take, deadlineNanos);
    }

    /** Takes it however long it takes; an interrupt is kept for later. */
    public void takeUninterruptibly() {
        waiters.awaitUninterruptibly(take);
    }

    /** Gives it back, whoever has it; false if nobody had. */
    public boolean give() {
        if (segment.getVolatile(base + OWNER) == 0) {
            return false;
        }
        clear();
        long owner = segment.getAndSet(base + OWNER, 0);
        waiters.signalAll();
        return owner != 0;
    }

    private void clear() {
        if (segment.getVolatile(base + ABANDONED) != 0) {
            segment.putVolatile(base + ABANDONED, 0);
        }
    }

    // ---- threads, for a reentrant lock

    /** A number that no other thread of the session has. */
    private long key() {
        @SuppressWarnings("deprecation") // threadId() is not there on 17
        long thread = java.lang.Thread.currentThread().getId();
        return (self << 24) ^ thread;
    }

    /** Whether the calling thread has it. */
    public boolean isMine() {
        return segment.getVolatile(base + OWNER) == self && segment.getVolatile(base + THREAD) == key();
    }

    /** How deep the calling thread has it; 0 if it has not. */
    public int myDepth() {
        return isMine() ? (int) segment.getVolatile(base + DEPTH) : 0;
    }

    /** The calling thread has just taken it: says so, for those who want to know who has it. */
    public void sign() {
        segment.putRelease(base + THREAD, key());
    }

    /** The calling thread, which has it or has just taken it, has it to this depth. */
    public void setMine(int depth) {
        segment.putRelease(base + DEPTH, depth);
        segment.putRelease(base + THREAD, key());
    }

    /** Gives it back, however deep the calling thread has it. */
    public void giveMine() {
        segment.putRelease(base + THREAD, 0);
        clear();
        segment.putVolatile(base + OWNER, 0);
        waiters.signalAll();
    }

    // ---- looking

    /** Whether anybody alive has it. */
    public boolean isTaken() {
        long owner = segment.getVolatile(base + OWNER);
        return owner != 0 && processes.isAlive(owner);
    }

    /** The process that has it; 0: nobody alive. */
    public long owner() {
        long owner = segment.getVolatile(base + OWNER);
        return owner != 0 && processes.isAlive(owner) ? owner : 0;
    }

    /** Whether {@code owner} is this process. */
    public boolean isHere(long owner) {
        return owner == self;
    }

    /** Whether who has it now has it from a process that died. */
    public boolean isAbandoned() {
        return segment.getVolatile(base + ABANDONED) != 0;
    }
}
