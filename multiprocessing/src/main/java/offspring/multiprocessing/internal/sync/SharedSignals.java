package offspring.multiprocessing.internal.sync;

import java.io.IOException;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;

/**
 * The words of shared memory under {@code Condition} of processes: who waits to be signalled, and signals not yet taken.
 *
 * <pre>
 *   +0   signals  epoch << 32 | signals not yet taken
 *   +8   marks    {@link WaitPoint} of those who wait
 *   +16  tickets  how many waits have ever begun
 *   +24  bound    a signal may be taken by a wait whose ticket is below
 *   +32  all      a wait whose ticket is below has been signalled, and takes nothing
 *   +40  old      waits below the bound, without a signal
 *   +48  recent   waits from the bound on, without a signal
 *   +56  deaths   of processes, when it was last sure that all who are counted live; -1: not sure
 * </pre>
 *
 * <pre>
 *   begin, with the lock:     ticket = tickets++;  recent++;  then release the lock, and sleep until there is a signal to take
 *   take:                     ticket < all;  or  ticket < bound and signals > 0:  signals--, by compare-and-set
 *   give up, with the lock:   take, if there is one to take; else old-- or recent--
 *   signal(n), with the lock: as many of the old as there are:   signals++, old--
 *                             for more, or if signals is 0:      a new bound: the recent become old, and the same again
 * </pre>
 *
 * <p><b>Exactly as many as signalled</b> go on, each of them one that waited when the signal was given. Therefore the bound stays where it
 * is as long as there is a signal that nobody has taken yet: with a higher one, somebody who came later could take it. Signals go to
 * the old until all of them have one. Then {@code all} says so, which leaves {@code signals} free for the recent. The epoch changes
 * with the bound, so that a compare-and-set fails whose thread has looked at the bound before.
 *
 * <p>A wait that times out or is interrupted while there is a signal for it takes the signal, since nobody can say which of them it was
 * meant for; so no signal is lost.
 *
 * <p><b>A kill</b> of one who waits leaves {@code old} or {@code recent} too large. A signal for the old could then be for nobody. So if a
 * process has died since, and there are recent ones, all of the old are signalled instead: waits may end without a cause, which is
 * why one waits in a loop. A kill of one who signals: signals are written before the counts, so it leaves a count too large, too.
 */
public final class SharedSignals {

    private static final int SIGNALS = 0;
    private static final int MARKS = 8;
    private static final int TICKETS = 16;
    private static final int BOUND = 24;
    private static final int ALL = 32;
    private static final int OLD = 40;
    private static final int RECENT = 48;
    private static final int DEATHS = 56;
    private static final long EPOCH = 1L << 32;
    private static final long COUNT = EPOCH - 1;
    private static final long NOT_SURE = -1;

    private final ProcessTable processes;
    /** Keeps the memory ours as long as a thread is in here. */
    private final Cell cell;

    private final Segment segment;
    private final int base;
    private final WaitPoint waiters;

    /** The signals in a cell; all zero is nobody waiting. */
    public SharedSignals(Cell cell) throws IOException {
        this.processes = Session.current().processes();
        this.cell = cell;
        this.segment = cell.segment();
        this.base = cell.offset();
        this.waiters = WaitPoint.at(segment, base + MARKS);
    }

    /** Begins a wait; called with the lock. Gives the ticket. */
    public long begin() {
        if (get(OLD) == 0 && get(RECENT) == 0 && untaken() == 0) {
            segment.putVolatile(base + DEATHS, processes.deaths());
        }
        segment.getAndAdd(base + RECENT, 1);
        return segment.getAndAdd(base + TICKETS, 1);
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

    private boolean tryTake(long ticket) {
        while (true) {
            long signals = get(SIGNALS);
            if (ticket < get(ALL)) {
                return true;
            }
            if ((signals & COUNT) == 0 || ticket >= get(BOUND)) {
                return false;
            }
            if (segment.compareAndSet(base + SIGNALS, signals, signals - 1)) {
                return true;
            }
        }
    }

    /** Ends a wait that is tired of waiting; called with the lock. True if it has taken a signal after all. */
    public boolean giveUp(long ticket) {
        if (cell.isReleased()) {
            return false;
        }
        boolean taken = tryTake(ticket);
        if (!taken) {
            segment.getAndAdd(base + (ticket < get(BOUND) ? OLD : RECENT), -1);
        }
        return taken;
    }

    /** Gives up to {@code n} signals; called with the lock. */
    public void signal(int n) {
        if (n <= 0 || waiting() == 0) {
            return;
        }
        long left = n;
        if (untaken() > 0 && (get(RECENT) == 0 || get(DEATHS) == processes.deaths())) {
            left -= give(left);
        }
        if (left > 0 && (get(RECENT) > 0 || untaken() == 0)) {
            if (untaken() > 0) {
                segment.putVolatile(base + ALL, get(BOUND));
                segment.putVolatile(base + OLD, 0);
            }
            raiseBound();
            give(left);
        }
        waiters.signalAll();
    }

    /** Gives signals to the old ones, at most so many; says how many. */
    private long give(long n) {
        long given = Math.min(n, Math.max(0, get(OLD)));
        segment.getAndAdd(base + SIGNALS, given);
        segment.getAndAdd(base + OLD, -given);
        return given;
    }

    /** Makes the recent ones old. Between the steps there is no signal that anybody could take. */
    private void raiseBound() {
        segment.putVolatile(base + SIGNALS, (get(SIGNALS) & ~COUNT) + EPOCH);
        segment.putVolatile(base + BOUND, get(TICKETS));
        long recent = get(RECENT);
        segment.getAndAdd(base + OLD, recent);
        segment.getAndAdd(base + RECENT, -recent);
    }

    /** Somebody who is counted will not give up: what it waits for, or its lock, is closed in its process. */
    public void forsake() {
        if (!cell.isReleased()) {
            segment.putVolatile(base + DEATHS, NOT_SURE);
        }
    }

    /** How many wait and have no signal yet. */
    public int waiting() {
        return (int) Math.max(0, get(OLD) + get(RECENT));
    }

    private long untaken() {
        return get(SIGNALS) & COUNT;
    }

    private long get(int word) {
        return segment.getVolatile(base + word);
    }
}
