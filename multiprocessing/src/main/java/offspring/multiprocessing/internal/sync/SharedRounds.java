package offspring.multiprocessing.internal.sync;

import java.io.IOException;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;

/**
 * The words of shared memory under {@code Barrier} of processes.
 *
 * <pre>
 *   +0   state    round << 32 | history << 24 | arrived << 8 | FILLING, TRIPPING or BROKEN
 *   +8   marks    {@link WaitPoint} of those who have arrived
 *   +16  runner   identity of the process whose thread runs the action of this round; 0: nobody
 *   +24  parties  set once, before anybody else can see the cell
 *   +32  thread   which thread of the runner, so that an action that waits for itself is told
 *   +40  passed   the latest round that passed, of those before the one before the present; -1: none
 *   +48  resets   the latest of them that were reset, in no order, {@value #RESETS_KEPT} at most; -1: none
 * </pre>
 *
 * <pre>
 *   FILLING ──arrive──► FILLING, one more arrived
 *      │ the last takes runner, then:
 *      └──────► TRIPPING ──action done──► FILLING, next round, history ends in 1: passed
 *                  │
 *                  └─ action failed, or runner died ─► BROKEN ◄── abort; timeout or interrupt while FILLING
 *   any ──reset──► FILLING, next round, history ends in 0: its waiters get the broken barrier
 * </pre>
 *
 * <p>All of it is one word, changed by compare-and-set, so that there is nothing between two states that a kill could leave. The
 * history says to a slow waiter how its round ended, up to eight rounds later; after that {@code passed} and {@code resets} do, which
 * whoever ends a round first sets from the history, so that all that it pushes out is there. {@code runner} is taken by compare-and-set before the
 * state becomes TRIPPING, so a round is never left without one that can be seen to have died.
 *
 * <p><b>A kill</b> of one who has arrived does not take its arrival back. A kill of one who has not leaves the others waiting: the
 * barrier knows how many are to come, not who.
 */
public final class SharedRounds {

    private static final int STATE = 0;
    private static final int MARKS = 8;
    private static final int RUNNER = 16;
    private static final int PARTIES = 24;
    private static final int RUNNER_THREAD = 32;
    private static final int PASSED = 40;
    private static final int RESETS = 48;
    private static final int RESETS_KEPT = 9;

    private static final int FILLING = 0;
    private static final int TRIPPING = 1;
    private static final int BROKEN = 2;
    private static final int PHASE = 0xff;
    /** How many rounds the history tells of. */
    private static final int HISTORY = 8;

    private static final long ROUNDS = 0xffffffffL;
    private static final long NO_ROUND = ROUNDS;

    private final ProcessTable processes;
    private final long self;
    /** Keeps the memory ours as long as a thread is in here. */
    private final Cell cell;

    private final Segment segment;
    private final int base;
    private final WaitPoint waiters;

    /** The rounds in a cell. */
    public SharedRounds(Cell cell) throws IOException {
        Session session = Session.current();
        this.processes = session.processes();
        this.self = session.self();
        this.cell = cell;
        this.segment = cell.segment();
        this.base = cell.offset();
        this.waiters = WaitPoint.at(segment, base + MARKS);
    }

    /** Sets it up; called once, by who has allocated the cell. */
    public void initialize(int parties) {
        segment.putVolatile(base + PASSED, NO_ROUND);
        for (int i = 0; i < RESETS_KEPT; i++) {
            segment.putVolatile(base + RESETS + i * Long.BYTES, NO_ROUND);
        }
        segment.putVolatile(base + PARTIES, parties);
    }

    /** How an arrival was answered. */
    public enum Answer {
        /** Wait for the others with {@link #await}. */
        WAIT,
        /** Run the action, then call {@link #passed} or {@link #failed}; the others wait for that. */
        RUN,
        /** The barrier is broken. */
        BROKEN
    }

    /** One arrival: the answer, the round, and which in order it was. */
    public record Arrival(Answer answer, long round, int index) {}

