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
import offspring.multiprocessing.internal.pool.worker.WorkerWords;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher: calls that wait, workers that are idle, and the rule that brings them together.
 *
 * <pre>
 *   submit ──► pending ──take──► inFlight of an idle worker ──► answered: the call is settled, the worker idle again
 *                 ▲                     │                  └──► lost:     the call that ran fails, the worker is replaced
 *                 └── what had not begun ┘
 * </pre>
 *
 * <p><b>One lock</b> guards all that changes, and the fields of {@link Worker}, {@link Span} and {@link Entry} that say so. It is held for
 * some dozens of nanoseconds: encoding, sending, starting children and settling calls happen outside. There is no dispatcher thread: a
 * batch is taken and sent by whoever makes it possible, the thread that submits or the one that reads a worker's answers.
 *
 * <p>What the lock guards lies in the {@link Roster}, which says who gets what, and in the {@link Breakage}, which says why nothing can be
 * done any more. The {@link Staff} starts and ends workers; {@link #ended} is completed when the last one is gone.
 */
public final class PoolEngine {

    private static final long GAUGES_NANOS = 500_000_000;
    private static final long LOOK_NANOS = 200_000;

    private final PoolSpec spec;
    private final Watch watch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Slowest slowest = new Slowest();
    private final Staff staff;

    // guarded by the lock
    private final Roster roster;
    private final Breakage breakage;
    private long done;
    private long lost;
    /** Where the time of the workers went that have ended. */
    private Facts.Times past = Facts.Times.NONE;

    /** A pool; if its workers are to be started ahead, {@link #startAll} does. */
    public PoolEngine(PoolSpec spec) {
        this.spec = spec;
        this.watch = new Watch(spec.name());
        this.roster = new Roster(this, spec, watch);
        this.breakage = new Breakage(spec);
        this.staff = new Staff(lock, roster, breakage, watch);
    }

    PoolSpec spec() {
        return spec;
    }

    Slowest slowest() {
        return slowest;
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
                throw new IllegalStateException("the pool " + spec.name() + " is closed and takes no more calls");
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
        sendAll(batches);
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
        watch.later(delayNanos, () -> wakeDelayed(span));
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
        sendAll(batches);
        staff.startOrLog(toStart);
    }

    private void sendAll(List<Roster.Batch> batches) {
        for (Roster.Batch batch : batches) {
            send(batch.worker(), batch.entries());
        }
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
                        stop(worker, call, batches);
                    }
                }
            }
            if (roster.phase == Roster.Phase.CLOSING) {
                roster.retireIdle();
            }
        } finally {
            lock.unlock();
        }
        sendAll(batches);
        return calls;
    }

    private void stop(Worker worker, Call call, List<Roster.Batch> batches) {
        roster.recall(worker);
        for (Entry entry : worker.inFlight) {
            if (entry.call == call && entry.stop == null) {
                Stop stop = new Stop(worker, entry, false, spec.graceNanos());
                entry.stop = stop;
                stop.begin();
            }
        }
        if (worker.inFlight.isEmpty() && !worker.sending && roster.has(worker)) {
            List<Entry> batch = roster.next(worker);
            if (!batch.isEmpty()) {
                batches.add(new Roster.Batch(worker, batch));
            }
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

    /** Sends batches to a worker until it has enough, or there are none. Without the lock. */
    private void send(Worker worker, List<Entry> first) {
        List<Entry> batch = first;
        while (!batch.isEmpty()) {
            worker.send(batch);
            batch = sent(worker);
        }
    }

    /** A batch has left; gives the next one if the worker has little to do all the same. */
    private List<Entry> sent(Worker worker) {
        lock.lock();
        try {
            worker.sending = false;
            roster.dropUnsent(worker);
            return roster.has(worker) && roster.wantsMore(worker) ? roster.next(worker) : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** An item cannot be sent; it fails by whoever found out. */
    void passOver(Entry entry, int index) {
        lock.lock();
        try {
            entry.passOver(index);
        } finally {
            lock.unlock();
        }
    }

    /** Called by the watch when a worker is to end. */
    void sendEnd(Worker worker) {
        worker.sendEnd();
        staff.startOrLog(staff.reserve());
    }

    /** Called by the watch when calls may have been held up for a while, and answers that wait behind them. */
    void look() {
        List<Worker> busy;
        List<Roster.Batch> batches;
        lock.lock();
        try {
            busy = roster.busy();
            batches = roster.recallForTheIdle();
        } finally {
            lock.unlock();
        }
        sendAll(batches);
        busy.forEach(Worker::fetchAnswersAside);
    }

    // ---- what workers report, to whoever reads

    void ready(Worker worker) {
        List<Entry> batch;
        lock.lock();
        try {
            worker.ready = true;
            worker.startUpNanos = worker.ageNanos();
            breakage.noteReady();
            batch = roster.next(worker);
        } finally {
            lock.unlock();
        }
        send(worker, batch);
        long maxAge = spec.wear().maxAgeNanos();
        if (maxAge > 0) {
            watch.later(maxAge, () -> wornOut(worker));
        }
    }

    /** The worker has served its time: it is old, or has grown too large. */
    void wornOut(Worker worker) {
        lock.lock();
        try {
            if (roster.has(worker)) {
                roster.wearOut(worker);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Answers have come: what they are for. Whoever gets this tells the outcomes. */
    List<Slice> claim(Worker worker, long first, int count, long nanos) {
        lock.lock();
        try {
            List<Slice> slices = roster.claim(worker, first, count);
            for (Slice slice : slices) {
                if (slice.entry() != null) {
                    if (nanos > 0) {
                        long share = nanos * slice.count() / count;
                        slice.entry().call.pace.learn(share, slice.count(), worker.served == 0);
                    }
                    done += slice.count();
                    worker.served += slice.count();
                }
            }
            return slices;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A worker is about to be ended because of a call that does not: it is given no more.
     *
     * @return false if the call has ended meanwhile; the worker is to live on
     */
    boolean doom(Worker worker, Entry entry) {
        lock.lock();
        try {
            if (entry.left() == 0) {
                return false;
            }
            worker.retiring = true;
            roster.recall(worker);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The worker ends after this answer. */
    void dying(Worker worker) {
        lock.lock();
        try {
            worker.retiring = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a worker more to do, if it has little.
     *
     * @param mayWait whether the calling thread may wait until the worker has read it
     * @return false if there is something, and the thread may not
     */
    boolean feed(Worker worker, boolean mayWait) {
        List<Entry> batch = List.of();
        lock.lock();
        try {
            if (roster.wantsMore(worker) && roster.has(worker)) {
                if (!mayWait && !roster.isNothingLeft()) {
                    return false;
                }
                batch = roster.next(worker);
            }
        } finally {
            lock.unlock();
        }
        send(worker, batch);
        return true;
    }

    /**
     * As {@link #claim}, for answers that overtake those in the pipe: nothing while these are not read.
     *
     * @param held only if there is a call behind them that holds them up; else they are about to leave
     */
    List<Slice> claimKept(Worker worker, WorkerWords.Kept kept, boolean held) {
        lock.lock();
        try {
            int count = kept.records().count();
            long last = kept.first() + count - 1;
            return roster.isDue(worker, kept.first(), last)
                            && (!held || worker.words().begun() > last)
                    ? claim(worker, kept.first(), count, 0)
                    : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Whether answers are to be expected. */
    boolean isBusy(Worker worker) {
        lock.lock();
        try {
            return !worker.inFlight.isEmpty();
        } finally {
            lock.unlock();
        }
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
        List<Entry> begun;
        List<Roster.Batch> batches = List.of();
        List<Worker> toStart;
        lock.lock();
        try {
            roster.telling++;
            begun = roster.takeFromTheDead(worker, worker.words().begun());
            roster.remove(worker);
            past = past.plus(worker.times());
            begun.forEach(entry -> lost += entry.left());
            if (roster.phase != Roster.Phase.TERMINATED) {
                breakage.noteDeath(worker, facts, initializerFailure, !begun.isEmpty());
                batches = roster.wake();
            }
            toStart = staff.reserve();
        } finally {
            lock.unlock();
        }
        for (Entry entry : begun) {
            for (int i = entry.answered; i < entry.count; i++) {
                if (!entry.isPassedOver(entry.from + i)) {
                    entry.call.fail(entry.from + i, breakage.failureOf(worker, entry, entry.first + i, facts));
                }
            }
        }
        staff.told();
        CallFailure.Broken why = breakage.why();
        if (why != null) {
            failAll(why);
        }
        sendAll(batches);
        staff.startOrLog(toStart);
        staff.endIfDone();
    }

    /** Nothing can be done any more: every call is told so, and the workers are ended. */
    private void failAll(CallFailure.Broken why) {
        List<Span> never;
        List<Entry> perhaps;
        List<Worker> all;
        lock.lock();
        try {
            never = roster.takePending();
            perhaps = roster.takeInFlight();
            all = List.copyOf(roster.workers());
        } finally {
            lock.unlock();
        }
        never.forEach(span -> span.call.fail(span.from, span.to, why));
        CallFailure.Broken unsure =
                new CallFailure.Broken(why.reason(), why.facts(), why.cause(), Certainty.MAY_HAVE_RUN);
        for (Entry entry : perhaps) {
            entry.call.fail(entry.from + entry.answered, entry.from + entry.count, unsure);
        }
        staff.end(all, false);
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
            long running = 0;
            Facts.Times times = past;
            List<Facts.OfWorker> all = new ArrayList<>();
            for (Worker worker : roster.workers()) {
                running += worker.itemsLeft;
                if (worker.isStarted()) {
                    Facts.OfWorker facts = worker.facts();
                    times = times.plus(facts.times());
                    all.add(facts);
                }
            }
            return new Facts(roster.pendingItems(), running, done, lost, roster.started(), times, slowest.items(), all);
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
