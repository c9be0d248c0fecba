package offspring.multiprocessing.internal.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One thing to do in a worker, and where its outcome goes.
 *
 * <p>Exactly one of {@link #succeeded}, {@link #failed} and {@link #cancelled} is called, once, by a thread of the engine, which
 * holds no lock: {@link #over} decides, by one atomic step, which of several rivals (an answer, the death of the worker, the end
 * of the pool, the user who cancels) has the last word.
 */
public abstract class Call {

    /** A function that several calls apply; it is sent to each worker once. */
    public static final class Job {

        final Object function;
        final Pace pace;

        /**
         * A function.
         *
         * @param function a {@link java.util.function.Function} that is serializable
         * @param pace what is known of how long such calls take
         */
        public Job(Object function, Pace pace) {
            this.function = function;
            this.pace = pace;
        }
    }

    final @Nullable Job job;
    final @Nullable Object body;
    final long timeoutNanos;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * A call of a job's function.
     *
     * @param job the function
     * @param argument its argument
     * @param timeoutNanos how long it may take; 0: for ever
     */
    protected Call(Job job, @Nullable Object argument, long timeoutNanos) {
        this.job = job;
        this.body = argument;
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * A call of its own.
     *
     * @param work a {@link java.util.function.Supplier} that is serializable
     * @param timeoutNanos how long it may take; 0: for ever
     */
    protected Call(Object work, long timeoutNanos) {
        this.job = null;
        this.body = work;
        this.timeoutNanos = timeoutNanos;
    }

    /** Takes the right to say how the call ended; only the first one gets it. */
    public final boolean over() {
        return !over.get() && over.compareAndSet(false, true);
    }

    /** Whether somebody has said how the call ended. */
    public final boolean isOver() {
        return over.get();
    }

    /**
     * It is about to be sent to a worker; may be told again if that one dies before it begins.
     *
     * @param worker the worker's name
     * @return whether anybody still wants its result; if not, it is forgotten
     */
    protected abstract boolean dispatched(String worker);

    /** It returned. */
    protected abstract void succeeded(@Nullable Object value);

    /** It did not. */
    protected abstract void failed(CallFailure failure);

    /** The pool was terminated first. */
    protected abstract void cancelled();

    final void succeed(@Nullable Object value) {
        if (over()) {
            shielded(() -> succeeded(value));
        }
    }

    final void fail(CallFailure failure) {
        if (over()) {
            shielded(() -> failed(failure));
        }
    }

    final void cancelByEngine() {
        if (over()) {
            shielded(this::cancelled);
        }
    }

    /** What somebody hung on the outcome must not end the thread that reads the other ones. */
    private static void shielded(Runnable outcome) {
        try {
            outcome.run();
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Call.class).warn("what was to be done with the outcome of a call failed", e);
        }
    }
}
