package offspring.core;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * A meeting point for a fixed number of threads: each waits until all have come, then all go on, and the next round begins.
 * The twin of Python's {@code threading.Barrier}.
 *
 * <pre>{@code
 * var barrier = new Barrier(2, () -> System.out.println("both are ready"), Duration.ofSeconds(5));
 * var server = new Thread(() -> {
 *     startServer();
 *     barrier.await();
 * });
 * server.start();
 *
 * barrier.await(); // five seconds at most
 * connect();
 * }</pre>
 *
 * <p><b>Arrival.</b> {@link #await()} returns the order of arrival, from 0 to {@code parties - 1}, so that one thread can be
 * chosen for a task of which there must be one. The last to come runs the action, before anybody goes on and while the
 * barrier's own lock is held: nobody times out meanwhile, and whoever calls {@code await}, {@code abort} or {@code reset}
 * first waits for its end, interrupted or not.
 *
 * <p><b>Broken.</b> A barrier is broken when a thread that waits at it times out or is interrupted, when its action throws, or
 * by {@link #abort()}. Then all who wait, and all who come later, get a {@link BrokenBarrierException}, until {@link
 * #reset()} makes it whole. The thread that timed out gets the same exception; the one that was interrupted gets an {@link
 * InterruptedException}; the one whose action threw gets what was thrown, checked or not, as it is.
 *
 * <p><b>Timeout.</b> As stated for the {@linkplain offspring.core package}. The one given to the constructor holds for every
 * {@link #await()}; {@link #await(Duration)} overrides it. Zero breaks the barrier unless the caller is the last to come.
 *
 * <p><b>Memory effects.</b> What a thread did before {@code await} happens-before what the action does, and that
 * happens-before what any thread does after its {@code await} of the same round.
 *
 * <p><b>Differences from Python.</b> Who comes early for the next round does not wait until all have left the last one.
 * Therefore {@link #abort()} and {@link #reset()} never touch a thread whose round is complete. The action may call them on
 * its own barrier, where Python's would block for ever: the round then ends as broken. A negative timeout is an error, where
 * Python's breaks the barrier. Interruption breaks the barrier, as {@link java.util.concurrent.CyclicBarrier} has it.
 *
 * @since 0.1.0
 */
public final class Barrier {

    /** What became of a round. It leaves {@code FILLING} once, for good. */
    private enum Outcome {
        FILLING,
        COMPLETE,
        BROKEN
    }

    /** One round: its threads wait for its own outcome, so a later round cannot confuse them. */
    private static final class Round {
        private volatile Outcome outcome = Outcome.FILLING;
        private volatile int arrived;

        boolean isFilling() {
            return outcome == Outcome.FILLING;
        }
    }

    /*
     * `round` and the fields of a round are written with `lock` held. They are volatile for the sake of nWaiting(),
     * broken(), statistics() and toString() alone, which read without the lock and so do not block while an action runs.
     * A broken round stays current until reset(); a complete one is replaced by the thread that completed it, before the
     * lock is free. The lock is reentrant for actions that call the barrier. It is taken without regard to interrupts: a
     * thread that gave up here would be missed by the others without their ever being told.
     */
    private final RLock lock = new RLock();
    private final Condition changed = new Condition(lock);
    private volatile Round round = new Round();

    private final int parties;
    private final @Nullable CheckedRunnable action;
    private final @Nullable Duration timeout;

    /**
     * Makes a barrier without action or timeout.
     *
     * @param parties how many threads must come
     * @throws IllegalArgumentException if {@code parties} is less than 1
     */
    public Barrier(int parties) {
        this(parties, null, null);
    }

    /**
     * Makes a barrier without timeout.
     *
     * @param parties how many threads must come
     * @param action what the last of them does before all go on; {@code null} for nothing
     * @throws IllegalArgumentException if {@code parties} is less than 1
     */
    public Barrier(int parties, @Nullable CheckedRunnable action) {
        this(parties, action, null);
    }

    /**
     * Makes a barrier.
     *
     * @param parties how many threads must come
     * @param action what the last of them does before all go on; {@code null} for nothing
     * @param timeout how long {@link #await()} waits before it breaks the barrier; {@code null} for as long as it takes
     * @throws IllegalArgumentException if {@code parties} is less than 1 or {@code timeout} is negative
     */
    public Barrier(int parties, @Nullable CheckedRunnable action, @Nullable Duration timeout) {
        if (parties < 1) {
            throw new IllegalArgumentException("parties: " + parties + " is less than 1; pass how many threads meet");
        }
        if (timeout != null) {
            Timeouts.nanos(timeout); // refuses a negative one here, not at the first await()
        }
        this.parties = parties;
        this.action = action;
        this.timeout = timeout;
    }

    /**
     * Waits until all parties have come, at most the barrier's timeout; the last one runs the action.
     *
     * @return how many came before the caller in this round: 0 for the first, {@code parties - 1} for the last
     * @throws BrokenBarrierException if the barrier is broken or reset, before or while the caller waits, or the time is over
     * @throws IllegalStateException if the barrier's own action calls this method
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the barrier is broken
     */
    public int await() throws InterruptedException, BrokenBarrierException {
        return arrive(timeout);
    }

    /**
     * Waits until all parties have come, at most the given time; the last one runs the action.
     *
     * @param timeout how long to wait before the barrier is broken; zero unless the caller is the last breaks it at once
     * @return how many came before the caller in this round: 0 for the first, {@code parties - 1} for the last
     * @throws BrokenBarrierException if the barrier is broken or reset, before or while the caller waits, or the time is over
     * @throws IllegalArgumentException if {@code timeout} is negative; the barrier is unchanged
     * @throws IllegalStateException if the barrier's own action calls this method
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the barrier is broken
     */
    public int await(Duration timeout) throws InterruptedException, BrokenBarrierException {
        Timeouts.nanos(timeout);
        return arrive(timeout);
    }

    private int arrive(@Nullable Duration patience) throws InterruptedException, BrokenBarrierException {
        lock.mutex().acquire(1);
        try {
            Round mine = round;
            requireWhole(mine);
            if (mine.arrived == parties) {
                throw new IllegalStateException(
                        "await() called by the action of the barrier itself; call it before or after the round");
            }
            if (java.lang.Thread.interrupted()) {
                end(mine, Outcome.BROKEN);
                throw new InterruptedException();
            }
            int index = mine.arrived;
            mine.arrived = index + 1;
            if (index + 1 == parties) {
                complete(mine);
            } else {
                waitFor(mine, patience);
            }
            requireWhole(mine);
            return index;
        } finally {
            lock.release();
        }
    }

    /** The last to come. Whatever the action throws breaks the barrier and goes to the caller. */
    private void complete(Round mine) {
        boolean done = false;
        try {
            if (action != null) {
                action.run();
            }
            done = true;
        } finally {
            end(mine, done ? Outcome.COMPLETE : Outcome.BROKEN);
        }
    }

    private void waitFor(Round mine, @Nullable Duration patience) throws InterruptedException {
        try {
            if (patience == null) {
                changed.awaitUntil(() -> !mine.isFilling());
            } else {
                changed.awaitUntil(() -> !mine.isFilling(), patience);
            }
        } catch (InterruptedException e) {
            if (mine.isFilling()) {
                end(mine, Outcome.BROKEN);
                throw e;
            }
            java.lang.Thread.currentThread().interrupt(); // the round was over first
        }
        end(mine, Outcome.BROKEN); // of a round that is still filling: the time is over
    }

    /** Ends a round that is filling and wakes its threads; does nothing to one that has ended. */
    private void end(Round ending, Outcome outcome) {
        if (!ending.isFilling()) {
            return;
        }
        ending.outcome = outcome;
        if (outcome == Outcome.COMPLETE) {
            round = new Round();
        }
        changed.signalAll();
    }

    private void requireWhole(Round mine) throws BrokenBarrierException {
        if (mine.outcome == Outcome.BROKEN) {
            throw new BrokenBarrierException(
                    "the barrier is broken; call reset() when its threads are ready to meet again");
        }
    }

    /**
     * Makes the barrier as new. Threads that wait at it get a {@link BrokenBarrierException}; a broken barrier is whole
     * again. Waits only for an action that is running.
     */
    public void reset() {
        lock.mutex().acquire(1);
        try {
            end(round, Outcome.BROKEN);
            round = new Round();
        } finally {
            lock.release();
        }
    }

    /**
     * Breaks the barrier: threads that wait at it and threads that come later get a {@link BrokenBarrierException}, until
     * {@link #reset()}. Waits only for an action that is running.
     */
    public void abort() {
        lock.mutex().acquire(1);
        try {
            end(round, Outcome.BROKEN);
        } finally {
            lock.release();
        }
    }

    /**
     * How many threads meet here.
     *
     * @return the number given to the constructor
     */
    public int parties() {
        return parties;
    }

    /**
     * How many threads wait at this moment. Returns at once.
     *
     * @return from 0 to {@code parties}; 0 if the barrier is broken
     */
    public int nWaiting() {
        Round now = round;
        return now.isFilling() ? now.arrived : 0;
    }

    /**
     * Whether the barrier is broken at this moment. Returns at once.
     *
     * @return {@code true} from the break until {@link #reset()}
     */
    public boolean broken() {
        return round.outcome == Outcome.BROKEN;
    }

    /**
     * What can be seen of the barrier from outside, at one moment.
     *
     * @param parties how many threads meet
     * @param waiting how many of them wait
     * @param broken whether the barrier is broken
     */
    public record Statistics(int parties, int waiting, boolean broken) {}

    /**
     * A snapshot for monitoring, not for control: it may be out of date when it is returned.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        Round now = round;
        boolean filling = now.isFilling();
        return new Statistics(parties, filling ? now.arrived : 0, now.outcome == Outcome.BROKEN);
    }

    /**
     * Python's {@code repr}.
     *
     * @return {@code <offspring.core.Barrier at 0x1b2c: waiters=2/3>} or {@code … broken>}
     */
    @Override
    public String toString() {
        return Repr.of(this, broken() ? "broken" : "waiters=" + nWaiting() + "/" + parties);
    }
}
