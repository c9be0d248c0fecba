package offspring.multiprocessing.internal.pool;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.Output;
import offspring.multiprocessing.internal.pool.facts.Facts;
import offspring.multiprocessing.internal.pool.facts.LastLines;
import offspring.multiprocessing.internal.pool.facts.LossFacts;
import offspring.multiprocessing.internal.pool.facts.Slowest;
import offspring.multiprocessing.internal.pool.worker.Channel;
import offspring.multiprocessing.internal.pool.worker.Frames;
import offspring.multiprocessing.internal.pool.worker.Interrupts;
import offspring.multiprocessing.internal.pool.worker.Records;
import offspring.multiprocessing.internal.pool.worker.WorkerMain;
import offspring.multiprocessing.internal.pool.worker.WorkerWords;
import offspring.multiprocessing.internal.ring.PipeEnd;
import offspring.multiprocessing.internal.ring.PipeFile;
import org.jspecify.annotations.Nullable;

/**
 * A worker, seen from its parent: its pipe, its child, the calls it has, and the thread that reads its answers.
 *
 * <p><b>Who touches what.</b> {@link #inFlight}, {@link #sending}, {@link #ready}, {@link #retiring} and the counts are guarded by the dispatcher's
 * lock. The {@link Sender} belongs to the thread that has taken a batch for the worker, from {@code sending = true} to {@code sending
 * = false}, both under the lock, which hands it from one to the next. The reading half belongs to who has {@link #reading}.
 *
 * <p><b>Who reads.</b> The reader, a thread of the worker's own, waits in the pipe. But a caller that waits for the answer to a short call
 * is faster if it looks into the pipe itself: being woken by the reader takes longer than the call. So when a caller comes to {@link #help}
 * and finds the reader there, it says that it {@link #sought} the right to read; with the next answer, if that leaves the worker idle, the
 * reader steps back and only looks from time to time whether answers are due that nobody reads. A caller helps for some microseconds, then
 * calls the reader and sleeps as everybody else. A caller does not encode and send the calls of others: it leaves the worker {@link #hungry},
 * and the reader feeds it first.
 *
 * <pre>
 *   reader:  WAITING IN THE PIPE ──an answer, sought, worker idle──► LINGERING ──called, or answers due, or long nothing──► back
 * </pre>
 *
 * <p><b>The end.</b> The reader sees the end of the pipe when the child is gone, but not before it has read every answer that the child
 * had sent; only then does it ask the words what else was finished, and what had begun. So no answer is lost to a death.
 */
final class Worker implements Runnable {

    private static final long HELP_NANOS = 50_000;
    private static final long ALONE_NANOS = 3_000;
    private static final long LINGER_NANOS = 250_000;
    private static final int LOOKS = 40;
    private static final long NAP_NANOS = 300_000;
    private static final long LONGEST_BIRTH_NANOS = 1_000_000_000;
    private static final long YOUTH_NANOS = 250_000_000;

    private final Dispatcher dispatcher;
    private final Outcomes outcomes;
    private final String name;
    private final long born = System.nanoTime();
    private final @Nullable LastLines lastLines;

    // guarded by the dispatcher's lock
    final ArrayDeque<Entry> inFlight = new ArrayDeque<>();
    boolean sending;
    /** Whether who sends may wait for room: the worker reads, since it was given one item and has no answer to write before. */
    boolean reads;
    /** Whether it stands among the idle ones. */
    boolean idle;

    boolean ready;
    boolean retiring;
    /** Whether it is to be replaced as soon as it has answered what it has. */
    boolean worn;
    /** How many items it was given in all; the number of the last one. */
    long taken;
    /** How many of them have no answer yet. */
    long itemsLeft;

    int lastBatch;
    long served;
    long startUpNanos;

    private volatile @Nullable Link link;

    /** What a worker has once it is started. */
    private record Link(PipeEnd here, WorkerWords words, Child child, Sender sender, Frames.Reader in, Thread reader) {}

    /** The right to read. */
    private final AtomicBoolean reading = new AtomicBoolean();

