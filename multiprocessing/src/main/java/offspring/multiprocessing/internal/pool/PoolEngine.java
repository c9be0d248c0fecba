package offspring.multiprocessing.internal.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
 * <p><b>One lock</b> guards all that changes here and the fields of {@link Worker} and {@link Entry} that say so. It is held for some
 * dozens of nanoseconds: encoding, sending, starting children and settling calls happen outside. There is no dispatcher thread: a
 * batch is taken and sent by whoever makes it possible, the thread that submits or the reader whose worker has become idle.
 *
 * <p><b>Batches.</b> A worker gets as many calls of one job as take about {@value Pace#TARGET_MICROS} µs, as far as known, and one
 * while nothing is known. A call that turns out to be slow holds up those behind it for a moment only: when another worker is
 * idle, they are {@linkplain WorkerWords#recallAfter taken back}. Calls with a time limit go alone.
 *
 * <p><b>States.</b> OPEN, then CLOSING (nothing new, the rest is done), then TERMINATED (the rest is cancelled); {@link #broken} says
 * why nothing can be done any more. {@link #ended} is completed when the last worker is gone.
 */
public final class PoolEngine {

    private static final long RECALL_NANOS = 2_000_000;
    private static final int FAILED_STARTS = 3;
    private static final long KILL_AFTER_NANOS = 1_000_000_000;

    private enum Phase {
        OPEN,
        CLOSING,
        TERMINATED
    }

    private final PoolSpec spec;
    private final Watch watch;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    // guarded by the lock
    private final ArrayDeque<Call> pending = new ArrayDeque<>();
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> workers = new LinkedHashSet<>();
    private Phase phase = Phase.OPEN;
    private volatile CallFailure.@Nullable Broken broken;
    private int failedStarts;
    private int count;
    private boolean recallPlanned;
    private long done;
    private long lost;

    /** Calls without a job of their own share one pace. */
    private final Pace singles = new Pace();

    /** A pool; if its workers are to be started ahead, {@link #startAll} does. */
    public PoolEngine(PoolSpec spec) {
        this.spec = spec;
        this.watch = new Watch(spec.name());
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
        List<Worker> woken = new ArrayList<>();
        List<List<Entry>> batches = new ArrayList<>();
        List<Worker> toStart = List.of();
        CallFailure.Broken why;
        lock.lock();
        try {
            if (phase != Phase.OPEN) {
                throw new IllegalStateException("the pool " + spec.name() + " is closed and takes no more calls");
            }
            why = broken;
            if (why == null) {
                pending.addAll(calls);
                wake(woken, batches);
                toStart = reserve();
            }
        } finally {
            lock.unlock();
        }
        if (why != null) {
            calls.forEach(call -> call.fail(why));
        }
        sendAll(woken, batches);
        startOrLog(toStart);
    }

    /** Takes a call. */
    public void submit(Call call) {
        submit(List.of(call));
    }

    /** Gives what waits to those that are idle. Called with the lock; the caller {@linkplain #sendAll sends}. */
    private void wake(List<Worker> woken, List<List<Entry>> batches) {
        while (!pending.isEmpty() && !idle.isEmpty()) {
            Worker worker = idle.removeLast();
            woken.add(worker);
            batches.add(take(worker));
        }
    }

    private void sendAll(List<Worker> woken, List<List<Entry>> batches) {
        for (int i = 0; i < woken.size(); i++) {
            send(woken.get(i), batches.get(i));
        }
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
            pending.removeIf(call -> which.test(call) && silence(call, silenced));
            for (Worker worker : workers) {
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
        if (worker.words().begun() < entry.number && head != null && recall(worker, head)) {
            return; // it had not begun, and will not
        }
        if (entry.stop == null) {
            Stop stop = new Stop(worker, entry, false, spec.graceNanos());
            entry.stop = stop;
            stop.begin();
        }
    }

    /** Called by the watch when a call's time is over. */
    private void timedOut(Worker worker, Entry entry) {
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

    /** Takes calls for a worker that is idle; it becomes idle again if there are none. Called with the lock. */
    private List<Entry> take(Worker worker) {
        List<Entry> batch = new ArrayList<>();
        Pace pace = null;
        int size = 1;
        while (batch.size() < size) {
            Call call = pending.peekFirst();
            if (call == null) {
                break;
            }
            if (call.isOver()) {
                pending.pollFirst();
                continue;
            }
            boolean first = batch.isEmpty();
            if (first) {
                pace = paceOf(call);
                size = pace.nextBatch(pending.size(), spec.maxWorkers(), leftFor(worker));
            } else if (paceOf(call) != pace || call.timeoutNanos > 0) {
                break;
            }
            pending.pollFirst();
            Entry entry = new Entry(call, ++worker.taken);
            worker.inFlight.addLast(entry);
            batch.add(entry);
            if (call.timeoutNanos > 0) {
                entry.timer = watch.after(call.timeoutNanos, () -> timedOut(worker, entry));
                break;
            }
        }
        if (batch.isEmpty() && phase == Phase.CLOSING) {
            retire(worker); // what waited was not wanted any more
        } else if (batch.isEmpty()) {
            idle.addLast(worker);
        } else {
            worker.sending = true;
            planRecall();
        }
        return batch;
    }

    private Pace paceOf(Call call) {
        return call.job == null ? singles : call.job.pace;
    }

    private long leftFor(Worker worker) {
        return spec.maxCallsPerWorker() == 0 ? Long.MAX_VALUE : spec.maxCallsPerWorker() - worker.taken;
    }

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
            return worker.inFlight.isEmpty() && workers.contains(worker) ? next(worker) : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** What a worker does that has nothing to do. Called with the lock. */
    private List<Entry> next(Worker worker) {
        if (worker.retiring) {
            return List.of();
        }
        boolean worn = leftFor(worker) <= 0;
        boolean unneeded = phase == Phase.CLOSING && pending.isEmpty();
        if (worn || unneeded || phase == Phase.TERMINATED) {
            retire(worker);
            return List.of();
        }
        return take(worker);
    }

    private void retire(Worker worker) {
        worker.retiring = true;
        watch.soon(() -> {
            worker.sendEnd();
            startOrLog(reserveLocked());
        });
    }

    // ---- taking back

    /** Called with the lock. */
    private void planRecall() {
        if (!recallPlanned && isSomebodyHeldUp()) {
            recallPlanned = true;
            watch.later(RECALL_NANOS, this::recallForTheIdle);
        }
    }

    private boolean isSomebodyHeldUp() {
        for (Worker worker : workers) {
            if (worker.inFlight.size() > 1) {
                return true;
            }
        }
        return false;
    }

    private void recallForTheIdle() {
        List<Worker> busy = new ArrayList<>();
        List<List<Entry>> batches = new ArrayList<>();
        lock.lock();
        try {
            recallPlanned = false;
            if (!idle.isEmpty() && pending.isEmpty()) {
                for (Worker worker : workers) {
                    Entry head = worker.inFlight.peekFirst();
                    if (head != null && worker.inFlight.size() > 1 && !worker.sending) {
                        recall(worker, head);
                    }
                }
            }
            wake(busy, batches);
            planRecall();
        } finally {
            lock.unlock();
        }
        sendAll(busy, batches);
    }

    /** Takes back all calls behind the one that runs; false if it has run on. Called with the lock. */
    private boolean recall(Worker worker, Entry head) {
        if (!worker.words().recallAfter(head.number)) {
            return false;
        }
        while (worker.inFlight.size() > 1) {
            Entry last = worker.inFlight.removeLast();
            if (!last.dropped) {
                pending.addFirst(last.call);
            }
        }
        return true;
    }

    // ---- what workers report, on their readers

    void ready(Worker worker) {
        List<Entry> batch;
        lock.lock();
        try {
            worker.ready = true;
            failedStarts = 0;
            batch = next(worker);
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
            paceOf(entry.call).learn(nanos);
            settleTimers(entry);
            if (dying) {
                worker.retiring = true;
            } else if (worker.inFlight.isEmpty() && !worker.sending) {
                batch = next(worker);
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
                } else if (!entry.dropped && phase != Phase.TERMINATED) {
                    pending.addFirst(entry.call);
                }
            }
            lost += begun.size();
            workers.remove(worker);
            idle.remove(worker);
            noteDeath(worker, facts, initializerFailure, !begun.isEmpty());
            toStart = reserve();
        } finally {
            lock.unlock();
        }
        begun.forEach(entry -> entry.call.fail(failureOf(worker, entry, facts)));
        CallFailure.Broken why = broken;
        if (why != null) {
            failAll(why);
        }
        startOrLog(toStart);
        endIfDone();
    }

    private CallFailure failureOf(Worker worker, Entry entry, LossFacts facts) {
        Stop stop = entry.stop;
        CallFailure stopped = stop == null ? null : stop.failure();
        if (stopped != null) {
            return stopped;
        }
        Certainty certainty =
                worker.words().finished() >= entry.number ? Certainty.RESULT_LOST : Certainty.MAY_HAVE_RUN;
        return broken == null
                ? new CallFailure.Lost(facts, certainty)
                : new CallFailure.Broken(broken.reason(), facts, broken.cause(), certainty);
    }

    /** Whether the pool can go on without the worker. Called with the lock. */
    private void noteDeath(Worker worker, LossFacts facts, @Nullable Throwable initializerFailure, boolean costsCalls) {
        if (broken != null || phase == Phase.TERMINATED) {
            return;
        }
        if (initializerFailure != null) {
            broken = new CallFailure.Broken(
                    "the initializer of " + worker.name() + " failed",
                    facts,
                    initializerFailure,
                    Certainty.NEVER_STARTED);
        } else if (!worker.ready && ++failedStarts >= FAILED_STARTS) {
            broken = new CallFailure.Broken(
                    failedStarts + " workers one after the other ended before they were ready; the last: "
                            + facts.text(),
                    facts,
                    null,
                    Certainty.NEVER_STARTED);
        } else if (spec.breaksOnLoss() && worker.ready && !worker.retiring) {
            broken = new CallFailure.Broken(
                    "a worker ended" + (costsCalls ? " while it had a call: " : ": ") + facts.text(),
                    facts,
                    null,
                    Certainty.NEVER_STARTED);
        }
    }

    /** Nothing can be done any more: every call is told so, and the workers are ended. */
    private void failAll(CallFailure.Broken why) {
        List<Call> never = new ArrayList<>();
        List<Call> perhaps = new ArrayList<>();
        List<Worker> all;
        lock.lock();
        try {
            never.addAll(pending);
            pending.clear();
            all = List.copyOf(workers);
            for (Worker worker : all) {
                worker.inFlight.forEach(entry -> perhaps.add(entry.call));
            }
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

    private List<Worker> reserveLocked() {
        lock.lock();
        try {
            return reserve();
        } finally {
            lock.unlock();
        }
    }

    /** Enters the workers that are needed; the caller starts them. Called with the lock. */
    private List<Worker> reserve() {
        if (broken != null || phase == Phase.TERMINATED || (phase == Phase.CLOSING && pending.isEmpty())) {
            return List.of();
        }
        int alive = 0;
        int starting = 0;
        for (Worker worker : workers) {
            alive += worker.retiring ? 0 : 1;
            starting += worker.ready || worker.retiring ? 0 : 1;
        }
        int wanted = spec.maxWorkers() - alive;
        if (!spec.ahead()) {
            wanted = Math.min(wanted, pending.size() - idle.size() - starting);
        }
        List<Worker> fresh = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            Worker worker = new Worker(this, spec.name() + "-" + ++count);
            workers.add(worker);
            fresh.add(worker);
        }
        return fresh;
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
                    workers.remove(worker);
                }
                unwanted = phase == Phase.TERMINATED || broken != null;
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
                List<Call> helpless = new ArrayList<>();
                lock.lock();
                try {
                    if (workers.isEmpty()) {
                        helpless.addAll(pending);
                        pending.clear();
                    }
                } finally {
                    lock.unlock();
                }
                CallFailure.Broken why = new CallFailure.Broken(
                        "no worker can be started: " + e.getMessage(), null, e, Certainty.NEVER_STARTED);
                helpless.forEach(call -> call.fail(why));
            }
        }
        if (!fresh.isEmpty()) {
            endIfDone();
        }
    }

    // ---- the end

    /** Takes no more calls; workers end when all is done. May be repeated. */
    public void close() {
        lock.lock();
        try {
            if (phase == Phase.OPEN) {
                phase = Phase.CLOSING;
            }
            while (pending.isEmpty() && !idle.isEmpty()) {
                retire(idle.removeLast());
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
            dropped = List.copyOf(pending);
            pending.clear();
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
        List<Call> open = new ArrayList<>();
        List<Worker> all;
        lock.lock();
        try {
            phase = Phase.TERMINATED;
            open.addAll(pending);
            pending.clear();
            idle.clear();
            all = List.copyOf(workers);
            for (Worker worker : all) {
                worker.inFlight.forEach(entry -> open.add(entry.call));
            }
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
            over = phase != Phase.OPEN && pending.isEmpty() && workers.isEmpty();
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
            return phase != Phase.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing can be done any more; null while it can. */
    public CallFailure.@Nullable Broken broken() {
        lock.lock();
        try {
            return broken;
        } finally {
            lock.unlock();
        }
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
            for (Worker worker : workers) {
                running += worker.inFlight.size();
                if (worker.isStarted()) {
                    all.add(worker.facts());
                }
            }
            return new Facts(pending.size(), running, done, lost, all);
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
