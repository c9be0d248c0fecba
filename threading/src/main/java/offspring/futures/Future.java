package offspring.futures;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import offspring.core.function.CheckedConsumer;
import offspring.core.internal.Logs;
import offspring.core.internal.Timeouts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The result of a call that runs elsewhere, which may not be there yet: the twin of Python's {@code
 * concurrent.futures.Future}, and a {@link CompletableFuture}, so that all of Java's combinators work on it.
 *
 * <pre>{@code
 * Future<Integer> answer = executor.submit(() -> slowlyComputed());
 * answer.addDoneCallback(f -> System.out.println("ready: " + f));
 * int value = answer.result(Duration.ofSeconds(5));
 * }</pre>
 *
 * <pre>
 *   pending ──a worker begins──► running ──value or failure──► finished
 *      │                            │
 *      └────────cancel()────────────┴──cancel(true)──► cancelled
 * </pre>
 *
 * <p><b>One cancelled state.</b> A future that was cancelled is done at once, for {@link Futures#await} and for everybody.
 * {@link #cancel()} succeeds as long as no worker has begun; {@code cancel(true)} also stops a call that runs: a thread is
 * interrupted, a child JVM ended. A task that itself throws a {@link java.util.concurrent.CancellationException} counts as
 * cancelled, as everywhere in {@code CompletableFuture}.
 *
 * <p><b>Failures.</b> {@link #get()} follows {@link java.util.concurrent.Future}: an {@link ExecutionException} with what
 * the task threw. {@link #result()} follows Python: an unchecked exception or error comes out as itself, a checked one as
 * the cause of a {@link java.util.concurrent.CompletionException}.
 *
 * <p><b>Timeouts, interruption.</b> As stated for the package {@link offspring.core}; a wait that is over leaves the call
 * running.
 *
 * <p><b>Memory effects.</b> What the task did happens-before a return from {@code result}, {@code get} or {@code
 * exception}, and before the callbacks.
 *
 * <p><b>Differences from Python.</b> {@code set_result} and {@code set_exception} are {@link #complete} and {@link
 * #completeExceptionally}, which return {@code false} where Python raises {@code InvalidStateError}. An error in a
 * callback never keeps the next one from being called, whatever its type.
 *
 * @param <T> the type of the result
 * @since 0.1.0
 */
public class Future<T extends @Nullable Object> extends CompletableFuture<T> {

    /*
     * STATE is pending, then running or cancelled, and never changes again; whether there is a result is known to
     * CompletableFuture alone. Worker (begin) and canceller meet in one compare-and-set: a call that was cancelled while
     * pending never runs. CALLBACKS is null, then an array that is copied at each change, then CALLED for ever; who
     * replaces an array by CALLED calls what was in it, so each callback is called once.
     */
    private static final int PENDING = 0;

    private static final int RUNNING = 1;
    private static final int CANCELLED = 2;

    private static final Object[] CALLED = {};
    private static final Logger LOG = Logs.of(Future.class);
    private static final VarHandle STATE;
    private static final VarHandle CALLBACKS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Future.class, "state", int.class);
            CALLBACKS = lookup.findVarHandle(Future.class, "callbacks", Object[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int state;
    private volatile Object @Nullable [] callbacks;

    /** Makes a pending future, for those who run calls and for tests. */
    public Future() {}

    /**
     * Cancels the call if no worker has begun it. Same as {@code cancel(false)}.
     *
     * @return whether the future is cancelled now; {@code false} if it runs or has finished
     */
    public boolean cancel() {
        return cancel(false);
    }

    /**
     * Cancels the call.
     *
     * @param mayInterruptIfRunning whether to stop it even if a worker has begun; the future is cancelled at once, the
     *     worker stops as soon as it can be made to
     * @return whether the future is cancelled now
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (STATE.compareAndSet(this, PENDING, CANCELLED)) {
            return super.cancel(false);
        }
        if (isDone() || !mayInterruptIfRunning || state != RUNNING) {
            return isCancelled();
        }
        boolean cancelled = super.cancel(true);
        if (cancelled) {
            stop();
        }
        return cancelled;
    }

    /**
     * Whether the call was cancelled.
     *
     * @return what {@link #isCancelled()} returns
     */
    public boolean cancelled() {
        return isCancelled();
    }

    /**
     * Whether a worker has begun the call and not ended it.
     *
     * @return whether it runs
     */
    public boolean running() {
        return state == RUNNING && !isDone();
    }

    /**
     * Whether the call has finished or was cancelled.
     *
     * @return what {@link #isDone()} returns
     */
    public boolean done() {
        return isDone();
    }

    /**
     * Waits for the result.
     *
     * @return the result
     * @throws java.util.concurrent.CancellationException if the call was cancelled
     * @throws java.util.concurrent.CompletionException with what the call threw, if that is checked; what is unchecked
     *     is thrown as it is
     * @throws InterruptedException if the thread is interrupted
     */
    public T result() throws InterruptedException {
        try {
            return get();
        } catch (ExecutionException e) {
            throw Outcome.rethrow(failure(e));
        }
    }

    /**
     * Waits for the result for some time.
     *
     * @param timeout how long; zero asks without waiting
     * @return the result
     * @throws TimeoutException if it is not there in time; the call goes on
     * @throws java.util.concurrent.CancellationException if the call was cancelled
     * @throws java.util.concurrent.CompletionException with what the call threw, if that is checked; what is unchecked
     *     is thrown as it is
     * @throws InterruptedException if the thread is interrupted
     */
    public T result(Duration timeout) throws InterruptedException, TimeoutException {
        try {
            return get(timeout);
        } catch (ExecutionException e) {
            throw Outcome.rethrow(failure(e));
        }
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        if (!isDone()) {
            assist(Long.MAX_VALUE);
        }
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long nanos = unit.toNanos(timeout);
        if (!isDone() && nanos > 0) {
            long start = System.nanoTime();
            assist(nanos);
            return super.get(Math.max(0, nanos - (System.nanoTime() - start)), TimeUnit.NANOSECONDS);
        }
        return super.get(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Does something useful that may complete this future, on a thread that is about to wait for it. Returns soon.
     *
     * @param nanos how long the thread has
     */
    protected void assist(long nanos) {}

    /**
     * Waits for the result for some time, as {@link #get(long, TimeUnit)} does.
     *
     * @param timeout how long; zero asks without waiting
     * @return the result
     * @throws ExecutionException with what the call threw
     * @throws TimeoutException if it is not there in time; the call goes on
     * @throws InterruptedException if the thread is interrupted
     */
    public T get(Duration timeout) throws InterruptedException, ExecutionException, TimeoutException {
        long nanos = Timeouts.nanos(timeout);
        try {
            return get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException("no result within " + timeout + " of " + this);
        }
    }

    /**
     * Waits for the end of the call and says how it failed.
     *
     * @return what the call threw, the same object each time, or {@code null} if it has a result
     * @throws java.util.concurrent.CancellationException if the call was cancelled
     * @throws InterruptedException if the thread is interrupted
     */
    public @Nullable Throwable exception() throws InterruptedException {
        try {
            get();
            return null;
        } catch (ExecutionException e) {
            return failure(e);
        }
    }

    /**
     * Waits for the end of the call for some time and says how it failed.
     *
     * @param timeout how long; zero asks without waiting
     * @return what the call threw, or {@code null} if it has a result
     * @throws TimeoutException if the call has not ended in time
     * @throws java.util.concurrent.CancellationException if the call was cancelled
     * @throws InterruptedException if the thread is interrupted
     */
    public @Nullable Throwable exception(Duration timeout) throws InterruptedException, TimeoutException {
        try {
            get(timeout);
            return null;
        } catch (ExecutionException e) {
            return failure(e);
        }
    }

    /** The object that was thrown; {@code get()} unwraps a {@code CompletionException}, even one of the task's own. */
    private Throwable failure(ExecutionException wrapper) {
        Throwable thrown =
                this.<@Nullable Throwable>handle((value, failure) -> failure).join();
        return thrown != null ? thrown : wrapper;
    }

    /**
     * Has a function called when the call has finished or was cancelled: in the thread that finishes or cancels it, or here
     * and now if it is done already. Callbacks are called in the order in which they were added. What one throws is
     * logged as an error and touches neither the result nor the next callback. A callback may block, but the worker that
     * calls it does nothing else meanwhile.
     *
     * @param callback what to call, with this future
     */
    @SuppressWarnings("FutureReturnValueIgnored") // callAll() throws nothing
    public void addDoneCallback(CheckedConsumer<? super Future<T>> callback) {
        Objects.requireNonNull(callback, "callback: null; give what to call when the future is done");
        while (true) {
            Object[] before = callbacks;
            if (before == CALLED) {
                call(callback);
                return;
            }
            Object[] after = before == null ? new Object[1] : Arrays.copyOf(before, before.length + 1);
            after[after.length - 1] = callback;
            if (CALLBACKS.compareAndSet(this, before, after)) {
                if (before == null) {
                    whenComplete((value, failure) -> callAll());
                }
                return;
            }
        }
    }

    /** Takes out a callback that is not wanted any more; nothing happens if it was called. */
    final void removeDoneCallback(Object callback) {
        while (true) {
            Object[] before = callbacks;
            if (before == null || before == CALLED) {
                return;
            }
            Object[] after = Arrays.stream(before).filter(c -> c != callback).toArray();
            if (CALLBACKS.compareAndSet(this, before, after)) {
                return;
            }
        }
    }

    @SuppressWarnings("unchecked") // only addDoneCallback puts anything there
    private void callAll() {
        Object[] waiting = (Object[]) CALLBACKS.getAndSet(this, CALLED);
        for (Object callback : waiting) {
            call((CheckedConsumer<? super Future<T>>) callback);
        }
    }

    private void call(CheckedConsumer<? super Future<T>> callback) {
        try {
            callback.acceptChecked(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("a done callback of {} was interrupted", this, e);
        } catch (Throwable failure) {
            LOG.error("a done callback of {} failed", this, failure);
        }
    }

    /**
     * Turns a pending future into a running one: Python's {@code set_running_or_notify_cancel}.
     *
     * @return {@code false} if it was cancelled, completed or begun before, and the call must not be made
     */
    protected final boolean begin() {
        return STATE.compareAndSet(this, PENDING, RUNNING) && !isDone();
    }

    /** Stops the running call. Called once, when {@code cancel(true)} has cancelled a running future. */
    protected void stop() {}

    /** Like Python's: {@code <Future at 0x1b2c state=finished returned Integer>}. */
    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + " at 0x" + Integer.toHexString(System.identityHashCode(this))
                + " state=" + describe() + ">";
    }

    private String describe() {
        if (!isDone()) {
            return state == RUNNING ? "running" : "pending";
        }
        if (isCancelled()) {
            return "cancelled";
        }
        return this.<String>handle((value, failure) -> failure != null
                        ? "finished raised " + failure.getClass().getSimpleName()
                        : "finished returned "
                                + (value == null ? "null" : value.getClass().getSimpleName()))
                .join();
    }
}
