package offspring.multiprocessing.internal.pool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.facts.Facts;
import org.jspecify.annotations.Nullable;

/**
 * A pool of workers, for whoever makes calls: takes them, stops them, ends, and tells how it is.
 *
 * <p>The {@link Dispatcher} brings calls and workers together; {@link #ended} is completed when the last worker is gone.
 */
public final class PoolEngine {

    private static final long GAUGES_NANOS = 500_000_000;
    private static final long LOOK_NANOS = 200_000;

    private final Dispatcher dispatcher;
    private final ReentrantLock lock;
    private final Staff staff;

    // guarded by the lock
    private final Roster roster;
    private final Breakage breakage;

    /** A pool; if its workers are to be started ahead, {@link #startAll} does. */
    public PoolEngine(PoolSpec spec) {
        this.dispatcher = new Dispatcher(spec);
        this.lock = dispatcher.lock;
        this.staff = dispatcher.staff;
        this.roster = dispatcher.roster;
        this.breakage = dispatcher.breakage;
    }

    /**
     * Starts all workers.
     *
     * @throws IOException if one cannot be started; those that were are ended
     */
    public void startAll() throws IOException {
        try {
            staff.startAll();
        } catch (IOException | RuntimeException e) {
            terminate();
            throw e;
        }
    }

    // ---- calls

    /**
     * Takes a call, to do it as soon as workers are free, behind those that came before.
     *
     * @throws IllegalStateException if the pool takes no more
     */
    public void submit(Call call) {
        List<Roster.Batch> batches = List.of();
        List<Worker> toStart = List.of();
        CallFailure.Broken why;
        lock.lock();
        try {
            if (roster.phase != Roster.Phase.OPEN) {
                throw new IllegalStateException(
                        "the pool " + dispatcher.spec.name() + " is closed and takes no more calls");
            }
            why = breakage.why();
            if (why == null) {
                roster.add(new Span(call, 0, call.size));
                batches = roster.wake();
                toStart = roster.reserve();
            }
        } finally {
            lock.unlock();
        }
        if (why != null) {
            call.fail(0, call.size, why);
        }
        dispatcher.sendAll(batches);
        staff.startOrLog(toStart);
    }

    /**
     * Takes an item of a call that has failed once more, after a while. Called where the failure is told, before {@code failed} returns; the
     * pool does not end before the item has an outcome.
     *
     * @return false if the pool was terminated or is broken, so that there is no other try
     */
    public boolean resubmit(Call call, int index, long delayNanos) {
        Span span = new Span(call, index, index + 1);
        lock.lock();
        try {
            if (roster.phase == Roster.Phase.TERMINATED || roster.isOver() || breakage.why() != null) {
                return false;
            }
            roster.addDelayed(span);
        } finally {
            lock.unlock();
        }
        dispatcher.watch.later(delayNanos, () -> wakeDelayed(span));
        return true;
    }

    private void wakeDelayed(Span span) {
        List<Roster.Batch> batches = List.of();
        List<Worker> toStart = List.of();
        lock.lock();
        try {
            if (roster.wakeDelayed(span)) {
                batches = roster.wake();
                toStart = roster.reserve();
            }
        } finally {
            lock.unlock();
        }
        dispatcher.sendAll(batches);
        staff.startOrLog(toStart);
    }

    /**
     * Stops calls that nobody wants any more: what waits of them will not be sent, what runs is interrupted, and its worker ended if
     * that does not help. They hear of no outcome from now on.
     *
     * @return those that had items without outcome
     */
    public Set<Call> stop(Predicate<Call> which) {
        Set<Call> calls = new LinkedHashSet<>();
        List<Roster.Batch> batches = new ArrayList<>();
        lock.lock();
        try {
            roster.dropPending(which, calls);
            for (Worker worker : roster.busy()) {
                worker.inFlight.stream().map(entry -> entry.call).filter(which).forEach(calls::add);
            }
            calls.forEach(Call::forget);
            for (Worker worker : roster.busy()) {
                for (Call call : calls) {
                    if (worker.inFlight.stream().anyMatch(entry -> entry.call == call)) {
                        dispatcher.stop(worker, call, batches);
                    }
                }
            }
            if (roster.phase == Roster.Phase.CLOSING) {
                roster.retireIdle();
            }
        } finally {
            lock.unlock();
        }
        dispatcher.sendAll(batches);
        return calls;
    }

