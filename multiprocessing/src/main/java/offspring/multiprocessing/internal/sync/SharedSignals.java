package offspring.multiprocessing.internal.sync;

import java.io.IOException;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Segment;

/**
 * The words of shared memory under {@code Condition} of processes: who waits to be signalled, and signals not yet taken.
 *
 * <pre>
 *   +0   counts   waiting << 32 | signals
 *   +8   marks    {@link WaitPoint} of those who wait
 *   +16  tickets  how many waits have ever begun
 *   +24  bound    a signal may be taken by a wait whose ticket is below
 * </pre>
 *
 * <pre>
 *   wait, with the lock:     ticket = tickets++;  waiting++;  release the lock;  sleep until I could take a signal
 *   take:                    signals > 0 and ticket < bound:  waiting--, signals--   in one compare-and-set
 *   give up:                 take, if there is one to take; else waiting--           in one compare-and-set
 *   signal(n), with the lock: bound = tickets;  signals += min(n, waiting - signals)
 * </pre>
 *
 * <p><b>Exactly as many as signalled</b> go on, each of them one that waited when the signal was given: who came later has a ticket that
 * is not below the bound. Among those, any may be the first. A wait that times out or is interrupted while there is a signal for it
 * takes the signal, since nobody can say which of them it was meant for; so no signal is lost.
 *
 * <p><b>A kill</b> of one who waits leaves {@code waiting} too large by one. A later {@code signalAll} then leaves a signal that nobody
 * takes, and one later wait may end without a cause, once: which is why one waits in a loop. A kill of one who signals leaves a
 * larger bound, or signals whose wake-up the death makes up for.
 */
public final class SharedSignals {

    private static final int COUNTS = 0;
    private static final int MARKS = 8;
    private static final int TICKETS = 16;
    private static final int BOUND = 24;
    private static final long WAITING = 1L << 32;
    private static final long SIGNALS = WAITING - 1;

    /** Keeps the memory ours as long as a thread is in here. */
    private final Cell cell;

    private final Segment segment;
    private final int base;
    private final WaitPoint waiters;

    /** The signals in a cell; all zero is nobody waiting. */
    public SharedSignals(Cell cell) throws IOException {
        this.cell = cell;
        this.segment = cell.segment();
        this.base = cell.offset();
        this.waiters = WaitPoint.at(segment, base + MARKS);
    }

    /** Begins a wait; called with the lock. Gives the ticket. */
    public long begin() {
        long ticket = segment.getAndAdd(base + TICKETS, 1);
        segment.getAndAdd(base + COUNTS, WAITING);
        return ticket;
    }

    /**
     * Waits for a signal and takes it; called without the lock. When it gives false, or throws, the wait is not over: {@link
     * #giveUp} ends it.
     */
    public boolean await(long ticket, long deadlineNanos) throws InterruptedException {
        return waiters.await(
                () -> {
                    cell.check();
                    return tryTake(ticket);
                },
                deadlineNanos);
    }

    private boolean canTake(long ticket, long counts) {
        return (counts & SIGNALS) > 0 && ticket < segment.getVolatile(base + BOUND);
    }

    /** Ends a wait that is tired of waiting; true if it has taken a signal after all. */
    public boolean giveUp(long ticket) {
        while (!cell.isReleased()) {
            long counts = segment.getVolatile(base + COUNTS);
            boolean take = canTake(ticket, counts);
            if (segment.compareAndSet(base + COUNTS, counts, counts - WAITING - (take ? 1 : 0))) {
                return take;
            }
        }
        return false;
    }

    private boolean tryTake(long ticket) {
        while (true) {
            long counts = segment.getVolatile(base + COUNTS);
            if (!canTake(ticket, counts)) {
                return false;
            }
            if (segment.compareAndSet(base + COUNTS, counts, counts - WAITING - 1)) {
                return true;
            }
        }
    }

    /** Gives up to {@code n} signals; called with the lock. */
    public void signal(int n) {
        if (n <= 0) {
            return;
        }
        segment.putVolatile(base + BOUND, segment.getVolatile(base + TICKETS));
        while (true) {
            long counts = segment.getVolatile(base + COUNTS);
            long unsignalled = (counts >>> 32) - (counts & SIGNALS);
            long more = Math.min(n, unsignalled);
            if (more <= 0) {
                return;
            }
            if (segment.compareAndSet(base + COUNTS, counts, counts + more)) {
                waiters.signalAll();
                return;
            }
        }
    }

    /** How many wait and have no signal yet. */
    public int waiting() {
        long counts = segment.getVolatile(base + COUNTS);
        return (int) Math.max(0, (counts >>> 32) - (counts & SIGNALS));
    }
}
