package offspring.multiprocessing.internal.pool;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import offspring.multiprocessing.internal.codec.Failures;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.Output;
import offspring.multiprocessing.internal.ring.Payloads;
import offspring.multiprocessing.internal.ring.PipeEnd;
import offspring.multiprocessing.internal.ring.PipeFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A worker, seen from its parent: its pipe, its child, the calls it has, and the thread that reads its answers.
 *
 * <p><b>Who touches what.</b> {@link #inFlight}, {@link #sending}, {@link #ready}, {@link #retiring}, {@link #taken} and {@link #served}
 * are guarded by the engine's lock. The writing half (writer, outbox, places of functions) belongs to the thread that has taken a
 * batch for the worker, from {@code sending = true} to {@code sending = false}, both under the lock, which hands the half from one
 * to the next. The reading half belongs to the reader.
 *
 * <p><b>The end.</b> The reader sees the end of the pipe when the child is gone, but not before it has read every answer that the child
 * had sent; only then does it ask the words what had begun. So no answer is lost to a death.
 */
final class Worker implements Runnable {

    private final PoolEngine engine;
    private final String name;
    private final long born = System.nanoTime();
    private final @Nullable LastLines lastLines;

    // guarded by the engine's lock
    final ArrayDeque<Entry> inFlight = new ArrayDeque<>();
    boolean sending;
    boolean ready;
    boolean retiring;
    long taken;
    long served;
    long busyNanos;

    // the writing half
    private final Call.@Nullable Job[] places = new Call.Job[Frames.PLACES];
    private int nextPlace;

    private volatile @Nullable Link link;

    /** What a worker has once it is started. */
    private record Link(
            PipeEnd here,
            WorkerWords words,
            Child child,
            Frames.Writer out,
            Frames.Reader in,
            Payloads.Outbox outbox) {}

    private volatile boolean closed;

    Worker(PoolEngine engine, String name) {
        this.engine = engine;
        this.name = name;
        this.lastLines = LastLines.before(engine.spec().errors());
    }

    String name() {
        return name;
    }

    // ---- starting

    /** Starts the child; it says that it is ready when its initializer has run. */
    void start() throws IOException {
        PoolSpec spec = engine.spec();
        PipeFile pipe = PipeFile.createDuplex(WorkerWords.BYTES);
        PipeEnd here = pipe.end(0);
        PipeEnd there = pipe.end(1);
        Child child = null;
        try {
            WorkerMain main = new WorkerMain(new Channel(there), spec.initializer(), spec.finalizer());
            child = spec.starter().start(name, main, lastLines == null ? spec.errors() : Output.toLines(lastLines));
        } finally {
            there.release();
            if (child == null) {
                here.release();
            }
        }
        link = new Link(
                here,
                new WorkerWords(here.segment(), here.extra()),
                child,
                new Frames.Writer(here, () -> closed),
                new Frames.Reader(here, () -> closed),
                new Payloads.Outbox(here.pipe()));
        java.lang.Thread reader = new java.lang.Thread(null, this, "offspring-answers of " + name, 1 << 19);
        reader.setDaemon(true);
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

    /** Interrupts one call, if it still runs. */
    void interrupt(long number) {
        link().words().stop(number);
        link().child().signal(Interrupts.STOP);
    }

    // ---- sending, by the thread that has taken the batch

    /** Encodes and sends a batch. A call that cannot be encoded fails; the others go. */
    void send(List<Entry> batch) {
        Link mine = link();
        try {
            for (Entry entry : batch) {
                if (!entry.call.isOver() && entry.call.dispatched(name)) {
                    add(mine, entry);
                } else {
                    entry.dropped = true;
                    boolean unused = entry.call.over();
                }
            }
            mine.out().flush();
        } catch (IOException gone) {
            mine.out().clear();
            LoggerFactory.getLogger(Worker.class).debug("{} is gone; what it did not begin runs elsewhere", name, gone);
        }
    }

    private void add(Link mine, Entry entry) throws IOException {
        Call call = entry.call;
        Payloads.Outgoing outgoing;
        int place = 0;
        if (call.job != null) {
            try {
                place = placeOf(mine, call.job);
            } catch (NotEncoded e) {
                drop(entry, e.why);
                return;
            }
        }
        try {
            outgoing = mine.outbox().encode(call.body);
        } catch (IOException | RuntimeException | Error e) {
            drop(entry, e);
            return;
        }
        mine.out().add(call.job == null ? Frames.CALL : Frames.APPLY, entry.number, place, outgoing.encoded());
        mine.outbox().done(outgoing);
    }

    private static void drop(Entry entry, Throwable why) {
        entry.dropped = true;
        entry.call.fail(new CallFailure.NotSent(why));
    }

    /** Where the worker keeps the job's function; it is sent along if it is not there. */
    private int placeOf(Link mine, Call.Job job) throws IOException, NotEncoded {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == job) {
                return i;
            }
        }
        Payloads.Outgoing outgoing;
        try {
            outgoing = mine.outbox().encode(job.function);
        } catch (IOException | RuntimeException | Error e) {
            throw new NotEncoded(e);
        }
        int place = nextPlace;
        nextPlace = (place + 1) % places.length;
        places[place] = job;
        mine.out().add(Frames.DEFINE, 0, place, outgoing.encoded());
        mine.outbox().done(outgoing);
        return place;
    }

    /** A function cannot travel; tells this apart from a pipe that is broken. */
    private static final class NotEncoded extends Exception {
        private static final long serialVersionUID = 1L;

        private final Throwable why;

        NotEncoded(Throwable why) {
            super(why);
            this.why = why;
        }
    }

    /** Lets the worker end when it has done what it has. By a thread that has the writing half. */
    void sendEnd() {
        try {
            link().out().add(Frames.END, 0, 0, null);
            link().out().flush();
        } catch (IOException gone) {
            link().out().clear();
            LoggerFactory.getLogger(Worker.class).debug("{} was gone before it was told to end", name, gone);
        }
    }

    // ---- the reader

    @Override
    public void run() {
        Link mine = link();
        Throwable initializerFailure = null;
        try {
            while (true) {
                mine.in().advance();
                if (mine.in().kind() == Frames.NOT_READY) {
                    initializerFailure = initializerFailure(mine.in());
                } else {
                    read(mine.in());
                }
            }
        } catch (EOFException end) {
            LoggerFactory.getLogger(Worker.class).trace("{} has ended", name, end);
        } catch (IOException | RuntimeException | Error broken) {
            LoggerFactory.getLogger(Worker.class).warn("{} cannot be understood and is ended", name, broken);
            mine.child().kill();
        }
        int code = mine.child().ended().join();
        engine.gone(this, facts(code), initializerFailure);
        closed = true;
        mine.here().release();
    }

    /** For people. Called with the engine's lock. */
    PoolEngine.WorkerFacts facts() {
        return new PoolEngine.WorkerFacts(
                name,
                pid(),
                Duration.ofNanos(System.nanoTime() - born),
                inFlight.isEmpty(),
                served,
                Duration.ofNanos(busyNanos));
    }

    private LossFacts facts(int code) {
        return new LossFacts(
                name,
                pid(),
                code,
                Duration.ofNanos(System.nanoTime() - born),
                engine.servedBy(this),
                lastLines == null ? List.of() : lastLines.lines(),
                child().crashLog());
    }

    private void read(Frames.Reader in) {
        if (in.kind() == Frames.READY) {
            engine.ready(this);
            return;
        }
        byte kind = in.kind();
        byte[] bytes = in.bytes();
        int offset = in.offset();
        int length = in.length();
        Entry entry = engine.answered(this, in.number(), in.extra(), kind == Frames.OUT_OF_MEMORY);
        if (entry == null) {
            return;
        }
        Stop stop = entry.stop;
        CallFailure stopped = stop == null ? null : stop.failure();
        if (stopped != null) {
            entry.call.fail(stopped);
        } else if (!entry.call.isOver()) {
            settle(entry.call, kind, bytes, offset, length);
        }
    }

    private void settle(Call call, byte kind, byte[] bytes, int offset, int length) {
        Object value;
        try {
            value = Payloads.decode(bytes, offset, length);
            if (kind != Frames.RETURNED) {
                call.fail(failure(kind, Failures.unpack(Payloads.codec(), value, null)));
                return;
            }
        } catch (IOException | RuntimeException | Error e) {
            call.fail(new CallFailure.ResultNotDecoded(e));
            return;
        }
        call.succeed(value);
    }

    private CallFailure failure(byte kind, Failures.Arrived thrown) {
        return switch (kind) {
            case Frames.THREW -> new CallFailure.Raised(thrown, name, pid());
            case Frames.OUT_OF_MEMORY -> new CallFailure.OutOfMemory(thrown, name, pid());
            case Frames.NOT_DECODED -> new CallFailure.NotDecoded(thrown, name, pid());
            case Frames.NOT_ENCODED -> new CallFailure.ResultNotSent(thrown, name, pid());
            default -> throw new IllegalStateException("an answer of the unknown kind " + kind);
        };
    }

    private static Throwable initializerFailure(Frames.Reader in) {
        try {
            Object packed = Payloads.decode(in.bytes(), in.offset(), in.length());
            Failures.Arrived arrived = Failures.unpack(Payloads.codec(), packed, null);
            return arrived.throwable() != null
                    ? arrived.throwable()
                    : new IllegalStateException(arrived.facts().stackTrace());
        } catch (IOException e) {
            return e;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