    /** A caller wanted to read while the reader did. */
    private volatile boolean sought;
    /** The reader is to come back. */
    private volatile boolean called;
    /** A caller has not given the worker its next calls, which may be all that it would have. Belongs to who has the right to read. */
    private boolean hungry;

    /** Until when the reader takes naps; belongs to who has the right to read. */
    private long youngUntil = born + LONGEST_BIRTH_NANOS;
    /** The reader does not have the right to read any more. Its own. */
    private boolean steppedBack;
    /** How often callers have read an answer; written with the right to read. */
    private final AtomicLong helped = new AtomicLong();

    /** What a caller that reads has stumbled upon; the reader deals with it. */
    private volatile @Nullable Throwable broken;

    private @Nullable Throwable initializerFailure;
    private volatile boolean closed;

    Worker(Dispatcher dispatcher, String name) {
        this.dispatcher = dispatcher;
        this.outcomes = new Outcomes(this, dispatcher);
        this.name = name;
        this.lastLines = LastLines.before(dispatcher.spec.errors());
    }

    String name() {
        return name;
    }

    // ---- starting

    /** Starts the child; it says that it is ready when its initializer has run. */
    void start() throws IOException {
        PoolSpec spec = dispatcher.spec;
        PipeFile pipe = PipeFile.createDuplex(WorkerWords.BYTES);
        PipeEnd here = pipe.end(0);
        PipeEnd there = pipe.end(1);
        Child child = null;
        try {
            WorkerMain main = new WorkerMain(
                    new Channel(there),
                    spec.initializer(),
                    spec.finalizer(),
                    spec.wear().maxGrowth());
            child = spec.starter().start(name, main, lastLines == null ? spec.errors() : Output.toLines(lastLines));
        } finally {
            there.release();
            if (child == null) {
                here.release();
            }
        }
        Thread reader = new Thread(null, this, "offspring-answers of " + name, 1 << 19);
        reader.setDaemon(true);
        BooleanSupplier isClosed = () -> closed;
        link = new Link(
                here,
                new WorkerWords(here.segment(), here.extra()),
                child,
                new Sender(this, dispatcher, here, isClosed),
                new Frames.Reader(here, isClosed),
                reader);
        reader.start();
    }

    private Link link() {
        Link mine = link;
        if (mine == null) {
            throw new IllegalStateException(name + " is not started");
        }
        return mine;
    }

    boolean isStarted() {
        return link != null;
    }

    Child child() {
        return link().child();
    }

    long pid() {
        return child().pid();
    }

    WorkerWords words() {
        return link().words();
    }

    /** Interrupts the item of an entry that runs now, if one does. */
    void interrupt(Entry entry) {
        long number = words().begun();
        if (number >= entry.first && number < entry.end()) {
            words().stop(number);
            child().signal(Interrupts.STOP);
        }
    }

    /** As {@link Dispatcher#doom}. */
    boolean doom(Entry entry) {
        return dispatcher.doom(this, entry);
    }

    /** Encodes and sends a batch, by the thread that has taken it; false if {@link #sendRest} is to follow, on a thread that may wait. */
    boolean send(List<Entry> batch) {
        return link().sender().send(batch, reads);
    }

    /** Sends what there was no room for. */
    void sendRest() {
        link().sender().sendRest();
    }

    /** Lets the worker end when it has done what it has. By a thread that has the sender. */
    void sendEnd() {
        link().sender().sendEnd();
    }

    // ---- the reader

    @Override
    public void run() {
        Link mine = link();
        try {
            while (true) {
                takeReading();
                feedIfHungry();
                if (!hasComeWhileYoung(mine)) {
                    mine.in().await();
                }
                takeMessage(mine.in(), true);
                if (steppedBack) {
                    linger();
                } else {
                    reading.set(false);
                }
            }
        } catch (EOFException end) {
            Logs.of(Worker.class).trace("{} has ended", name, end);
        } catch (IOException | RuntimeException | Error wrong) {
            Logs.of(Worker.class).warn("{} cannot be understood and is ended", name, wrong);
            mine.child().kill();
        }
        reading.set(true); // nothing will come
        int code = mine.child().ended().join();
        fetchAnswers();
        dispatcher.gone(this, facts(code), initializerFailure);
        closed = true;
        mine.here().release();
        dispatcher.buried();
    }