    /**
     * Arrives. While the action of the round before is running it waits for that to end, however long it takes and even if it is
     * interrupted: its own round, which an end of the wait would break, has not begun.
     *
     * @throws InterruptedException if the thread was interrupted; the round is broken
     * @throws IllegalStateException if the thread is running the action
     */
    public Arrival arrive(long deadlineNanos) throws InterruptedException {
        while (true) {
            long state = state();
            long round = round(state);
            int arrived = arrived(state);
            if (phase(state) == BROKEN) {
                return new Arrival(Answer.BROKEN, round, arrived);
            }
            if (phase(state) == TRIPPING) {
                awaitAction(round);
            } else if (java.lang.Thread.currentThread().isInterrupted()) {
                if (breakFilling(round) && java.lang.Thread.interrupted()) {
                    throw new InterruptedException();
                }
            } else if (arrived + 1 < parties()) {
                if (change(state, state + (1 << 8))) {
                    return new Arrival(Answer.WAIT, round, arrived);
                }
            } else if (takeRunner(state, deadlineNanos)) {
                if (change(state, (state & ~PHASE) | TRIPPING)) {
                    return new Arrival(Answer.RUN, round, arrived);
                }
                giveRunner();
            }
        }
    }

    /**
     * Only one may be the last. Another may be about to be, or have died when it was, or still run the action of a round that was
     * reset: for that one the last waits as for one who has not arrived.
     */
    private boolean takeRunner(long state, long deadlineNanos) throws InterruptedException {
        long runner = segment.getVolatile(base + RUNNER);
        if (runner == 0 || !processes.isAlive(runner)) {
            boolean taken = segment.compareAndSet(base + RUNNER, runner, self);
            if (taken) {
                segment.putVolatile(base + RUNNER_THREAD, threadId());
            }
            return taken;
        }
        boolean over = false;
        try {
            over = waiters.await(() -> state() != state || !isRunning(runner), deadlineNanos);
        } finally {
            if (!over) {
                breakFilling(round(state));
            }
        }
        return false;
    }

    private boolean isRunning(long runner) {
        return segment.getVolatile(base + RUNNER) == runner && processes.isAlive(runner);
    }

    private void giveRunner() {
        segment.putVolatile(base + RUNNER, 0);
        waiters.signalAll();
    }

    @SuppressWarnings("deprecation") // threadId() is not there on 17
    private static long threadId() {
        return java.lang.Thread.currentThread().getId();
    }

    /** The action is done: the round has passed, unless it was broken meanwhile. */
    public boolean passed(long round) {
        return endAction(round, true);
    }

    /** The action has failed: the barrier is broken. */
    public void failed(long round) {
        endAction(round, false);
    }

    private boolean endAction(long round, boolean well) {
        boolean passed = false;
        long state = state();
        while (round(state) == round && phase(state) == TRIPPING && !passed) {
            passed = well ? end(state, 1) : change(state, broken(state));
            state = state();
        }
        giveRunner();
        return passed && well;
    }

