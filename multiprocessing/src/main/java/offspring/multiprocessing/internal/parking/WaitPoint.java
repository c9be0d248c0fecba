package offspring.multiprocessing.internal.parking;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.segment.Segment;

/**
 * A place in shared memory where threads of several processes sleep until another process changes something.
 *
 * <p>It is one word of 64 marks. A process that is about to sleep here sets the mark {@code slot % 64}; whoever changes what
 * the sleepers wait for takes all marks away and wakes the processes that they stand for.
 *
 * <pre>
 *   sleeper                               changer
 *     loop                                  change the state
 *       set my mark                         marks = getAndSet(0)
 *       if the condition holds: leave       for each mark: wake the processes of that mark
 *       sleep
 * </pre>
 *
 * <p><b>No wake-up is lost.</b> Both sides use volatile accesses: the sleeper sets its mark, then looks at the state; the
 * changer changes the state, then looks at the marks. One of the two sees the other's store. With anything weaker on
 * either side both may miss, and the sleeper would sleep until the backstop.
 *
 * <p><b>A woken process</b> wakes those of its threads whose mark is gone; each looks at its condition and sets the mark
 * again if it must go on waiting. Two processes may share a mark: then each wakes all of its threads, since the other one may
 * have set the mark again before it looked. A process that dies leaves its mark behind: then a bell rings for nobody. A changer
 * that dies between its change and the wake-up is the one case in which a wake-up is missing; the death of any process wakes
 * everybody ({@link Parking#wakeAll}), which mends it.
 *
 * <p>Ancestor: WebKit's ParkingLot and the futex. We differ in that the queue of waiters is not shared: only a mark per
 * process is, so that there is nothing in shared memory that a kill could leave half linked.
 */
public final class WaitPoint {

    /** How many bytes it takes in a segment. */
    public static final int BYTES = 8;

    /** A sleeper looks again after this time, whether woken or not. */
    static final long BACKSTOP_NANOS = 500_000_000L;

    private static final long LONGEST_SPIN_NANOS = 50_000;
    private static final long SHORTEST_SPIN_NANOS = 2_000;
    /** After this time, who is waited for may be one that waits for this very processor: it may have it. */
    private static final long ALONE_NANOS = 3_000;

    private static final boolean SPINS = Runtime.getRuntime().availableProcessors() > 1;

    /** So often a spinning waiter looks between two looks at the clock. */
    private static final int LOOKS = 8;

    /** So long, in pauses of the processor, it waits between two looks at what others want to have, too. */
    private static final int COURTEOUS = 64;

    private final Parking parking;
    private final Segment segment;
    private final int offset;
    private final int mostPauses;
    /** How long the next waiter spins before it sleeps; a race on it costs nothing. */
    private long spinNanos = 20_000;

    /** The wait point at an offset of a segment; the word there is zero in a new one. */
    private WaitPoint(Parking parking, Segment segment, int offset, int mostPauses) {
        this.parking = parking;
        this.mostPauses = mostPauses;
        this.segment = segment;
        this.offset = offset;
    }

    /**
     * Waits until the condition holds.
     *
     * @param ready reads shared state with volatile or acquire accesses; is called often, by the waiting thread only
     * @param deadlineNanos a reading of {@link System#nanoTime} after which to give up, or {@link Deadlines#NEVER}
     * @return whether the condition held
     * @throws InterruptedException if the thread is interrupted while it must wait
     */
    public boolean await(BooleanSupplier ready, long deadlineNanos) throws InterruptedException {
        if (ready.getAsBoolean()) {
            return true;
        }
        if (Deadlines.hasPassed(deadlineNanos)) {
            return false;
        }
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        long start = System.nanoTime();
        if (spin(ready, start, deadlineNanos)) {
            return true;
        }
        boolean held = sleep(ready, deadlineNanos);
        learn(System.nanoTime() - start);
        return held;
    }

    /**
     * A wait that was over so soon that spinning would have seen its end is no reason to spin less: else two processes that answer each
     * other could both come to sleep each time, since each is slow because the other one had to be woken.
     */
    private void learn(long waitedNanos) {
        spinNanos = waitedNanos <= LONGEST_SPIN_NANOS
                ? LONGEST_SPIN_NANOS
                : Math.max(SHORTEST_SPIN_NANOS, spinNanos - spinNanos / 8);
    }

