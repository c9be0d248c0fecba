package offspring.multiprocessing.internal.ring;

import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;

/**
 * The right of one process at a time to write into a ring, or to read from it.
 *
 * <pre>
 *   +0  owner    identity of the process that holds it; 0: nobody
 *   +8  waiters  a {@link WaitPoint}
 * </pre>
 *
 * <p>Taken by compare-and-set from 0, given back by a volatile store of 0. A process that finds a dead owner takes the lock
 * over by compare-and-set from the dead identity: one of several wins. Threads of one process take turns before they come
 * here, so a process never meets itself.
 */
final class SharedLock {

    /** How many bytes it takes in a segment. */
    static final int BYTES = 16;

    private final ProcessTable processes;
    private final long self;
    private final Segment segment;
    private final int offset;
    private final WaitPoint waiters;

    SharedLock(ProcessTable processes, long self, Segment segment, int offset, WaitPoint waiters) {
        this.processes = processes;
        this.self = self;
        this.segment = segment;
        this.offset = offset;
        this.waiters = waiters;
    }

    /** What became of an attempt to take the lock. */
    enum Taken {
        NOT,
        FREE,
        FROM_THE_DEAD
    }

    /**
     * Waits for the lock; a process that holds it already has it.
     *
     * @param giveUp tells that the lock is no longer wanted; after it has changed, {@link #signal} must be called
     */
    Taken acquire(long deadlineNanos, BooleanSupplier giveUp) throws InterruptedException {
        while (true) {
            Taken taken = take();
            if (taken != Taken.NOT) {
                return taken;
            }
            boolean some = waiters.await(() -> isFree() || giveUp.getAsBoolean(), deadlineNanos);
            if (giveUp.getAsBoolean() || (!some && Deadlines.hasPassed(deadlineNanos))) {
                return Taken.NOT;
            }
        }
    }

    /** Takes the lock if it is free, or this process has it. */
    boolean tryAcquire() {
        return take() != Taken.NOT;
    }

    private Taken take() {
        long owner = segment.getVolatile(offset);
        if (owner == self) {
            return Taken.FREE;
        }
        if (owner == 0) {
            return segment.compareAndSet(offset, 0, self) ? Taken.FREE : Taken.NOT;
        }
        if (!processes.isAlive(owner) && segment.compareAndSet(offset, owner, self)) {
            return Taken.FROM_THE_DEAD;
        }
        return Taken.NOT;
    }

    private boolean isFree() {
        long owner = segment.getVolatile(offset);
        return owner == 0 || owner == self || !processes.isAlive(owner);
    }

    void release() {
        segment.putVolatile(offset, 0);
        signal();
    }

    /** Lets those who wait look again. */
    void signal() {
        waiters.signalAll();
    }

    /** Releases it if this process holds it. */
    void releaseIfMine() {
        if (segment.getVolatile(offset) == self) {
            release();
        }
    }
}
