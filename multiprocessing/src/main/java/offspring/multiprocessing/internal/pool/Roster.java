package offspring.multiprocessing.internal.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has: calls that wait, workers, those of them that are idle, and who gets what next.
 *
 * <p>All of it is guarded by the engine's lock, which whoever calls here holds. Nothing here sends or starts anything: batches that were
 * taken and workers that were entered go back to the engine, which does that without the lock.
 *
 * <p><b>Batches.</b> A worker gets as many calls of one job as take about {@value Pace#TARGET_MICROS} µs, as far as known, and one
 * while nothing is known. A call that turns out to be slow holds up those behind it for a moment only: when another worker is
 * idle, they are {@linkplain WorkerWords#recallAfter taken back}. Calls with a time limit go alone.
 */
final class Roster {

    private static final long RECALL_NANOS = 2_000_000;

    enum Phase {
        OPEN,
        /** Nothing new; the rest is done. */
        CLOSING,
        /** The rest is cancelled. */
        TERMINATED
    }

    private final PoolEngine engine;
    private final PoolSpec spec;
    private final Watch watch;
    final ArrayDeque<Call> pending = new ArrayDeque<>();
    final ArrayDeque<Worker> idle = new ArrayDeque<>();
    final Set<Worker> workers = new LinkedHashSet<>();
    Phase phase = Phase.OPEN;
    private int count;
    private boolean recallPlanned;

    /** Calls without a job of their own share one pace. */
    private final Pace singles = new Pace();

    Roster(PoolEngine engine, PoolSpec spec, Watch watch) {
        this.engine = engine;
        this.spec = spec;
        this.watch = watch;
    }

    /** What a worker is to be sent. */
    record Batch(Worker worker, List<Entry> entries) {}

    // ---- giving

    /** Gives what waits to those that are idle. */
    List<Batch> wake() {
        List<Batch> batches = new ArrayList<>();
        while (!pending.isEmpty() && !idle.isEmpty()) {
            Worker worker = idle.removeLast();
            batches.add(new Batch(worker, take(worker)));
        }
        return batches;
    }

    /** What a worker does that has nothing to do. */
    List<Entry> next(Worker worker) {
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

    /** Takes calls for a worker that is idle; it becomes idle again if there are none. */
    private List<Entry> take(Worker worker) {
        List<Entry> batch = takeCalls(worker);
        if (!batch.isEmpty()) {
            worker.sending = true;
            planRecall();
        } else if (phase == Phase.CLOSING) {
            retire(worker); // what waited was not wanted any more
        } else {
            idle.addLast(worker);
        }
        return batch;
    }

    private List<Entry> takeCalls(Worker worker) {
        List<Entry> batch = new ArrayList<>();
        Call first = firstWanted();
        if (first == null) {
            return batch;
        }
        Pace pace = paceOf(first);
        int size = pace.nextBatch(pending.size(), spec.maxWorkers(), leftFor(worker));
        for (Call call = first; call != null && goesAlong(call, batch, pace); call = firstWanted()) {
            pending.removeFirst();
            batch.add(enter(worker, call));
            if (call.timeoutNanos > 0 || batch.size() == size) {
                break;
            }
        }
        return batch;
    }

    /** The call that is next; those that nobody wants any more are dropped. */
    private @Nullable Call firstWanted() {
        Call call = pending.peekFirst();
        while (call != null && call.isOver()) {
            pending.removeFirst();
            call = pending.peekFirst();
        }
        return call;
    }

    private boolean goesAlong(Call call, List<Entry> batch, Pace pace) {
        return batch.isEmpty() || (paceOf(call) == pace && call.timeoutNanos <= 0);
    }

    private Entry enter(Worker worker, Call call) {
        Entry entry = new Entry(call, ++worker.taken);
        worker.inFlight.addLast(entry);
        if (call.timeoutNanos > 0) {
            entry.timer = watch.after(call.timeoutNanos, () -> engine.timedOut(worker, entry));
        }
        return entry;
    }

    Pace paceOf(Call call) {
        return call.job == null ? singles : call.job.pace;
    }

    private long leftFor(Worker worker) {
        return spec.maxCallsPerWorker() == 0 ? Long.MAX_VALUE : spec.maxCallsPerWorker() - worker.taken;
    }

    /** Lets a worker end when it has done what it has. */
    void retire(Worker worker) {
        worker.retiring = true;
        watch.soon(() -> engine.sendEnd(worker));
    }

    // ---- taking back

    private void planRecall() {
        if (!recallPlanned && anyWorker(worker -> worker.inFlight.size() > 1)) {
            recallPlanned = true;
            watch.later(RECALL_NANOS, engine::recallForTheIdle);
        }
    }

    private boolean anyWorker(Predicate<Worker> which) {
        return workers.stream().anyMatch(which);
    }

    /** Takes back what is held up, if workers are idle, and gives it to them. */
    List<Batch> recallForTheIdle() {
        recallPlanned = false;
        if (!idle.isEmpty() && pending.isEmpty()) {
            for (Worker worker : workers) {
                Entry head = worker.inFlight.peekFirst();
                if (head != null && worker.inFlight.size() > 1 && !worker.sending) {
                    recall(worker, head);
                }
            }
        }
        List<Batch> batches = wake();
        planRecall();
        return batches;
    }

    /** Takes back all calls behind the one that runs; false if it has run on. */
    boolean recall(Worker worker, Entry head) {
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

    // ---- workers

    /** Enters the workers that are needed. */
    List<Worker> reserve() {
        if (phase == Phase.TERMINATED || (phase == Phase.CLOSING && pending.isEmpty())) {
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
            Worker worker = new Worker(engine, spec.name() + "-" + ++count);
            workers.add(worker);
            fresh.add(worker);
        }
        return fresh;
    }

    /** Empties the list of what waits. */
    List<Call> takePending() {
        List<Call> all = new ArrayList<>(pending);
        pending.clear();
        return all;
    }

    /** The calls that workers have. */
    List<Call> callsInFlight() {
        List<Call> all = new ArrayList<>();
        workers.forEach(worker -> worker.inFlight.forEach(entry -> all.add(entry.call)));
        return all;
    }
}