    /** Waits until the condition holds, however long it takes; an interrupt is kept for later. */
    public void awaitUninterruptibly(BooleanSupplier ready) {
        boolean interrupted = false;
        boolean held = false;
        while (!held) {
            try {
                held = await(ready, Deadlines.NEVER);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            java.lang.Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // works without the yield, only slower where processors are few
    private boolean spin(BooleanSupplier ready, long start, long deadlineNanos) {
        if (!SPINS) {
            return false;
        }
        long budget = spinNanos;
        long spent;
        int pauses = 1;
        do {
            for (int i = 0; i < LOOKS; i++) {
                pause(pauses);
                if (ready.getAsBoolean()) {
                    spinNanos = Math.min(LONGEST_SPIN_NANOS, budget + 1_000);
                    return true;
                }
            }
            pauses = Math.min(mostPauses, pauses * 4);
            spent = System.nanoTime() - start;
            if (spent > ALONE_NANOS) {
                java.lang.Thread.yield();
            }
        } while (spent < budget && !Deadlines.hasPassed(deadlineNanos));
        return false;
    }

    private static void pause(int times) {
        for (int i = 0; i < times; i++) {
            java.lang.Thread.onSpinWait();
        }
    }

    private boolean sleep(BooleanSupplier ready, long deadlineNanos) throws InterruptedException {
        Parking.Sleeper sleeper = parking.sleeper();
        parking.enter(sleeper, this);
        boolean leading = false;
        try {
            while (true) {
                leading = parking.beforeLook(sleeper, leading);
                mark();
                if (ready.getAsBoolean()) {
                    return true;
                }
                if (java.lang.Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long left = Deadlines.left(deadlineNanos);
                if (left <= 0) {
                    return false;
                }
                parking.rest(sleeper, this, left, leading);
            }
        } finally {
            parking.leave(sleeper, List.of(this), leading);
        }
    }

    /**
     * Sets the mark. If it was gone, somebody has called, and the bell may be on its way to other threads of this process that
     * sleep here: it would find the mark set again, and think that nobody was called. So they are woken now.
     */
    void mark() {
        long mine = parking.mark();
        if ((segment.getVolatile(offset) & mine) == 0 && (segment.getAndOr(offset, mine) & mine) == 0) {
            parking.wakeOthersAt(this);
        }
    }

    /** Whether this process's mark is gone: somebody wants its sleepers to look again. */
    boolean isCalled() {
        return (segment.getVolatile(offset) & parking.mark()) == 0;
    }

    /** Whether somebody may sleep here. */
    public boolean hasSleepers() {
        return segment.getVolatile(offset) != 0;
    }

    /** Wakes every thread of every process that sleeps here. Call it after the change; it is cheap when nobody sleeps. */
    public void signalAll() {
        if (hasSleepers()) {
            parking.wake(this, segment.getAndSet(offset, 0));
        }
    }

    /**
     * Wakes the threads of this process that sleep at wait points between two offsets of a segment, so that they look again. For the
     * end of an object, which other processes may still use.
     */
    public static void wakeHere(Segment segment, int from, int to) throws IOException {
        Parking.current().wakeHere(place -> place.segment == segment && place.offset >= from && place.offset < to);
    }

    /** Two objects for one place are the same place. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WaitPoint that && that.segment == segment && that.offset == offset;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(segment) * 31 + offset;
    }

    /** For a thread dump: where the thread sleeps. */
    @Override
    public String toString() {
        return "WaitPoint[" + segment.file().getFileName() + "+" + offset + "]";
    }

    /** The parking of the session of this process. */
    public static WaitPoint at(Segment segment, int offset) throws IOException {
        return new WaitPoint(Parking.current(), segment, offset, 1);
    }

    /**
     * A wait point of those who want to have something that one of them has. They look less often: each look takes the line of memory away
     * from who has it, and may want it again at once.
     */
    public static WaitPoint ofRivals(Segment segment, int offset) throws IOException {
        return new WaitPoint(Parking.current(), segment, offset, COURTEOUS);
    }
}
