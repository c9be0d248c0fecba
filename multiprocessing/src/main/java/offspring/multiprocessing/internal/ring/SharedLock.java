package offspring.multiprocessing.internal.ring;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;

/**
 * The right of one thread of all processes at a time to write into a ring, or to read from it.
 *
 * <pre>
 *   +0  owner    identity of the process whose thread holds it; 0: nobody
 *   +8  waiters  a {@link WaitPoint}
 * </pre>
 *
 * <p>Taken by compare-and-set from 0, given back by a store of 0 in release mode, with a fence before the look at the waiters. Who
 * finds a dead owner takes the lock over by compare-and-set from the dead identity: one of several wins.
 *
 * <p>Threads of one process take it from each other in the same way, but only one of them at a time waits for other processes; the
 * others wait for that one's {@linkplain #turns turn} to end, which does not wake the whole process for each message.
 *
 * <p>A process may {@linkplain #keep keep} the lock while none of its threads is at work: {@code owner} stays, and the next of its
 * threads that comes goes on.
 */
final class SharedLock {

    /** How many bytes it takes in a segment. */
    static final int BYTES = 16;

    private final ProcessTable processes;
    private final long self;
    private final Segment segment;
    private final int offset;
    private final WaitPoint waiters;
    /** Who of this process waits for others. */
    private final Turn turns = new Turn();
    /** Whether this process has the lock, and none of its threads is at work with it. */
    private final AtomicBoolean kept = new AtomicBoolean();

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

    /** The turn of a thread to wait; held over the wait for other processes. */
    Turn turns() {
        return turns;
    }

    /**
     * Waits for the lock. Called by a thread whose {@linkplain #turns turn} it is.
     *
     * @param giveUp tells that the lock is no longer wanted; after it has changed, {@link #signal} must be called
     */
    Taken acquire(long deadlineNanos, BooleanSupplier giveUp) throws InterruptedException {
        while (true) {
            Taken taken = tryAcquire();
            if (taken != Taken.NOT) {
                return taken;
            }
            boolean some = waiters.await(() -> isFree() || giveUp.getAsBoolean(), deadlineNanos);
            if (giveUp.getAsBoolean() || (!some && Deadlines.hasPassed(deadlineNanos))) {
                return Taken.NOT;
            }
        }
    }

    /** Takes the lock if it is free, or kept for this process. */
    Taken tryAcquire() {
        long owner = segment.getVolatile(offset);
        if (owner == 0) {
            return segment.compareAndSet(offset, 0, self) ? Taken.FREE : Taken.NOT;
        }
        if (owner == self) {
            return kept.get() && kept.compareAndSet(true, false) ? Taken.FREE : Taken.NOT;
        }
        if (!processes.isAlive(owner) && segment.compareAndSet(offset, owner, self)) {
            return Taken.FROM_THE_DEAD;
        }
        return Taken.NOT;
    }

    private boolean isFree() {
        long owner = segment.getVolatile(offset);
        return owner == 0 || (owner == self ? kept.get() : !processes.isAlive(owner));
    }

    /** The calling thread, which has the lock, leaves it to the next one of this process. */
    void keep() {
        kept.set(true);
        signal();
    }

    /** Whether this process has the lock, and none of its threads is at work with it. */
    boolean isKept() {
        return kept.get();
    }

    /** Gives it back, together with what was stored in release mode before. */
    void release() {
        segment.putRelease(offset, 0);
        Segment.fullFence();
        signal();
    }

    /** Lets those who wait look again. */
    void signal() {
        waiters.signalAll();
    }
}
