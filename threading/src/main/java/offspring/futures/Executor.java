package offspring.futures;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.core.function.CheckedSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls elsewhere and hands out {@link Future}s: the twin of Python's {@code concurrent.futures.Executor}, and an
 * {@link ExecutorService}, so that Java code takes it as one.
 *
 * <pre>{@code
 * try (Executor executor = new ThreadPoolExecutor(4)) {
 *     Future<Integer> sum = executor.submit(() -> add(20, 22));
 *     System.out.println(sum.result()); // 42
 * } // waits for the work
 * }</pre>
 *
 * <p><b>Engines.</b> The same interface runs calls on threads and on child JVMs; lambdas written for {@code submit} and
 * {@code map} are serializable and so can travel. What travels must be serializable itself.
 *
 * <p><b>Which methods block.</b> {@link #close()}, {@link #shutdown(boolean, boolean) shutdown(true, …)}, {@code
 * awaitTermination}, {@code invokeAll}, {@code invokeAny}, and the {@code next()} of what {@link #map} returns.
 *
 * <p><b>After shutdown</b> calls are refused with a {@link RejectedExecutionException}, as {@code ExecutorService} wants it;
 * after a breakage with its subclass {@link BrokenExecutorException}.
 *
 * <p><b>Memory effects.</b> What a thread does before it submits a call happens-before the call; what the call does
 * happens-before the future's result is returned.
 *
 * <p><b>Differences from Python.</b> {@code map} is lazy and bounded unless told otherwise, where Python's submits
 * everything at once; a failed item does not end it. {@code cancel(true)} on a future stops a running call.
 *
 * @since 0.1.0
 */
public interface Executor extends ExecutorService, AutoCloseable {

    /**
     * Has a function called.
     *
     * @param <T> the type of the result
     * @param task what to call
     * @return its result, in time
     * @throws RejectedExecutionException if the executor was shut down or is broken
     */
    <T extends @Nullable Object> Future<T> submit(CheckedSupplier<T> task);

    /**
     * Has an action done.
     *
     * @param task what to do
     * @return a future whose result is {@code null}
     * @throws RejectedExecutionException if the executor was shut down or is broken
     */
    Future<?> submit(CheckedRunnable task);

    @Override
    <T extends @Nullable Object> Future<T> submit(Callable<T> task);

    @Override
    Future<?> submit(Runnable task);

    @Override
    <T extends @Nullable Object> Future<T> submit(Runnable task, T result);

    /**
     * Calls a function for each item, items one by one and results in order, with as many items in flight as the engine
     * likes. Same as {@code map(fn, items, 1)}.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; may be endless
     * @return the results, in the order of the items
     * @throws RejectedExecutionException if the executor was shut down or is broken
     */
    default <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> map(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
        return map(fn, items, 1);
    }

    /**
     * Calls a function for each item, {@code chunksize} items per hand-over.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; may be endless: at most 16 hand-overs per worker are made ahead of the last result taken,
     *     and up to 512 while items are short
     * @param chunksize how many items go to a worker at a time, at least 1
     * @return the results, in the order of the items
     * @throws IllegalArgumentException if {@code chunksize} is less than 1
     * @throws RejectedExecutionException if the executor was shut down or is broken
     */
    <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> map(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items, int chunksize);

    /**
     * Calls a function for each item, with a bound on what is in flight and on time.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; may be endless
     * @param timeout how long the whole iteration may take, from now; {@code null} for as long as it takes
     * @param chunksize how many items go to a worker at a time, at least 1
     * @param buffersize how many items may be read ahead of the last result taken, at least 1
     * @return the results, in the order of the items
     * @throws IllegalArgumentException if {@code chunksize} or {@code buffersize} is less than 1, or the time negative
     * @throws RejectedExecutionException if the executor was shut down or is broken
     */
    <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> map(
            CheckedFunction<? super A, ? extends R> fn,
            Iterable<? extends A> items,
            @Nullable Duration timeout,
            int chunksize,
            int buffersize);

    /**
     * The same executor, whose {@code map} reports how far it is.
     *
     * @param listener who hears of it
     * @return a view of this executor
     */
    Executor withProgress(Progress listener);

    /** Takes no more calls; those accepted will be made. Does not wait: {@code shutdown(false, false)}. */
    @Override
    void shutdown();

    /**
     * Takes no more calls. May be repeated, also with other arguments.
     *
     * @param wait whether to wait until all accepted calls have ended and the workers are gone
     * @param cancelFutures whether to cancel the calls that no worker has begun
     * @throws InterruptedException if the thread is interrupted while it waits; the executor stays shut down
     */
    void shutdown(boolean wait, boolean cancelFutures) throws InterruptedException;

    /**
     * Takes no more calls and waits until those accepted have ended: what leaving Python's {@code with} does. If the thread
     * is interrupted, running calls are stopped, waiting ones cancelled, and the interrupt flag is set on return.
     */
    @Override
    void close();
}
