package offspring.multiprocessing.internal.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has: calls that wait, workers, those of them that are idle, and who gets what next.
 *
 * <p>All of it is guarded by the dispatcher's lock, which whoever calls here holds. Nothing here sends or starts anything: batches that were
 * taken and workers that were entered go back to the dispatcher, which does that without the lock.
 *
 * <p><b>Batches.</b> A worker gets as many items of one pace as take about {@value Pace#TARGET_MICROS} µs, as far as known, and one
 * while nothing is known; and the next batch when half of the last one is answered. A call that turns out to be slow holds up
 * those behind it for a moment only: when another worker is idle, they are taken back. Calls with a time limit go alone.
 */
final class Roster {

    private static final long LOOK_NANOS = 2_000_000;

    enum Phase {
        OPEN,
        /** Nothing new; the rest is done. */
        CLOSING,
        /** The rest is cancelled. */
        TERMINATED
    }

    private final Dispatcher dispatcher;
    private final PoolSpec spec;
    private final Watch watch;
    private final ArrayDeque<Span> pending = new ArrayDeque<>();
    private long pendingItems;
    /** What will wait again after a while. */
    private final Set<Span> delayed = new HashSet<>();

    private final ArrayDeque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> workers = new LinkedHashSet<>();
    Phase phase = Phase.OPEN;
    private int count;
    private boolean lookPlanned;
    /** How many threads tell failures of what is in none of the lists, and may submit it again. */
    int telling;

    Roster(Dispatcher dispatcher, PoolSpec spec, Watch watch) {
        this.dispatcher = dispatcher;
        this.spec = spec;
        this.watch = watch;
    }

    /** What a worker is to be sent. */
    record Batch(Worker worker, List<Entry> entries) {}

    // ---- what waits

    void add(Span span) {
        pending.addLast(span);
        pendingItems += span.size();
    }

    /** What was taken for a worker waits again, before all others. */
    private void putBack(Call call, int from, int to) {
        if (from < to && !call.isUnwanted()) {
            pending.addFirst(new Span(call, from, to));
            pendingItems += to - from;
        }
    }

    void addDelayed(Span span) {
        delayed.add(span);
    }

    /** The while is over. */
    boolean wakeDelayed(Span span) {
        if (!delayed.remove(span)) {
            return false;
        }
        add(span);
        return true;
    }

    /** Whether nothing waits, now or for its time to come. */
    boolean isNothingLeft() {
        return pending.isEmpty() && delayed.isEmpty();
    }

    boolean isOver() {
        return phase != Phase.OPEN && isNothingLeft() && workers.isEmpty() && telling == 0;
    }

    long pendingItems() {
        return pendingItems + delayed.size();
    }

    /** Empties the list of what waits. */
    List<Span> takePending() {
        List<Span> all = new ArrayList<>(pending);
        all.addAll(delayed);
        pending.clear();
        delayed.clear();
        pendingItems = 0;
        return all;
    }

    /** Drops what waits of some calls, and notes these. */
    void dropPending(Predicate<Call> which, Set<Call> calls) {
        for (Iterator<Span> all = pending.iterator(); all.hasNext(); ) {
            Span span = all.next();
            if (which.test(span.call)) {
                pendingItems -= span.size();
                calls.add(span.call);
                all.remove();
            }
        }
        for (Iterator<Span> all = delayed.iterator(); all.hasNext(); ) {
            Span span = all.next();
            if (which.test(span.call)) {
                calls.add(span.call);
                all.remove();
            }
        }
    }

    /** As {@link #isNothingLeft}, asked without the lock; a guess. */
    boolean seemsEmpty() {
        return pendingItems == 0;
    }

    // ---- giving

    /** Gives what waits to those that are idle; when the pool is closed and nothing waits, they end. */
    List<Batch> wake() {
        if (phase == Phase.CLOSING) {
            retireIdle();
        }
        if (pending.isEmpty() || idle.isEmpty()) {
            return List.of();
        }
        List<Batch> batches = new ArrayList<>(2);
        while (!pending.isEmpty() && !idle.isEmpty()) {
            Worker worker = idle.removeLast();
            worker.idle = false;
            List<Entry> batch = take(worker);
            if (batch.isEmpty()) {
                break;
            }
            batches.add(new Batch(worker, batch));
        }
        return batches;
    }

    /** Whether a worker has so little left to do that it should be given more. */
    boolean wantsMore(Worker worker) {
        return !worker.sending && !worker.idle && worker.ready && worker.itemsLeft <= worker.lastBatch / 2;
    }

    /** What a worker does that has little or nothing to do. */
    List<Entry> next(Worker worker) {
        if (worker.retiring) {
            return List.of();
        }
        boolean worn = worker.worn || leftFor(worker) <= 0;
        boolean unneeded = phase == Phase.CLOSING && isNothingLeft();
        if (worn || unneeded || phase == Phase.TERMINATED) {
            if (worker.inFlight.isEmpty()) {
                retire(worker);
            }
            return List.of();
        }
        return take(worker);
    }

    /** Takes calls for a worker; it becomes idle if there are none, and it has none. */
    private List<Entry> take(Worker worker) {
        List<Entry> batch = takeItems(worker);
        if (!batch.isEmpty()) {
            worker.sending = true;
            worker.reads = worker.itemsLeft == 1;
            planLook(worker);
        } else if (worker.inFlight.isEmpty()) {
            worker.idle = true;
            idle.addLast(worker);
        }
        if (phase == Phase.CLOSING) {
            retireIdle(); // what was taken, or not wanted any more, may have been the last that waited
        }
        return batch;
    }

    private List<Entry> takeItems(Worker worker) {
        Span first = firstWanted();
        if (first == null || (first.call.timeoutNanos > 0 && !worker.inFlight.isEmpty())) {
            return List.of();
        }
        Pace pace = first.call.pace;
        int size = first.call.timeoutNanos > 0 ? 1 : pace.nextBatch(pendingItems, spec.maxWorkers(), leftFor(worker));
        List<Entry> batch = new ArrayList<>(Math.min(size, 8));
        int left = size;
        for (Span span = first; span != null && left > 0 && goesAlong(span, batch, pace); span = firstWanted()) {
            int now = Math.min(left, span.size());
            batch.add(enter(worker, span.call, span.from, now));
            left -= now;
            span.from += now;
            pendingItems -= now;
            if (span.isEmpty()) {
                pending.removeFirst();
            }
        }
        worker.lastBatch = size - left;
        return batch;
    }

    /** What is next; what nobody wants any more is dropped. */
    private @Nullable Span firstWanted() {
        Span span = pending.peekFirst();
        while (span != null && span.call.isUnwanted()) {
            pendingItems -= span.size();
            pending.removeFirst();
            span = pending.peekFirst();
        }
        return span;
    }

    private static boolean goesAlong(Span span, List<Entry> batch, Pace pace) {
        return batch.isEmpty() || (span.call.pace == pace && span.call.timeoutNanos <= 0);
    }

    private Entry enter(Worker worker, Call call, int from, int items) {
        Entry entry = new Entry(call, from, items, worker.taken + 1);
        worker.taken += items;
        worker.itemsLeft += items;
        worker.inFlight.addLast(entry);
        if (call.timeoutNanos > 0) {
            entry.timer = watch.after(call.timeoutNanos, () -> dispatcher.timedOut(worker, entry));
        }
        return entry;
    }

    private long leftFor(Worker worker) {
        int most = spec.wear().maxCalls();
        return most == 0 ? Long.MAX_VALUE : most - worker.taken;
    }

    /** Lets a worker end when it has done what it has. */
    void retire(Worker worker) {
        worker.retiring = true;
        watch.soon(() -> dispatcher.sendEnd(worker));
    }

    /** Lets a worker end that has served its time. */
    void wearOut(Worker worker) {
        worker.worn = true;
        if (worker.idle) {
            worker.idle = false;
            idle.remove(worker);
            retire(worker);
        }
    }

    /** Lets those end that are not needed for what waits. */
    void retireIdle() {
        while (isNothingLeft() && !idle.isEmpty()) {
            Worker worker = idle.removeLast();
            worker.idle = false;
            retire(worker);
        }
    }

    // ---- answers

    /** Whether the next answer that is missing is among these. */
    boolean isDue(Worker worker, long first, long last) {
        for (Entry entry : worker.inFlight) {
            if (entry.left() > 0 && !entry.dropped) {
                return first <= entry.next() && entry.next() <= last;
            }
        }
        return false;
    }

    /** Takes the items with these numbers out of the books; of those that are out already, nobody is told. */
    List<Slice> claim(Worker worker, long first, int items) {
        List<Slice> slices = new ArrayList<>(1);
        long next = first;
        long end = first + items;
        while (next < end) {
            Entry head = worker.inFlight.peekFirst();
            while (head != null && (head.end() <= next || head.left() == 0)) {
                leave(worker, worker.inFlight.removeFirst());
                head = worker.inFlight.peekFirst();
            }
            if (head == null || head.next() > next) {
                int known = (int) ((head == null ? end : Math.min(end, head.next())) - next);
                slices.add(new Slice(null, 0, known));
                next += known;
                continue;
            }
            if (head.next() < next) {
                throw new IllegalStateException("answer " + next + " of " + worker + " before answer " + head.next());
            }
            int now = (int) (Math.min(end, head.end()) - next);
            slices.add(new Slice(head, head.from + head.answered, now));
            head.answered += now;
            worker.itemsLeft -= now;
            next += now;
            if (head.left() == 0) {
                worker.inFlight.removeFirst();
                head.settleTimers();
            }
        }
        return slices;
    }

    private static void leave(Worker worker, Entry entry) {
        worker.itemsLeft -= entry.left();
        entry.answered = entry.count;
        entry.settleTimers();
    }

    /** Drops what turned out not to be sent. */
    void dropUnsent(Worker worker) {
        for (Iterator<Entry> all = worker.inFlight.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.dropped) {
                all.remove();
                leave(worker, entry);
            }
        }
    }

    // ---- taking back

    private void planLook(Worker worker) {
        if (!lookPlanned && (spec.maxWorkers() > 1 || worker.itemsLeft > 1)) {
            lookPlanned = true;
            watch.later(LOOK_NANOS, dispatcher::look);
        }
    }

    /** Takes back what is held up, if workers are idle, and gives it to them. */
    List<Batch> recallForTheIdle() {
        lookPlanned = false;
        if (!idle.isEmpty() && pending.isEmpty()) {
            for (Worker worker : List.copyOf(workers)) {
                if (!worker.inFlight.isEmpty() && !worker.sending) {
                    recall(worker);
                    if (worker.inFlight.isEmpty() && worker.worn && !worker.retiring) {
                        retire(worker);
                    } else if (worker.inFlight.isEmpty() && !worker.retiring) {
                        worker.idle = true;
                        idle.addFirst(worker); // it has not even begun: others are preferred
                    }
                }
            }
        }
        List<Batch> batches = wake();
        for (Worker worker : workers) {
            if (!worker.inFlight.isEmpty()) {
                planLook(worker);
            }
        }
        return batches;
    }

    /** Workers that have something to do. */
    List<Worker> busy() {
        return workers.stream().filter(worker -> !worker.inFlight.isEmpty()).toList();
    }

    /** Takes back all that the worker has not claimed. */
    void recall(Worker worker) {
        long claimed = worker.words().recall(worker.taken);
        if (claimed < 0) {
            return;
        }
        while (!worker.inFlight.isEmpty()) {
            Entry last = worker.inFlight.peekLast();
            if (last.end() - 1 <= claimed) {
                return;
            }
            int kept = (int) Math.max(0, claimed + 1 - last.first);
            takeBack(worker, last, Math.max(kept, last.answered));
            if (last.left() > 0) {
                return;
            }
            worker.inFlight.removeLast();
            last.settleTimers();
        }
    }

    /** Takes back all items but the first so many of an entry. */
    private void takeBack(Worker worker, Entry entry, int kept) {
        putBack(entry, kept);
        worker.itemsLeft -= entry.count - kept;
        entry.count = kept;
    }

    private void putBack(Entry entry, int kept) {
        if (entry.dropped) {
            return;
        }
        int to = entry.from + entry.count;
        for (int i = to - 1; i >= entry.from + kept; i--) {
            if (entry.isPassedOver(i)) {
                putBack(entry.call, i + 1, to);
                to = i;
            }
        }
        putBack(entry.call, entry.from + kept, to);
    }

    // ---- workers

    /** Enters the workers that are needed. */
    List<Worker> reserve() {
        if (phase == Phase.TERMINATED || (phase == Phase.CLOSING && isNothingLeft())) {
            return List.of();
        }
        if (workers.size() >= spec.maxWorkers() && (spec.ahead() || pending.isEmpty()) && noneRetires()) {
            return List.of();
        }
        int alive = 0;
        int starting = 0;
        for (Worker worker : workers) {
            alive += worker.retiring ? 0 : 1;
            starting += worker.ready || worker.retiring ? 0 : 1;
        }
        long wanted = spec.maxWorkers() - (long) alive;
        if (!spec.ahead()) {
            wanted = Math.min(wanted, pendingItems - idle.size() - starting);
        }
        List<Worker> fresh = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            Worker worker = new Worker(dispatcher, spec.name() + "-" + ++count);
            workers.add(worker);
            fresh.add(worker);
        }
        return fresh;
    }

    private boolean noneRetires() {
        for (Worker worker : workers) {
            if (worker.retiring) {
                return false;
            }
        }
        return true;
    }

    /** How many workers there were in all. */
    int started() {
        return count;
    }

    Set<Worker> workers() {
        return workers;
    }

    boolean has(Worker worker) {
        return workers.contains(worker);
    }

    void remove(Worker worker) {
        workers.remove(worker);
        idle.remove(worker);
    }

    /** A worker has ended: what it had not begun waits again; gives the entries with what it had begun. */
    List<Entry> takeFromTheDead(Worker worker, long begun) {
        List<Entry> touched = new ArrayList<>();
        while (!worker.inFlight.isEmpty()) {
            Entry entry = worker.inFlight.removeLast();
            int reached = (int) Math.max(0, Math.min((long) entry.count, begun + 1 - entry.first));
            if (phase != Phase.TERMINATED) {
                putBack(entry, Math.max(reached, entry.answered));
            }
            entry.count = Math.max(reached, entry.answered);
            entry.settleTimers();
            if (entry.left() > 0 && !entry.dropped) {
                touched.add(entry);
            }
        }
        worker.itemsLeft = 0;
        return touched;
    }

    /** Takes all that workers have out of the books. */
    List<Entry> takeInFlight() {
        List<Entry> all = new ArrayList<>();
        for (Worker worker : workers) {
            all.addAll(worker.inFlight);
            worker.inFlight.forEach(Entry::settleTimers);
            worker.inFlight.clear();
            worker.itemsLeft = 0;
        }
        idle.clear();
        return all;
    }
}
