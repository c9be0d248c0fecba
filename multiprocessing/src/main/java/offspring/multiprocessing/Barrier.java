package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.sync.SharedRounds;
import org.jspecify.annotations.Nullable;

/**
 * A point at which threads of several processes wait for each other: Python's {@code multiprocessing.Barrier}. When as many have arrived as
 * there are parties, all go on, and the barrier is ready for the next round.
 *
 * <pre>{@code
 * var start = new Barrier(3);
 * for (int i = 0; i < 2; i++) {
 *     var runner = new Process(() -> {
 *         start.await();
 *         System.out.println("off");
 *     });
 *     runner.start();
 * }
 * start.await(); // until both are here
 * }</pre>
 *
 * <p><b>The action</b>, if there is one, is run by the last to arrive, before anybody goes on; it travels with the barrier. If it throws, that
 * thread gets what it threw, and the others a {@link BrokenBarrierException}.
 *
 * <p><b>Broken.</b> A timeout or an interrupt before all have arrived, an action that fails, {@link #abort()}, and the death of the process that runs the action break the
 * barrier: all who wait, and all who come, get a {@link BrokenBarrierException}, until {@link #reset()}.
 *
 * <p><b>Death of a process</b> that has arrived: it counts as arrived. Of one that has not: the others wait on; give them a timeout.
 *
 * <p><b>Memory effects.</b> Actions before {@code await} in any process, on shared memory of this library, <i>happen-before</i> the action, and the
 * action before what any of them does after its {@code await}.
 *
 * <p><b>What can be sent.</b> The barrier, with its action and timeout; it is the same one in the other process.
 *
 * <p><b>Differences from Python.</b> An interrupt breaks the barrier, as in the JDK. A negative timeout is refused.
 *
 * @since 0.1.0
 */
public final class Barrier extends Shared {

    private static final long serialVersionUID = 1L;
    private static final int MOST_PARTIES = 0xffff;

    private final transient @Nullable CheckedRunnable action;
    private final transient @Nullable Duration timeout;
    private final transient SharedRounds rounds;

    /**
     * A barrier without action or timeout.
     *
     * @param parties how many threads wait for each other
     * @throws IllegalArgumentException if {@code parties} is less than 1 or more than 65535
     * @throws IOException if there is no room for it in shared memory
     */
    public Barrier(int parties) throws IOException {
        this(parties, null, null);
    }

    /**
     * A barrier with an action.
     *
     * @param parties how many threads wait for each other
     * @param action run by the last to arrive
     * @throws IllegalArgumentException if {@code parties} is less than 1 or more than 65535
     * @throws IOException if there is no room for it in shared memory
     */
    public Barrier(int parties, CheckedRunnable action) throws IOException {
        this(parties, action, null);
    }

    /**
     * A barrier with an action and a timeout.
     *
     * @param parties how many threads wait for each other
     * @param action run by the last to arrive; null: none
     * @param timeout of an {@link #await()} without one; null: none
     * @throws IllegalArgumentException if {@code parties} is less than 1 or more than 65535, or {@code timeout} is negative
     * @throws IOException if there is no room for it in shared memory
     */
    public Barrier(int parties, @Nullable CheckedRunnable action, @Nullable Duration timeout) throws IOException {
        this(allocateFor(parties, timeout), action, timeout);
        rounds.initialize(parties);
    }

    private Barrier(Cell cell, @Nullable CheckedRunnable action, @Nullable Duration timeout) throws IOException {
        super(cell);
        this.action = action;
        this.timeout = timeout;
        this.rounds = new SharedRounds(cell);
    }

    private static Cell allocateFor(int parties, @Nullable Duration timeout) throws IOException {
        if (parties < 1 || parties > MOST_PARTIES) {
            throw new IllegalArgumentException(
                    "parties: " + parties + " is not from 1 to " + MOST_PARTIES + "; pass how many threads meet");
        }
        if (timeout != null) {
            Deadlines.after(timeout);
        }
        return allocate();
    }

    @Override
    Kind kind() {
        return Kind.BARRIER;
    }