    /**
     * Reads answers on the thread of a caller that would sleep otherwise, for some microseconds, if the call is short and nothing waits.
     *
     * @param enough tells that what the caller waits for is there
     * @param nanos for how long at most
     */
    public void help(Call call, BooleanSupplier enough, long nanos) {
        Worker worker = call.worker;
        if (worker != null && call.pace.isShort() && roster.seemsEmpty()) {
            worker.help(enough, nanos);
        }
    }

    // ---- the end

    /** Takes no more calls; workers end when all is done. May be repeated. */
    public void close() {
        lock.lock();
        try {
            if (roster.phase == Roster.Phase.OPEN) {
                roster.phase = Roster.Phase.CLOSING;
            }
            roster.retireIdle();
        } finally {
            lock.unlock();
        }
        staff.endIfDone();
    }

    /** Drops what waits: those calls are cancelled; what runs goes on. Gives the calls of which nothing had begun. */
    public Set<Call> cancelPending() {
        List<Span> dropped;
        lock.lock();
        try {
            dropped = roster.takePending();
        } finally {
            lock.unlock();
        }
        Set<Call> calls = new LinkedHashSet<>();
        dropped.forEach(span -> calls.add(span.call));
        calls.forEach(Call::cancelByEngine);
        if (isClosed()) {
            close();
        }
        return calls;
    }

    /** Cancels every call that has no outcome yet, and ends the workers. May be repeated, also after {@link #close}. */
    public void terminate() {
        terminate(false);
    }

    /** As {@link #terminate()}; {@code kill}: without asking the workers first. */
    public void terminate(boolean kill) {
        Set<Call> open = new LinkedHashSet<>();
        List<Worker> all;
        lock.lock();
        try {
            roster.phase = Roster.Phase.TERMINATED;
            roster.takePending().forEach(span -> open.add(span.call));
            roster.takeInFlight().forEach(entry -> open.add(entry.call));
            all = List.copyOf(roster.workers());
        } finally {
            lock.unlock();
        }
        open.forEach(Call::cancelByEngine);
        staff.end(all, kill);
        staff.endIfDone();
    }

    /** Whether it takes no more calls. */
    public boolean isClosed() {
        lock.lock();
        try {
            return roster.phase != Roster.Phase.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing can be done any more; null while it can. */
    public CallFailure.@Nullable Broken broken() {
        return breakage.why();
    }

    /** Completed when the pool is closed and its last worker gone. */
    public CompletableFuture<Void> ended() {
        return staff.ended();
    }

    /** Waits until {@link #ended}, at most so long; says whether it is. */
    public boolean awaitEnd(long nanos) throws InterruptedException {
        return staff.awaitEnd(nanos);
    }

    // ---- facts

    /** A snapshot; of workers' memory with what they told when they were last asked. */
    public Facts facts() {
        lock.lock();
        try {
            return dispatcher.tally.facts(roster, dispatcher.slowest.items());
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #facts()}, after the workers were asked for their memory; who does not answer soon keeps it for itself. */
    public Facts factsWithGauges() {
        Map<Worker, Long> asked = new LinkedHashMap<>();
        lock.lock();
        try {
            for (Worker worker : roster.workers()) {
                if (worker.ready && worker.isStarted()) {
                    asked.put(worker, worker.gaugesTold());
                }
            }
        } finally {
            lock.unlock();
        }
        asked.keySet().forEach(Worker::askForGauges);
        long deadline = System.nanoTime() + GAUGES_NANOS;
        asked.forEach((worker, told) -> {
            while (worker.gaugesTold() == told
                    && !worker.child().ended().isDone()
                    && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
        });
        return facts();
    }
}
