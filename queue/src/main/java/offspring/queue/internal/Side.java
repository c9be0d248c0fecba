package offspring.queue.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/** Keeps the memory before a {@link Side}'s fields free of what the other side's threads write. */
abstract class SidePadding extends AbstractQueuedSynchronizer {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}

/** The fields of a {@link Side}, between two paddings. */
abstract class SideFields extends SidePadding {

    private static final long serialVersionUID = 1L;

    /** Where this side works, and the next slot there. Guarded by this side's lock. */
    transient @Nullable Segment segment;

    int index;

    /** How many items went through this side. Written under this side's lock; read by the other side at any time. */
    volatile long count;

    /** The other side's count when this side last looked: never more than it is now. Guarded by this side's lock. */
    long otherSeen;

    /**
     * Whether a thread of the other side may be asleep. Set under both locks, cleared under the other side's, read under
     * this one's: the class comment of {@link FifoEngine} says why that suffices.
     */
    volatile boolean otherSleeps;
}

/**
 * One end of a {@link FifoEngine}: a lock, the threads that sleep at this end, and what the lock guards.
 *
 * <p>The lock knows no owner and is not reentrant: one compare-and-set to enter, one store to leave. It is unfair: who
 * comes by while it is free may pass those that wait, as with the locks of {@code java.util.concurrent}.
 */
final class Side extends SideFields {

    private static final long serialVersionUID = 1L;
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(SideFields.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused")
    private long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;

    /** Where threads sleep until the other side has done something for them. */
    private final transient ConditionObject ready = new ConditionObject();

    Side(Segment first) {
        segment = first;
    }

    @Override
    protected boolean tryAcquire(int ignored) {
        return compareAndSetState(0, 1);
    }

    @Override
    protected boolean tryRelease(int ignored) {
        setState(0);
        return true;
    }

    @Override
    protected boolean isHeldExclusively() {
        return getState() != 0;
    }

    /** Takes the lock. */
    void enter() {
        acquire(1);
    }

    /** Takes the lock, unless the thread is interrupted before it has it. */
    void enterInterruptibly() throws InterruptedException {
        acquireInterruptibly(1);
    }

    /** Gives the lock back. */
    void exit() {
        release(1);
    }

    /** The count, with everything that its writer did before: the partner of {@link #advance}. */
    long countAcquire() {
        return (long) COUNT.getAcquire(this);
    }

    /** The count, for a thread that holds this side's lock. */
    long countHeld() {
        return (long) COUNT.get(this);
    }

    /** Publishes {@code n} more items, with everything done before. The thread holds this side's lock. */
    void advance(long n) {
        COUNT.setRelease(this, (long) COUNT.get(this) + n);
    }

    /** Sleeps, without the lock, until woken or the time is over. The thread holds the lock before and after. */
    void sleep(long nanos) throws InterruptedException {
        if (nanos == Engine.FOREVER) {
            ready.await();
        } else {
            ready.awaitNanos(nanos);
        }
    }

    /** Wakes one sleeper and tells the {@code other} side whether there are more. */
    void wakeOne(Side other) {
        enter();
        try {
            ready.signal();
            other.otherSleeps = hasWaiters(ready);
        } finally {
            exit();
        }
    }

    /** Wakes every sleeper. The thread holds the lock. */
    void wakeAll() {
        ready.signalAll();
    }

    /** The number of sleepers. The thread holds the lock. */
    int sleepers() {
        return getWaitQueueLength(ready);
    }
}