    /**
     * Waits for the end of a round. A wait whose time is over, or that is interrupted, breaks the round, unless all have arrived:
     * then it waits for the action.
     *
     * @return whether the round passed; if not, it was broken or reset
     * @throws InterruptedException if the thread was interrupted before all had arrived; the round is broken
     */
    public boolean await(long round, long deadlineNanos) throws InterruptedException {
        boolean interrupted = false;
        try {
            waiters.await(() -> !isFilling(round), deadlineNanos);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (breakFilling(round)) {
            if (interrupted) {
                throw new InterruptedException();
            }
            return false;
        }
        awaitAction(round);
        if (interrupted) {
            java.lang.Thread.currentThread().interrupt(); // the round was full before
        }
        return hasPassed(round);
    }

    private void awaitAction(long round) {
        if (isTripping(round)
                && segment.getVolatile(base + RUNNER) == self
                && segment.getVolatile(base + RUNNER_THREAD) == threadId()) {
            throw new IllegalStateException(
                    "await() called by the action of the barrier itself; call it before or after the round");
        }
        waiters.awaitUninterruptibly(() -> !isTripping(round) || runnerDied(round));
        if (runnerDied(round)) {
            breakRound(round);
        }
    }

    private boolean isFilling(long round) {
        long state = state();
        return round(state) == round && phase(state) == FILLING;
    }

    private boolean isTripping(long round) {
        long state = state();
        return round(state) == round && phase(state) == TRIPPING;
    }

    /**
     * The look at the runner lies between two looks at the state: the runner takes its word before the round is TRIPPING and gives
     * it up afterwards, so what was there in between is the runner of this round.
     */
    private boolean runnerDied(long round) {
        if (!isTripping(round)) {
            return false;
        }
        long runner = segment.getVolatile(base + RUNNER);
        return runner != 0 && !processes.isAlive(runner) && isTripping(round);
    }

    private boolean hasPassed(long round) {
        long state = state();
        long later = (round(state) - round) & ROUNDS;
        return later > HISTORY ? hadPassed(round) : later > 0 && (history(state) >> (later - 1) & 1) == 1;
    }

    /**
     * Whether a round that is older than the history passed. If more rounds were reset since than are kept, it counts as reset unless it
     * is the latest that passed, since who goes on relies on all having come. To be wrong takes more threads than parties: where there are
     * as many, no round passes while one of them is still on its way out of another.
     */
    private boolean hadPassed(long round) {
        long[] resets = resets();
        return !contains(resets, round)
                && (isLater(round, resets[earliest(resets)]) || round == segment.getVolatile(base + PASSED));
    }

    /** Ends the round of this state and begins the next; false if the state has changed. */
    private boolean end(long state, int passed) {
        long before = (round(state) - 1) & ROUNDS;
        if ((history(state) & 1) == 1) {
            notePassed(before);
        } else {
            noteReset(before);
        }
        return change(state, next(state, passed));
    }

    private void notePassed(long round) {
        long known = segment.getVolatile(base + PASSED);
        while (isLater(round, known) && !segment.compareAndSet(base + PASSED, known, round)) {
            known = segment.getVolatile(base + PASSED);
        }
    }

    private void noteReset(long round) {
        boolean noted = false;
        while (!noted) {
            long[] resets = resets();
            int earliest = earliest(resets);
            noted = !isLater(round, resets[earliest])
                    || contains(resets, round)
                    || segment.compareAndSet(base + RESETS + earliest * Long.BYTES, resets[earliest], round);
        }
    }

    /** The resets as they were at one moment: each word only grows, so two equal looks had no change between them. */
    private long[] resets() {
        long[] resets = new long[RESETS_KEPT];
        boolean same = false;
        while (!same) {
            same = true;
            for (int i = 0; i < RESETS_KEPT; i++) {
                long reset = segment.getVolatile(base + RESETS + i * Long.BYTES);
                same &= reset == resets[i];
                resets[i] = reset;
            }
        }
        return resets;
    }

    private static boolean contains(long[] resets, long round) {
        boolean there = false;
        for (long reset : resets) {
            there |= reset == round;
        }
        return there;
    }

    private static int earliest(long[] resets) {
        int earliest = 0;
        for (int i = 1; i < resets.length; i++) {
            if (isLater(resets[earliest], resets[i])) {
                earliest = i;
            }
        }
        return earliest;
    }

    private static boolean isLater(long round, long than) {
        return (int) (round - than) > 0;
    }

    /** Breaks a round that is still filling; false if it has ended, or all have arrived. */
    private boolean breakFilling(long round) {
        long state = state();
        while (round(state) == round && phase(state) == FILLING) {
            if (change(state, broken(state))) {
                return true;
            }
            state = state();
        }
        return false;
    }

    private void breakRound(long round) {
        long state = state();
        while (round(state) == round && phase(state) != BROKEN) {
            change(state, broken(state));
            state = state();
        }
    }

    /** Breaks the barrier. */
    public void abort() {
        long state = state();
        while (phase(state) != BROKEN) {
            change(state, broken(state));
            state = state();
        }
    }

    /** Begins a new round; whoever waits gets the broken barrier. */
    public void reset() {
        long state = state();
        while (!end(state, 0)) {
            state = state();
        }
    }

    /** How many threads of all processes have to arrive. */
    public int parties() {
        return (int) segment.getVolatile(base + PARTIES);
    }

    /** How many have arrived in a round that is not full yet. */
    public int waiting() {
        long state = state();
        return phase(state) == FILLING ? arrived(state) : 0;
    }

    /** Whether it is broken. */
    public boolean isBroken() {
        return phase(state()) == BROKEN;
    }

    private boolean change(long from, long to) {
        boolean changed = segment.compareAndSet(base + STATE, from, to);
        if (changed) {
            waiters.signalAll();
        }
        return changed;
    }

    private long state() {
        cell.check();
        return segment.getVolatile(base + STATE);
    }

    private static long next(long state, int passed) {
        long history = (history(state) << 1 | passed) & 0xff;
        return ((round(state) + 1) << 32) | (history << 24);
    }

    private static long broken(long state) {
        return (state & ~PHASE) | BROKEN;
    }

    private static int phase(long state) {
        return (int) (state & PHASE);
    }

    private static int arrived(long state) {
        return (int) (state >>> 8 & 0xffff);
    }

    private static long history(long state) {
        return state >>> 24 & 0xff;
    }

    private static long round(long state) {
        return state >>> 32;
    }
}
