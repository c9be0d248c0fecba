package offspring.multiprocessing.internal.pool;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.facts.Certainty;
import offspring.multiprocessing.internal.pool.facts.LossFacts;
import offspring.multiprocessing.internal.pool.facts.Slowest;
import offspring.multiprocessing.internal.pool.worker.WorkerWords;
import org.jspecify.annotations.Nullable;

/**
 * Brings calls and workers together, and hears what workers report.
 *
 * <pre>
 *   submit ──► pending ──take──► inFlight of an idle worker ──► answered: the call is settled, the worker idle again
 *                 ▲                     │                  └──► lost:     the call that ran fails, the worker is replaced
 *                 └── what had not begun ┘
 * </pre>
 *
 * <p><b>One lock</b> guards all that changes, and the fields of {@link Worker}, {@link Span} and {@link Entry} that say so: the dispatcher's
 * lock, here and elsewhere. It is held for some dozens of nanoseconds: encoding, sending, starting children and settling calls happen
 * outside. There is no dispatcher thread: a batch is taken and sent by whoever makes it possible, the thread that submits or the one that
 * reads a worker's answers.
 *
 * <p>What the lock guards lies in the {@link Roster}, which says who gets what, in the {@link Breakage}, which says why nothing can be done
 * any more, and in the {@link Tally}. The {@link Staff} starts and ends workers.
 */
final class Dispatcher {

    final PoolSpec spec;
    final Watch watch;
    final ReentrantLock lock = new ReentrantLock();
    final Slowest slowest = new Slowest();
    final Staff staff;

    // guarded by the lock
    final Roster roster;
    final Breakage breakage;
    final Tally tally = new Tally();

    Dispatcher(PoolSpec spec) {
        this.spec = spec;
        this.watch = new Watch(spec.name());
        this.roster = new Roster(this, spec, watch);
        this.breakage = new Breakage(spec);
        this.staff = new Staff(lock, roster, breakage, watch, spec.starter());
    }

    // ---- batches

    void sendAll(List<Roster.Batch> batches) {
        for (Roster.Batch batch : batches) {
            send(batch.worker(), batch.entries());
        }
    }

    /**
     * Sends batches to a worker until it has enough, or there are none. Without the lock. Does not wait for a worker that may have answers
     * to write: the thread may be the one that reads them.
     */
    private void send(Worker worker, List<Entry> first) {
        List<Entry> batch = first;
        while (!batch.isEmpty()) {
            if (!worker.send(batch)) {
                watch.aside(() -> sendRest(worker));
                return;
            }
            batch = sent(worker);
        }
    }

    private void sendRest(Worker worker) {
        worker.sendRest();
        send(worker, sent(worker));
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
        List<Worker> toStart = staff.reserve();
        if (!toStart.isEmpty()) {
            watch.aside(() -> staff.startOrLog(toStart)); // starting a JVM takes long enough to be late for other calls
        }
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
                    tally.done += slice.count();
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

    // ---- calls that are stopped

    /** Stops the items of a call that a worker has; what that frees it for goes to the batches. Called with the lock. */
    void stop(Worker worker, Call call, List<Roster.Batch> batches) {
        roster.recall(worker);
        for (Entry entry : worker.inFlight) {
            if (entry.call == call && entry.stop == null) {
                begin(new Stop(worker, entry, false, spec.graceNanos()), entry);
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
                begin(new Stop(worker, entry, true, spec.graceNanos()), entry);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void begin(Stop stop, Entry entry) {
        entry.stop = stop;
        stop.begin();
    }

    long servedBy(Worker worker) {
        lock.lock();
        try {
            return worker.served;
        } finally {
            lock.unlock();
        }
    }

    /** A worker has ended, and every answer that it had sent is settled; the pool does not end before it is {@link #buried}. */
    void gone(Worker worker, LossFacts facts, @Nullable Throwable initializerFailure) {
        List<Entry> begun;
        List<Roster.Batch> batches = List.of();
        List<Worker> toStart;
        lock.lock();
        try {
            roster.telling++;
            begun = roster.takeFromTheDead(worker, worker.words().begun());
            roster.remove(worker);
            tally.past = tally.past.plus(worker.times());
            begun.forEach(entry -> tally.lost += entry.left());
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
        CallFailure.Broken why = breakage.why();
        if (why != null) {
            failAll(why);
        }
        sendAll(batches);
        staff.startOrLog(toStart);
    }

    /** Nothing is left of a worker that is {@link #gone}. */
    void buried() {
        staff.told();
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
}
