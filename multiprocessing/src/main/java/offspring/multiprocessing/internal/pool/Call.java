package offspring.multiprocessing.internal.pool;

import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import org.jspecify.annotations.Nullable;

/**
 * One function and the items it is to be applied to, and where the outcomes go.
 *
 * <p>Each item is, at any time, in one place: a {@link Span} that waits, an {@link Entry} that a worker has, or out. Who takes it out, under
 * the dispatcher's lock, tells its outcome, without the lock: one of {@link #succeeded} and {@link #failed} once per item, or {@link
 * #cancelled} for all that are left. A call that nobody {@linkplain #unwanted wants} any more hears nothing.
 */
public abstract class Call {

    /** A function that several calls apply. A worker is sent it once, with what it refers to at that time. */
    public static final class Shared {

        final Object function;

        /** The function: a {@link java.util.function.Function} that is serializable. */
        public Shared(Object function) {
            this.function = function;
        }
    }

    final @Nullable Shared shared;
    final Object function;
    final int size;
    final Pace pace;
    final long timeoutNanos;

    /** Set under the dispatcher's lock, read without. */
    private volatile boolean unwanted;

    /** Who has the item of a call that has one only; for those who wait for it. */
    volatile @Nullable Worker worker;

    /**
     * A call of a function that others apply, too.
     *
     * @param shared the function
     * @param size how many items there are
     * @param pace what is known of how long such calls take
     * @param timeoutNanos how long each may take; 0: for ever
     */
    protected Call(Shared shared, int size, Pace pace, long timeoutNanos) {
        this(shared, shared.function, size, pace, timeoutNanos);
    }

    /**
     * A call of a function of its own, with one item.
     *
     * @param function as in {@link Shared}
     * @param pace what is known of how long such calls take
     * @param timeoutNanos how long it may take; 0: for ever
     */
    protected Call(Object function, Pace pace, long timeoutNanos) {
        this(null, function, 1, pace, timeoutNanos);
    }

    private Call(@Nullable Shared shared, Object function, int size, Pace pace, long timeoutNanos) {
        this.shared = shared;
        this.function = function;
        this.size = size;
        this.pace = pace;
        this.timeoutNanos = timeoutNanos;
    }

    /** An item that has no outcome yet, in words; for people. */
    protected String describe(int index) {
        return "item " + index;
    }

    /** An item. */
    protected abstract @Nullable Object item(int index);

    /**
     * Some of it is about to be sent to a worker; may be told again.
     *
     * @param name the worker's name
     * @return whether anybody still wants the results; if not, it is forgotten
     */
    protected abstract boolean dispatched(String name);

    /** The call of an item returned. */
    protected abstract void succeeded(int index, @Nullable Object value);

    /** The calls of consecutive items returned. */
    protected void succeeded(int from, @Nullable Object[] values, int count) {
        for (int i = 0; i < count; i++) {
            succeeded(from + i, values[i]);
        }
    }

    /** The call of an item did not return. */
    protected abstract void failed(int index, CallFailure failure);

    /** The pool was terminated before all items were called. */
    protected abstract void cancelled();

    void forget() {
        unwanted = true;
    }

    boolean isUnwanted() {
        return unwanted;
    }

    final void succeed(int from, @Nullable Object[] values, int count) {
        if (!unwanted && count > 0) {
            try {
                succeeded(from, values, count);
            } catch (RuntimeException | Error e) {
                shield(e);
            }
        }
    }

    final void fail(int index, CallFailure failure) {
        if (!unwanted) {
            try {
                failed(index, failure);
            } catch (RuntimeException | Error e) {
                shield(e);
            }
        }
    }

    final void fail(int from, int to, CallFailure failure) {
        for (int i = from; i < to; i++) {
            fail(i, failure);
        }
    }

    final void cancelByEngine() {
        if (!unwanted) {
            try {
                cancelled();
            } catch (RuntimeException | Error e) {
                shield(e);
            }
        }
    }

    /** What somebody hung on the outcome must not end the thread that reads the other ones. */
    private static void shield(Throwable e) {
        Logs.of(Call.class).warn("what was to be done with the outcome of a call failed", e);
    }
}
