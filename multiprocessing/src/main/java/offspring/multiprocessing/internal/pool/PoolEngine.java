package offspring.multiprocessing.internal.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The dispatcher: calls that wait, workers that are idle, and the rule that brings them together.
 *
 * <pre>
 *   submit ──► pending ──take──► inFlight of an idle worker ──► answered: the call is settled, the worker idle again
 *                 ▲                     │                  └──► lost:     the call that ran fails, the worker is replaced
 *                 └── what had not begun ┘
 * </pre>
 *
 * <p><b>One lock</b> guards all that changes, and the fields of {@link Worker} and {@link Entry} that say so. It is held for some
 * dozens of nanoseconds: encoding, sending, starting children and settling calls happen outside. There is no dispatcher thread: a
 * batch is taken and sent by whoever makes it possible, the thread that submits or the reader whose worker has become idle.
 *
 * <p>What the lock guards lies in the {@link Roster}, which says who gets what, and in the {@link Breakage}, which says why nothing can be
 * done any more. {@link #ended} is completed when the last worker is gone.
 */
public final class PoolEngine {

    private static final long KILL_AFTER_NANOS = 1_000_000_000;

    private final PoolSpec spec;
    private final Watch watch;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    // guarded by the lock
    private final Roster roster;
    private final Breakage breakage;
    private long done;
    private long lost;

    /** A pool; if its workers are to be started ahead, {@link #startAll} does. */
    public PoolEngine(PoolSpec spec) {
        this.spec = spec;
        this.watch = new Watch(spec.name());
        this.roster = new Roster(this, spec, watch);
        this.breakage = new Breakage(spec);
    }

    PoolSpec spec() {
        return spec;
    }

    /**
     * Starts all workers.
     *
     * @throws IOException if one cannot be started; those that were are ended
     */
    public void startAll() throws IOException {
        try {
            for (Worker worker : reserve()) {
                start(worker);
            }
        } catch (IOException | RuntimeException e) {
            terminate();
            throw e;
        }
    }

    // ---- calls

    /**
     * Takes calls, to do them in this order as soon as workers are free.
     *
     * @throws IllegalStateException if the pool takes no more
     */
    public void submit(List<? extends Call> calls) {
        List<Roster.Batch> batches = List.of();
        List<Worker> toStart = List.of();
        CallFailure.Broken why;
        lock.lock();
        try {
            if (roster.phase != Roster.Phase.OPEN) {
                throw new IllegalStateException("the pool " + spec.name() + " is closed and takes no more calls");
            }
            why = breakage.why();
            if (why == null) {
                roster.pending.addAll(calls);
                batches = roster.wake();
                toStart = roster.reserve();
            }
        } finally {
            lock.unlock();
        }
        if (why != null) {
            calls.forEach(call -> call.fail(why));
        }
        sendAll(batches);
        startOrLog(toStart);
    }

    /** Takes a call. */
    public void submit(Call call) {
        submit(List.of(call));
    }

    private void sendAll(List<Roster.Batch> batches) {
        batches.forEach(batch -> send(batch.worker(), batch.entries()));
    }

    /**
     * Stops calls that nobody wants any more: a waiting one will not be sent, a running one is interrupted, and its worker ended if
     * that does not help. None of them reports an outcome from now on.
     *
     * @return those that had none so far
     */
    public List<Call> stop(Predicate<Call> which) {
        List<Call> silenced = new ArrayList<>();
        lock.lock();
        try {
            roster.pending.removeIf(call -> which.test(call) && silence(call, silenced));
            for (Worker worker : roster.workers) {
                for (Entry entry : List.copyOf(worker.inFlight)) {
                    if (which.test(entry.call) && worker.inFlight.contains(entry)) {
                        boolean unused = silence(entry.call, silenced);
                        stop(worker, entry);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        return silenced;
    }

    private static boolean silence(Call call, List<Call> silenced) {
        if (call.over()) {
            silenced.add(call);
        }
        return true;
    }

    private void stop(Worker worker, Entry entry) {
        Entry head = worker.inFlight.peekFirst();
        if (worker.words().begun() < entry.number && head != null && roster.recall(worker, head)) {
            return; // it had not begun, and will not
        }
        if (entry.stop == null) {
            Stop stop = new Stop(worker, entry, false, spec.graceNanos());
            entry.stop = stop;
            stop.begin();
        }
    }

    /** Called by the watch when a call's time is over. */
    void timedOut(Worker worker, Entry entry) {
        lock.lock();
        try {
            if (entry.stop == null && worker.inFlight.contains(entry)) {
                Stop stop = new Stop(worker, entry, true, spec.graceNanos());
                entry.stop = stop;
                stop.begin();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- batches

    /** Sends batches to a worker until one is on its way, or there are none. Without the lock. */
    private void send(Worker worker, List<Entry> first) {
        List<Entry> batch = first;
        while (!batch.isEmpty()) {
            worker.send(batch);
            batch = sent(worker);
        }
    }

    /** A batch has left; gives the next one if nothing of it did, or it is answered already. */
    private List<Entry> sent(Worker worker) {
        lock.lock();
        try {
            worker.sending = false;
            worker.inFlight.removeIf(entry -> entry.dropped);
            return worker.inFlight.isEmpty() && roster.workers.contains(worker) ? roster.next(worker) : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Called by the watch when a worker is to end. */
    void sendEnd(Worker worker) {
        worker.sendEnd();
        startOrLog(reserve());
    }

    /** Called by the watch when calls may have been held up for a while. */
    void recallForTheIdle() {
        List<Roster.Batch> batches;
        lock.lock();
        try {
            batches = roster.recallForTheIdle();
        } finally {
            lock.unlock();
        }
        sendAll(batches);
    }

    // ---- what workers report, on their readers

    void ready(Worker worker) {
        List<Entry> batch;
        lock.lock();
        try {
            worker.ready = true;
            breakage.noteReady();
            batch = roster.next(worker);
        } finally {
            lock.unlock();
        }
        send(worker, batch);
    }

    /** An answer has come: the entry that it is for, and the next batch is on its way. */
    @Nullable
    Entry answered(Worker worker, long number, long nanos, boolean dying) {
        Entry entry;
        List<Entry> batch = List.of();
        lock.lock();
        try {
            entry = worker.inFlight.pollFirst();
            while (entry != null && entry.number < number) {
                entry = worker.inFlight.pollFirst(); // was dropped, which its sender is about to find
            }
            if (entry == null) {
                return null;
            }
            done++;
            worker.served++;
            worker.busyNanos += nanos;
            roster.paceOf(entry.call).learn(nanos);
            settleTimers(entry);
            if (dying) {
                worker.retiring = true;
            } else if (worker.inFlight.isEmpty() && !worker.sending) {
                batch = roster.next(worker);
            }
        } finally {
            lock.unlock();
        }
        send(worker, batch);
        return entry;
    }

    private static void settleTimers(Entry entry) {
        if (entry.timer != null) {
            entry.timer.cancel(false);
        }
        Stop stop = entry.stop;
        if (stop != null) {
            stop.answered();
        }
    }

    long servedBy(Worker worker) {
        lock.lock();
        try {
            return worker.served;
        } finally {
            lock.unlock();
        }
    }

    /** A worker has ended, and every answer that it had sent is settled. */
    void gone(Worker worker, LossFacts facts, @Nullable Throwable initializerFailure) {
        List<Entry> begun = new ArrayList<>();
        List<Worker> toStart;
        lock.lock();
        try {
            long turn = worker.words().begun();
            while (!worker.inFlight.isEmpty()) {
                Entry entry = worker.inFlight.removeLast();
                settleTimers(entry);
                if (entry.number <= turn) {
                    begun.add(entry);
                } else if (!entry.dropped && roster.phase != Roster.Phase.TERMINATED) {
                    roster.pending.addFirst(entry.call);
                }
            }
            lost += begun.size();
            roster.workers.remove(worker);
            roster.idle.remove(worker);
            if (roster.phase != Roster.Phase.TERMINATED) {
                breakage.noteDeath(worker, facts, initializerFailure, !begun.isEmpty());
            }
            toStart = reserve();
        } finally {
            lock.unlock();
        }
        begun.forEach(entry -> entry.call.fail(breakage.failureOf(worker, entry, facts)));
        CallFailure.Broken why = breakage.why();
        if (why != null) {
            failAll(why);
        }
        startOrLog(toStart);
        endIfDone();
    }

    /** Nothing can be done any more: every call is told so, and the workers are ended. */
    private void failAll(CallFailure.Broken why) {
        List<Call> never;
        List<Call> perhaps;
        List<Worker> all;
        lock.lock();
        try {
            never = roster.takePending();
            perhaps = roster.callsInFlight();
            all = List.copyOf(roster.workers);
        } finally {
            lock.unlock();
        }
        never.forEach(call -> call.fail(why));
        CallFailure.Broken unsure =
                new CallFailure.Broken(why.reason(), why.facts(), why.cause(), Certainty.MAY_HAVE_RUN);
        perhaps.forEach(call -> call.fail(unsure));
        end(all, false);
    }

    // ---- starting workers

    /** Enters the workers that are needed; the caller starts them. */
    private List<Worker> reserve() {
        lock.lock();
        try {
            return breakage.why() == null ? roster.reserve() : List.of();
        } finally {
            lock.unlock();
        }
    }

    private void start(Worker worker) throws IOException {
        boolean started = false;
        try {
            worker.start();
            started = true;
        } finally {
            boolean unwanted;
            lock.lock();
            try {
                if (!started) {
                    roster.workers.remove(worker);
                }
                unwanted = roster.phase == Roster.Phase.TERMINATED || breakage.why() != null;
            } finally {
                lock.unlock();
            }
            if (started && unwanted) {
                worker.child().terminate();
            }
        }
    }

    /** A worker that cannot be started is fatal only to calls that no other worker can do. */
    private void startOrLog(List<Worker> fresh) {
        for (Worker worker : fresh) {
            try {
                start(worker);
            } catch (IOException | RuntimeException e) {
                LoggerFactory.getLogger(PoolEngine.class).warn("{} cannot be started", worker.name(), e);
                failIfNobodyIsLeft(e);
            }
        }
        if (!fresh.isEmpty()) {
            endIfDone();
        }
    }

    private void failIfNobodyIsLeft(Exception e) {
        List<Call> helpless;
        lock.lock();
        try {
            helpless = roster.workers.isEmpty() ? roster.takePending() : List.of();
        } finally {
            lock.unlock();
        }
        CallFailure.Broken why =
                new CallFailure.Broken("no worker can be started: " + e.getMessage(), null, e, Certainty.NEVER_STARTED);
        helpless.forEach(call -> call.fail(why));
    }

    // ---- the end

    /** Takes no more calls; workers end when all is done. May be repeated. */
    public void close() {
        lock.lock();
        try {
            if (roster.phase == Roster.Phase.OPEN) {
                roster.phase = Roster.Phase.CLOSING;
            }
            while (roster.pending.isEmpty() && !roster.idle.isEmpty()) {
                roster.retire(roster.idle.removeLast());
            }
        } finally {
            lock.unlock();
        }
        endIfDone();
    }

    /** Drops what waits: those calls are cancelled; what runs goes on. */
    public List<Call> cancelPending() {
        List<Call> dropped;
        lock.lock();
        try {
            dropped = roster.takePending();
        } finally {
            lock.unlock();
        }
        dropped.forEach(Call::cancelByEngine);
        if (isClosed()) {
            close();
        }
        return dropped;
    }

    /** Cancels every call that has no outcome yet, and ends the workers. May be repeated, also after {@link #close}. */
    public void terminate() {
        terminate(false);
    }

    /** As {@link #terminate()}; {@code kill}: without asking the workers first. */
    public void terminate(boolean kill) {
        List<Call> open;
        List<Worker> all;
        lock.lock();
        try {
            roster.phase = Roster.Phase.TERMINATED;
            open = roster.takePending();
            open.addAll(roster.callsInFlight());
            roster.idle.clear();
            all = List.copyOf(roster.workers);
        } finally {
            lock.unlock();
        }
        open.forEach(Call::cancelByEngine);
        end(all, kill);
        endIfDone();
    }

    private void end(List<Worker> all, boolean kill) {
        for (Worker worker : all) {
            if (!worker.isStarted()) {
                continue; // whoever starts it will see that it is not wanted
            }
            if (kill) {
                worker.child().kill();
                continue;
            }
            worker.child().terminate();
            watch.later(KILL_AFTER_NANOS, () -> {
                if (!worker.child().ended().isDone()) {
                    worker.child().kill();
                }
            });
        }
    }

    private void endIfDone() {
        boolean over;
        lock.lock();
        try {
            over = roster.phase != Roster.Phase.OPEN && roster.pending.isEmpty() && roster.workers.isEmpty();
        } finally {
            lock.unlock();
        }
        if (over) {
            watch.end();
            ended.complete(null);
        }
    }

    /** Completed when the pool is closed and its last worker gone. */
    public CompletableFuture<Void> ended() {
        return ended;
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

    // ---- facts

    /** One worker, for people. */
    public record WorkerFacts(String name, long pid, Duration age, boolean idle, long served, Duration busy) {}

    /** The pool, for people. */
    public record Facts(int pending, int running, long done, long lost, List<WorkerFacts> workers) {}

    /** A snapshot. */
    public Facts facts() {
        lock.lock();
        try {
            int running = 0;
            List<WorkerFacts> all = new ArrayList<>();
            for (Worker worker : roster.workers) {
                running += worker.inFlight.size();
                if (worker.isStarted()) {
                    all.add(worker.facts());
                }
            }
            return new Facts(roster.pending.size(), running, done, lost, all);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@link #ended}, at most so long; says whether it is. */
    public boolean awaitEnd(long nanos) throws InterruptedException {
        try {
            ended.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the end of a pool does not fail", e);
        }
    }
}
