package offspring.multiprocessing.internal.pool.worker;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.codec.Failures;
import offspring.multiprocessing.internal.codec.wire.Form;
import offspring.multiprocessing.internal.launch.ChildMain;
import offspring.multiprocessing.internal.ring.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * The work of a worker: to do the calls that come through its channel, one after the other, on the main thread.
 *
 * <p><b>Who touches what.</b> Everything but the {@link Interrupts} belongs to the main thread. Calls are claimed some at a time, a sixteenth
 * of what was sent together, so that the rest can be taken back; each is begun, done and finished alone ({@link WorkerWords}).
 *
 * <p><b>Answers</b> leave when no more calls are there, when there are many, and when the first of them has waited for {@value
 * #LATEST_MICROS} µs and a call ends.
 *
 * <p><b>Memory.</b> An {@link OutOfMemoryError} leaves a JVM of which nobody knows what else failed in it, so it is told and the
 * worker ends; a reserve, given back first, is room for the telling.
 */
public final class WorkerMain implements CheckedRunnable {

    private static final long serialVersionUID = 1L;
    private static final int RESERVE = 1 << 18;
    private static final int OUT_OF_MEMORY_CODE = 1;
    private static final int LATEST_MICROS = 100;
    /** The place of a function that belongs to one call. */
    private static final int OWN = Frames.PLACES;

    private static final BooleanSupplier NEVER = new BooleanSupplier() { // no lambda: each worker comes here
                @Override
                public boolean getAsBoolean() {
                    return false;
                }
            };

    static {
        Form.register(WorkerMain.class, new Travel());
    }

    private final transient Channel channel;
    private final transient @Nullable CheckedRunnable initializer;
    private final transient @Nullable CheckedRunnable finalizer;
    private final transient long maxGrowth;

    @SuppressWarnings("UnusedVariable") // kept to be let go
    private transient byte @Nullable [] reserve;

    private transient @Nullable Growth growth;
    private transient long claimed;
    private transient long takenBack;
    private transient long sentAt;
    private transient long readyAt;
    private transient long waited;
    private transient long worked;
    /** When the call began that runs now, or the first of the few that are accounted together. */
    private transient long begunAt;

    /** What the worker works with. */
    private record Desk(
            Frames.Writer out,
            Payloads.Outbox outbox,
            WorkerWords words,
            Answers answers,
            Interrupts interrupts,
            @Nullable Object[] functions) {}

    /** The work of a worker that has this end of its channel. */
    public WorkerMain(
            Channel channel,
            @Nullable CheckedRunnable initializer,
            @Nullable CheckedRunnable finalizer,
            long maxGrowth) {
        this.maxGrowth = maxGrowth;
        this.channel = channel;
        this.initializer = initializer;
        this.finalizer = finalizer;
    }

    /** Only what the user gave it may need an object stream. */
    private static final class Travel extends Form<WorkerMain> {

        @Override
        protected @Nullable Object[] depart(WorkerMain main) {
            return new Object[] {main.channel, main.initializer, main.finalizer, main.maxGrowth};
        }

        @Override
        protected Object arrive(@Nullable Object[] parts) {
            return new WorkerMain(
                    (Channel) require(parts[0]), (CheckedRunnable) parts[1], (CheckedRunnable) parts[2], (long)
                            require(parts[3]));
        }
    }

    @SuppressWarnings("serial") // the JDK expects a subclass of IOException only
    private Object writeReplace() throws IOException {
        return Form.replace(WorkerMain.class, this);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("a worker's work travels in parts, never as itself");
    }

    @Override
    public void runChecked() throws Exception {
        end(work(true));
    }

    /** Does what was sent, to its end, but does not end the JVM, and hears no signals meanwhile. */
    public void rehearse() throws IOException {
        int code = work(false);
        if (code != 0) {
            throw new IOException("the rehearsal of a worker ended with code " + code);
        }
    }

    private int work(boolean hears) throws IOException {
        Frames.Writer out = new Frames.Writer(channel.end(), NEVER);
        WorkerWords words = channel.words();
        Interrupts guard = new Interrupts(words, java.lang.Thread.currentThread());
        Payloads.Outbox outbox = new Payloads.Outbox(channel.end().pipe());
        Desk mine = new Desk(out, outbox, words, new Answers(out, words), guard, new Object[OWN + 1]);
        reserve = new byte[RESERVE];
        if (hears) {
            ChildMain.onSignal(guard);
        }
        return initialize(mine) ? serve(mine, new Frames.Reader(channel.end(), NEVER)) : 1;
    }

    private boolean initialize(Desk mine) throws IOException {
        try {
            if (initializer != null) {
                initializer.runChecked();
            }
        } catch (Throwable failure) {
            Payloads.Outgoing packed = packed(mine, failure);
            mine.out.add(Frames.NOT_READY, 0, packed.encoded());
            mine.out.flush();
            return false;
        }
        readyAt = System.nanoTime();
        growth = maxGrowth > 0 ? new Growth(maxGrowth) : null;
        mine.out.add(Frames.READY, 0, null);
        mine.out.flush();
        return true;
    }

    private int serve(Desk mine, Frames.Reader in) throws IOException {
        while (true) {
            if (!in.hasMore() && !in.poll()) {
                mine.answers.flush();
                long idleAt = System.nanoTime();
                in.await();
                sentAt = System.nanoTime();
                waited += sentAt - idleAt;
                mine.words.waited(waited);
            }
            in.advance();
            switch (in.kind()) {
                case Frames.DEFINE ->
                    mine.functions[(int) in.extra()] = new Undecoded(in.bytes(), in.offset(), in.length());
                case Frames.APPLY -> calls(mine, in.number(), in.records(), (int) in.extra());
                case Frames.CALL -> call(mine, in.number(), in.records());
                case Frames.END -> {
                    mine.answers.flush();
                    return finish();
                }
                default -> throw new IOException("a frame of the unknown kind " + in.kind());
            }
        }
    }

    /**
     * In the place of a function that no call has needed yet. The first call that does decodes it, after it has begun: who dies of that,
     * dies of a call.
     */
    private record Undecoded(byte[] bytes, int offset, int length) {}

    /** A function that cannot be decoded is told to each call that wants it. */
    private static @Nullable Object functionAt(Desk mine, int place) {
        Object function = mine.functions[place];
        if (function instanceof Undecoded bytes) {
            try {
                function = Payloads.decode(bytes.bytes, bytes.offset, bytes.length);
            } catch (Throwable failure) {
                function = new Undefined(failure);
            }
            mine.functions[place] = function;
        }
        return function;
    }

    /** In the place of a function that could not be decoded. */
    private record Undefined(Throwable why) {}

    // ---- claims

    /** The calls of one frame, a few at a time. */
    private void calls(Desk mine, long first, Records items, int place) throws IOException {
        int left = items.count();
        int few = Math.max(1, left >> 4);
        long number = first;
        while (left > 0) {
            int now = Math.min(few, left);
            if (!claim(mine, number, now)) {
                return;
            }
            begunAt = System.nanoTime();
            for (int i = 0; i < now; i++) {
                items.next();
                one(mine, number++, place, items);
            }
            left -= now;
            account(mine);
        }
    }

    /** A call with a function of its own. */
    private void call(Desk mine, long number, Records both) throws IOException {
        if (!claim(mine, number, 1)) {
            return;
        }
        begunAt = System.nanoTime();
        both.next();
        mine.functions[OWN] = new Undecoded(both.bytes(), both.offset(), both.length());
        both.next();
        one(mine, number, OWN, both);
        mine.functions[OWN] = null;
        account(mine);
    }

    /** Claims calls; or finds that the parent has taken them back, with all that it had sent then. */
    private boolean claim(Desk mine, long number, int count) {
        if (number <= takenBack) {
            return false;
        }
        while (!mine.words.claim(claimed, number + count - 1)) {
            takenBack = mine.words.acknowledgeRecall(claimed);
            if (number <= takenBack) {
                return false;
            }
        }
        claimed = number + count - 1;
        return true;
    }

    private void account(Desk mine) throws IOException {
        long now = System.nanoTime();
        spend(mine, now);
        if (now - sentAt > LATEST_MICROS * 1_000L) {
            mine.answers.flush();
            sentAt = now;
        }
        Growth watched = growth;
        if (watched != null && watched.isTooLarge(now)) {
            growth = null;
            mine.answers.flush();
            mine.out.add(Frames.WORN, 0, null);
            mine.out.flush();
        }
    }

    private void spend(Desk mine, long now) {
        mine.answers.spent(now - begunAt);
        worked += now - begunAt;
        begunAt = now;
        mine.words.worked(worked, now - readyAt - waited - worked);
    }

    // ---- one call

    private void one(Desk mine, long number, int place, Records item) throws IOException {
        if (item.kind() == Records.NOTHING) {
            mine.answers.add(number, Records.PASSED_OVER, null);
            return;
        }
        mine.interrupts.enter(number);
        mine.words.begin(number);
        byte kind;
        Throwable failure = null;
        Payloads.Outgoing outgoing = null;
        boolean decoded = false;
        boolean returned = false;
        try {
            Object function = functionAt(mine, place);
            if (function instanceof Undefined undefined) {
                throw undefined.why();
            }
            Object argument = Payloads.decode(item.bytes(), item.offset(), item.length());
            decoded = true;
            Object result = apply(function, argument);
            returned = true;
            outgoing = mine.outbox.encode(result);
            kind = Records.RETURNED;
        } catch (OutOfMemoryError full) {
            reserve = null;
            failure = full;
            kind = Records.OUT_OF_MEMORY;
        } catch (Throwable thrown) {
            failure = thrown;
            kind = !decoded ? Records.NOT_DECODED : returned ? Records.NOT_ENCODED : Records.THREW;
        }
        mine.interrupts.leave(number);
        if (outgoing == null) {
            outgoing = packed(mine, failure == null ? new IllegalStateException("no result and no failure") : failure);
        }
        if (outgoing.encoded().length() > Frames.ALONE) { // goes at once, with its time
            mine.answers.flush();
            spend(mine, System.nanoTime());
        }
        mine.answers.add(number, kind, outgoing.encoded());
        mine.outbox.done(outgoing);
        if (kind == Records.OUT_OF_MEMORY) {
            mine.answers.flush();
            end(OUT_OF_MEMORY_CODE);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // whether the function takes null is the caller's business
    private static @Nullable Object apply(@Nullable Object function, @Nullable Object argument) throws Exception {
        if (function instanceof CheckedFunction<?, ?> checked) {
            return ((CheckedFunction<Object, ?>) checked).applyChecked(argument);
        }
        return ((Function<Object, ?>) require(function)).apply(argument);
    }

    /** What cannot be packed, because even that needs more memory than there is, is replaced by its class and message. */
    private static Payloads.Outgoing packed(Desk mine, Throwable failure) throws IOException {
        try {
            return mine.outbox.encode(Failures.pack(Payloads.codec(), failure, null));
        } catch (RuntimeException | Error worse) {
            Throwable simple = failure instanceof OutOfMemoryError
                    ? new OutOfMemoryError(failure.getMessage())
                    : new IllegalStateException(
                            "a failure of the class " + failure.getClass().getName() + " could not be sent: " + worse);
            return mine.outbox.encode(Failures.pack(Payloads.codec(), simple, null));
        }
    }

    // ---- the end

    private int finish() {
        try {
            if (finalizer != null) {
                finalizer.runChecked();
            }
            return 0;
        } catch (Throwable failure) {
            Logs.of(WorkerMain.class).warn("the finalizer of a worker failed", failure);
            return 1;
        }
    }

    /** Threads that calls have left behind do not keep a worker. */
    @SuppressWarnings("SystemExitOutsideMain")
    private static void end(int code) {
        System.exit(code);
    }

    private static <T> T require(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the worker was given nothing to run");
        }
        return value;
    }
}