    /**
     * Waits for the others, at most the timeout of the barrier, if it has one.
     *
     * @return the order of arrival: 0 for the first, {@link #parties()} - 1 for the last
     * @throws BrokenBarrierException if the barrier is broken, breaks, or is reset meanwhile; also when the time is over
     * @throws IllegalStateException if the barrier's own action calls this method, or this object is closed
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the barrier is broken then
     */
    public int await() throws InterruptedException, BrokenBarrierException {
        return await(timeout == null ? Deadlines.NEVER : Deadlines.after(timeout));
    }

    /**
     * Waits for the others, at most the given time.
     *
     * @param limit how long to wait; when it is over the barrier is broken for all
     * @return the order of arrival: 0 for the first, {@link #parties()} - 1 for the last
     * @throws IllegalArgumentException if {@code limit} is negative
     * @throws BrokenBarrierException if the barrier is broken, breaks, or is reset meanwhile; also when the time is over
     * @throws IllegalStateException if the barrier's own action calls this method, or this object is closed
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the barrier is broken then
     */
    public int await(Duration limit) throws InterruptedException, BrokenBarrierException {
        return await(Deadlines.after(limit));
    }

    private int await(long deadlineNanos) throws InterruptedException, BrokenBarrierException {
        checkOpen();
        SharedRounds.Arrival arrival = rounds.arrive(deadlineNanos);
        switch (arrival.answer()) {
            case RUN -> runAction(arrival.round());
            case WAIT -> waitFor(arrival.round(), deadlineNanos);
            case BROKEN ->
                throw new BrokenBarrierException(
                        "the barrier is broken; call reset() when its threads are ready to meet again");
        }
        return arrival.index();
    }

    private void runAction(long round) throws BrokenBarrierException {
        boolean done = false;
        try {
            CheckedRunnable work = action;
            if (work != null) {
                work.run();
            }
            done = true;
        } finally {
            if (!done) {
                rounds.failed(round);
            }
        }
        if (!rounds.passed(round)) {
            throw new BrokenBarrierException("the barrier was broken while its action ran");
        }
    }

    private void waitFor(long round, long deadlineNanos) throws InterruptedException, BrokenBarrierException {
        if (!rounds.await(round, deadlineNanos)) {
            throw new BrokenBarrierException(
                    "the barrier was broken or reset, or the time was over before all had come");
        }
    }

    /** Begins anew: who waits gets a {@link BrokenBarrierException}, and a broken barrier is mended. Never blocks. */
    public void reset() {
        checkOpen();
        rounds.reset();
    }

    /** Breaks the barrier until {@link #reset()}. Never blocks. */
    public void abort() {
        checkOpen();
        rounds.abort();
    }

    /**
     * How many threads wait for each other.
     *
     * @return the number of parties
     */
    public int parties() {
        checkOpen();
        return rounds.parties();
    }

    /**
     * How many have arrived and wait at this moment.
     *
     * @return the number of those who wait; 0 when all have arrived
     */
    public int nWaiting() {
        checkOpen();
        return rounds.waiting();
    }

    /**
     * Whether it is broken.
     *
     * @return whether it is broken
     */
    public boolean broken() {
        checkOpen();
        return rounds.isBroken();
    }

    /**
     * What can be seen of the barrier at this moment.
     *
     * @param parties how many threads wait for each other
     * @param waiting how many have arrived
     * @param broken whether it is broken
     * @since 0.1.0
     */
    public record Statistics(int parties, int waiting, boolean broken) {}

    /**
     * A snapshot, for monitoring.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        return new Statistics(parties(), nWaiting(), broken());
    }

    /** The timeout travels as two numbers, for which nobody needs an object stream. */
    @Override
    @Nullable
    Object[] parts(int kind, long[] handle) {
        long[] time = timeout == null ? null : new long[] {timeout.getSeconds(), timeout.getNano()};
        return new Object[] {kind, handle, action, time};
    }

    static Barrier over(Cell cell, @Nullable Object[] parts) throws IOException {
        long[] time = (long[]) parts[3];
        return new Barrier(
                cell, (CheckedRunnable) parts[2], time == null ? null : Duration.ofSeconds(time[0], time[1]));
    }

    @Override
    public String toString() {
        return isClosed()
                ? "<" + identity() + ": closed>"
                : "<" + identity() + ": " + (broken() ? "broken" : "waiters=" + nWaiting() + "/" + parties()) + ">";
    }
}
