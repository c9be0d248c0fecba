package offspring.multiprocessing.internal.pool;

import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.core.function.CheckedSupplier;
import offspring.multiprocessing.internal.codec.Failures;
import offspring.multiprocessing.internal.launch.ChildMain;
import offspring.multiprocessing.internal.ring.Payloads;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The work of a worker: to do the calls that come through its channel, one after the other, on the main thread.
 *
 * <p><b>Who touches what.</b> Everything but {@link #interrupts} belongs to the main thread. The order of the two words is the heart
 * of the blame: {@code turn} is taken before anything of the call is decoded, {@code done} is written when its result is encoded,
 * and only then is the result sent.
 *
 * <p><b>Memory.</b> An {@link OutOfMemoryError} leaves a JVM of which nobody knows what else failed in it, so it is told and the
 * worker ends; a reserve, given back first, is room for the telling.
 */
final class WorkerMain implements CheckedRunnable {

    private static final long serialVersionUID = 1L;
    private static final int RESERVE = 1 << 18;
    private static final int OUT_OF_MEMORY_CODE = 1;

    private final Channel channel;
    private final @Nullable CheckedRunnable initializer;
    private final @Nullable CheckedRunnable finalizer;

    private transient Frames.@Nullable Writer out;
    private transient Payloads.@Nullable Outbox outbox;
    private transient @Nullable WorkerWords words;
    private transient @Nullable Interrupts interrupts;

    @SuppressWarnings("UnusedVariable") // kept to be let go
    private transient byte @Nullable [] reserve;

    private transient long begun;
    private transient @Nullable Object @Nullable [] functions;

    WorkerMain(Channel channel, @Nullable CheckedRunnable initializer, @Nullable CheckedRunnable finalizer) {
        this.channel = channel;
        this.initializer = initializer;
        this.finalizer = finalizer;
    }

    @Override
    public void runChecked() throws Exception {
        Frames.Writer writer = new Frames.Writer(channel.end(), () -> false);
        WorkerWords shared = channel.words();
        Interrupts guard = new Interrupts(shared, java.lang.Thread.currentThread());
        out = writer;
        words = shared;
        interrupts = guard;
        outbox = new Payloads.Outbox(channel.end().pipe());
        reserve = new byte[RESERVE];
        functions = new Object[Frames.PLACES];
        ChildMain.onSignal(guard);
        if (initialize()) {
            serve(new Frames.Reader(channel.end(), () -> false));
        }
    }

    private boolean initialize() throws IOException {
        try {
            if (initializer != null) {
                initializer.runChecked();
            }
        } catch (Throwable failure) {
            tell(Frames.NOT_READY, 0, 0, failure);
            end(1);
            return false;
        }
        tellNothing(Frames.READY);
        return true;
    }

    private void serve(Frames.Reader in) throws IOException {
        boolean recalled = false;
        while (true) {
            if (!in.hasMore()) {
                recalled = false;
            }
            in.advance();
            switch (in.kind()) {
                case Frames.DEFINE -> define(in);
                case Frames.CALL, Frames.APPLY -> {
                    if (!recalled && !begin(in.number())) {
                        recalled = true;
                    }
                    if (!recalled) {
                        call(in);
                    }
                }
                case Frames.END -> {
                    end(finish());
                    return;
                }
                default -> throw new IOException("a frame of the unknown kind " + in.kind());
            }
        }
    }

    /** Begins a call; or finds that the parent has taken it and all behind it in its message back. */
    private boolean begin(long number) {
        if (require(words).begin(begun, number)) {
            begun = number;
            return true;
        }
        require(words).acknowledgeRecall(begun);
        return false;
    }

    /** A function that cannot be decoded is told to each call that wants it. */
    private void define(Frames.Reader in) {
        Object function;
        try {
            function = Payloads.decode(in.bytes(), in.offset(), in.length());
        } catch (Throwable failure) {
            function = new Undefined(failure);
        }
        require(functions)[(int) in.extra()] = function;
    }

    /** In the place of a function that could not be decoded. */
    private record Undefined(Throwable why) {}

    // ---- one call

    private void call(Frames.Reader in) throws IOException {
        long number = in.number();
        Interrupts guard = require(interrupts);
        guard.enter(number);
        long start = System.nanoTime();
        byte kind;
        Throwable failure = null;
        Payloads.Outgoing outgoing = null;
        boolean decoded = false;
        boolean returned = false;
        try {
            Object function = in.kind() == Frames.CALL ? decode(in) : functionAt((int) in.extra());
            Object argument = in.kind() == Frames.CALL ? null : decode(in);
            decoded = true;
            Object result = in.kind() == Frames.CALL ? run(function) : apply(function, argument);
            returned = true;
            outgoing = require(outbox).encode(result);
            kind = Frames.RETURNED;
        } catch (OutOfMemoryError full) {
            reserve = null;
            failure = full;
            kind = Frames.OUT_OF_MEMORY;
        } catch (Throwable thrown) {
            failure = thrown;
            kind = !decoded ? Frames.NOT_DECODED : returned ? Frames.NOT_ENCODED : Frames.THREW;
        }
        long nanos = System.nanoTime() - start;
        guard.leave(number);
        answer(kind, number, nanos, outgoing, failure);
        if (kind == Frames.OUT_OF_MEMORY) {
            end(OUT_OF_MEMORY_CODE);
        }
    }

    private void answer(
            byte kind, long number, long nanos, Payloads.@Nullable Outgoing outgoing, @Nullable Throwable failure)
            throws IOException {
        if (failure != null) {
            tell(kind, number, nanos, failure);
            return;
        }
        Payloads.Outgoing result = require(outgoing);
        require(words).finished(number);
        require(out).add(kind, number, nanos, result.encoded());
        require(out).flush();
        require(outbox).done(result);
    }

    private static @Nullable Object decode(Frames.Reader in) throws IOException {
        return Payloads.decode(in.bytes(), in.offset(), in.length());
    }

    private Object functionAt(int place) throws Exception {
        Object function = require(functions)[place];
        if (function instanceof Undefined undefined) {
            if (undefined.why() instanceof Exception exception) {
                throw exception;
            }
            throw (Error) undefined.why();
        }
        return require(function);
    }

    private static @Nullable Object run(@Nullable Object work) throws Exception {
        if (work instanceof CheckedSupplier<?> supplier) {
            return supplier.getChecked();
        }
        return ((Supplier<?>) require(work)).get();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // whether the function takes null is the caller's business
    private static @Nullable Object apply(@Nullable Object function, @Nullable Object argument) throws Exception {
        if (function instanceof CheckedFunction<?, ?> checked) {
            return ((CheckedFunction<Object, ?>) checked).applyChecked(argument);
        }
        return ((Function<Object, ?>) require(function)).apply(argument);
    }

    // ---- telling

    private void tellNothing(byte kind) throws IOException {
        require(out).add(kind, 0, 0, null);
        require(out).flush();
    }

    private void tell(byte kind, long number, long nanos, Throwable failure) throws IOException {
        Payloads.Outgoing packed = packed(failure);
        require(words).finished(number);
        require(out).add(kind, number, nanos, packed.encoded());
        require(out).flush();
        require(outbox).done(packed);
    }

    /** What cannot be packed, because even that needs more memory than there is, is replaced by its class and message. */
    private Payloads.Outgoing packed(Throwable failure) throws IOException {
        try {
            return require(outbox).encode(Failures.pack(Payloads.codec(), failure, null));
        } catch (RuntimeException | Error worse) {
            Throwable simple = failure instanceof OutOfMemoryError
                    ? new OutOfMemoryError(failure.getMessage())
                    : new IllegalStateException(
                            "a failure of the class " + failure.getClass().getName() + " could not be sent: " + worse);
            return require(outbox).encode(Failures.pack(Payloads.codec(), simple, null));
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
            LoggerFactory.getLogger(WorkerMain.class).warn("the finalizer of a worker failed", failure);
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
            throw new IllegalStateException("the worker has not begun, or was given nothing to run");
        }
        return value;
    }
}