    /**
     * Takes naps instead of sleeping as long as the worker is young: to wake a sleeper it would need a socket, and the first socket of a JVM
     * takes longer than all else between its start and its first answer.
     *
     * @return whether there is a message now; else the worker is grown up, or dead
     */
    private boolean hasComeWhileYoung(Link mine) throws IOException {
        while (System.nanoTime() - youngUntil < 0 && !mine.child().ended().isDone()) {
            if (mine.in().poll()) {
                return true;
            }
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        return false;
    }

    /** Waits until no caller reads. */
    private void takeReading() throws IOException {
        while (!reading.compareAndSet(false, true)) {
            LockSupport.parkNanos(this, LINGER_NANOS);
        }
        called = false;
        Throwable wrong = broken;
        if (wrong != null) {
            reading.set(false);
            throw new IOException("a caller that read an answer failed: " + wrong, wrong);
        }
    }

    private void feedIfHungry() {
        if (hungry) {
            hungry = false;
            dispatcher.feed(this, true);
        }
    }

    /** By the reader: callers may read from now on. */
    private void stepBack() {
        steppedBack = true;
        sought = false;
        reading.set(false);
    }

    /** Leaves the reading to callers, as long as they do it or there is nothing to read. */
    private void linger() {
        steppedBack = false;
        long seen = helped.get();
        for (int looks = 0; looks < LOOKS && !called; looks++) {
            LockSupport.parkNanos(this, LINGER_NANOS);
            long now = helped.get();
            if (now != seen) {
                seen = now;
                looks = 0;
            } else if (!reading.get() && dispatcher.isBusy(this)) {
                return;
            }
        }
    }

    /**
     * Reads answers while the calling thread would sleep otherwise.
     *
     * @param enough tells that what the caller waits for is there
     * @param nanos for how long at most
     */
    void help(BooleanSupplier enough, long nanos) {
        Link mine = link;
        if (mine == null || enough.getAsBoolean()) {
            return;
        }
        if (!reading.compareAndSet(false, true)) {
            sought = true;
            return;
        }
        boolean left = true;
        try {
            left = !readUntil(mine.in(), enough, Math.min(nanos, HELP_NANOS));
        } catch (IOException | RuntimeException | Error wrong) {
            broken = wrong;
        } finally {
            reading.set(false);
            if (left) {
                called = true;
                LockSupport.unpark(mine.reader());
            }
        }
    }

    /** Says whether nobody else needs to read. */
    @SuppressWarnings("ThreadPriorityCheck") // works without the yield, only slower where processors are few
    private boolean readUntil(Frames.Reader in, BooleanSupplier enough, long nanos) throws IOException {
        long start = System.nanoTime();
        while (true) {
            for (int i = 0; i < LOOKS; i++) {
                if (in.poll()) {
                    hungry = !takeMessage(in, false);
                    helped.incrementAndGet();
                    if (hungry) {
                        return false;
                    }
                    start = System.nanoTime();
                }
                if (enough.getAsBoolean()) {
                    return !dispatcher.isBusy(this);
                }
                Thread.onSpinWait();
            }
            long spent = System.nanoTime() - start;
            if (spent > nanos) {
                return false;
            }
            if (spent > ALONE_NANOS) {
                Thread.yield();
            }
        }
    }

    // ---- answers, by who has the right to read

    /**
     * Does what a message says.
     *
     * @param mayWait whether this thread may wait until the worker has read its next calls
     * @return false if the worker should be sent calls, and this thread may not
     */
    private boolean takeMessage(Frames.Reader in, boolean mayWait) throws IOException {
        boolean fed = true;
        while (in.hasMore()) {
            in.advance();
            switch (in.kind()) {
                case Frames.ANSWERS -> {
                    Records answers = in.records();
                    List<Slice> slices = dispatcher.claim(this, in.number(), answers.count(), in.extra());
                    fed = dispatcher.feed(this, mayWait);
                    noteIfSlow(slices, in.extra());
                    if (mayWait && sought && !in.hasMore() && !dispatcher.isBusy(this)) {
                        stepBack(); // before the outcome is told: the caller may be back in no time
                        outcomes.settle(slices, answers);
                        return fed; // what is read now is read by callers
                    }
                    outcomes.settle(slices, answers);
                }
                case Frames.WORN -> dispatcher.wornOut(this);
                case Frames.READY -> {
                    youngUntil = System.nanoTime() + YOUTH_NANOS;
                    dispatcher.ready(this);
                }
                case Frames.NOT_READY -> initializerFailure = Outcomes.initializerFailure(in);
                default -> throw new IOException("a frame of the unknown kind " + in.kind());
            }
        }
        return fed;
    }

    private void noteIfSlow(List<Slice> slices, long nanos) {
        Slowest slowest = dispatcher.slowest;
        if (slowest.mayBelong(nanos) && !slices.isEmpty()) {
            Slice last = slices.get(slices.size() - 1);
            Entry entry = last.entry();
            if (entry != null) {
                String what = describe(entry.call, last.from() + last.count() - 1);
                slowest.add(new Slowest.Item(what, name, nanos));
            }
        }
    }

    /** Words for people must not stop the answers. */
    private static String describe(Call call, int index) {
        try {
            return call.describe(index);
        } catch (RuntimeException | Error e) {
            Logs.of(Worker.class).debug("a slow call cannot be described", e);
            return "item " + index;
        }
    }

    /** Takes answers that have not come through the pipe: the worker is dead, or busy with a call that keeps them. */
    private void fetchAnswers() {
        try {
            WorkerWords.Kept kept = words().answers();
            if (kept != null) {
                outcomes.settle(dispatcher.claimKept(this, kept, false), kept.records());
            }
        } catch (IOException garbled) {
            Logs.of(Worker.class).warn("the last answers of {} cannot be read", name, garbled);
        }
    }

    /** As {@link #fetchAnswers}; outcomes are told on a thread of their own, since what hangs on them may take its time. */
    void fetchAnswersAside() {
        try {
            WorkerWords.Kept kept = words().answers();
            List<Slice> slices = kept == null ? List.of() : dispatcher.claimKept(this, kept, true);
            if (kept == null || slices.isEmpty()) {
                return;
            }
            Runnable tell = () -> {
                try {
                    outcomes.settle(slices, kept.records());
                } catch (IOException garbled) {
                    throw new UncheckedIOException("answers that were read whole are garbled", garbled);
                }
            };
            Thread aside = new Thread(null, tell, "offspring-answers kept by " + name, 1 << 18);
            aside.setDaemon(true);
            aside.start();
        } catch (IOException garbled) {
            Logs.of(Worker.class).debug("{} keeps answers that cannot be read now", name, garbled);
        }
    }

    // ---- facts

    /** For people. Called with the dispatcher's lock. */
    Facts.OfWorker facts() {
        return new Facts.OfWorker(
                name, pid(), Duration.ofNanos(ageNanos()), inFlight.isEmpty(), served, times(), words().gauges());
    }

    /** Where its time went so far. Called with the dispatcher's lock. */
    Facts.Times times() {
        WorkerWords words = words();
        return new Facts.Times(startUpNanos, words.waited(), words.worked(), words.carried());
    }

    /** How long ago it was made. */
    long ageNanos() {
        return System.nanoTime() - born;
    }

    /** Asks it for its gauges; they are there when {@link #gaugesTold} has changed. */
    void askForGauges() {
        child().signal(Interrupts.SHOW_GAUGES);
    }

    long gaugesTold() {
        return words().gaugesTold();
    }

    private LossFacts facts(int code) {
        return new LossFacts(
                name,
                pid(),
                code,
                Duration.ofNanos(ageNanos()),
                dispatcher.servedBy(this),
                lastLines == null ? List.of() : lastLines.lines(),
                child().crash());
    }

    @Override
    public String toString() {
        return name;
    }
}
