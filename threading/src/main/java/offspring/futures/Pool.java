package offspring.futures;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import offspring.core.function.CheckedBiFunction;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Workers that apply functions to items: the twin of Python's {@code multiprocessing.Pool}, on threads or on child JVMs.
 *
 * <pre>{@code
 * try (Pool pool = new ThreadPool(4)) {
 *     System.out.println(pool.map(x -> x * x, List.of(1, 2, 3))); // [1, 4, 9]
 *     for (var it = pool.imapUnordered(Page::fetch, addresses); it.hasNext(); ) show(it.next());
 * } // waits for the work
 * }</pre>
 *
 * <p><b>Results and failures.</b> What a task throws comes out of {@code apply}, {@code map}, {@code AsyncResult.get} and
 * {@code next()} as itself if it is unchecked, and as the cause of a {@link java.util.concurrent.CompletionException} if it
 * is checked. {@code map} runs all items in any case and then throws the failure of the first failed one; {@link
 * #mapOutcomes} gives all of them.
 *
 * <p><b>Chunks.</b> {@code map} hands items over in chunks: by Python's rule, a quarter of what each worker would get, or
 * {@code chunksize}. Every item of a chunk is run and reported for itself.
 *
 * <p><b>Life.</b> A pool is open, then closed or terminated; after that a call is an {@link IllegalStateException}, after a
 * breakage a {@link BrokenExecutorException}. {@link #terminate()} completes every pending result with a {@link
 * java.util.concurrent.CancellationException}: nothing waits for ever.
 *
 * <p><b>Timeouts, interruption.</b> As stated for the package {@link offspring.core}; an interrupted {@code apply} or {@code
 * map} leaves its tasks running.
 *
 * <p><b>Differences from Python.</b> {@code with} ends with {@code terminate()} there and with {@code close()} here, and
 * {@code close()} waits: it is Python's {@code close()} and {@code join()}. {@code imap} is lazy and bounded. Functions of
 * two arguments take the place of argument tuples.
 *
 * @since 0.1.0
 */
public interface Pool extends AutoCloseable {

    /**
     * Calls a function in a worker and waits for its result.
     *
     * @param <R> the type of the result
     * @param fn what to call
     * @return its result
     * @throws InterruptedException if the thread is interrupted; the call goes on
     */
    default <R extends @Nullable Object> R apply(CheckedSupplier<R> fn) throws InterruptedException {
        return applyAsync(fn).get();
    }

    /**
     * Calls a function in a worker and waits for its result.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @param fn what to call
     * @param argument its argument
     * @return its result
     * @throws InterruptedException if the thread is interrupted; the call goes on
     */
    default <A extends @Nullable Object, R extends @Nullable Object> R apply(CheckedFunction<A, R> fn, A argument)
            throws InterruptedException {
        return applyAsync(fn, argument).get();
    }

    /**
     * Calls a function in a worker and waits for its result.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param fn what to call
     * @param first its first argument
     * @param second its second argument
     * @return its result
     * @throws InterruptedException if the thread is interrupted; the call goes on
     */
    default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> R apply(
            CheckedBiFunction<A, B, R> fn, A first, B second) throws InterruptedException {
        return applyAsync(fn, first, second).get();
    }

    /**
     * Has a function called in a worker.
     *
     * @param <R> the type of the result
     * @param fn what to call
     * @return its result, in time
     */
    <R extends @Nullable Object> AsyncResult<R> applyAsync(CheckedSupplier<R> fn);

    /**
     * Has a function called in a worker.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @param fn what to call
     * @param argument its argument
     * @return its result, in time
     */
    default <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            CheckedFunction<A, R> fn, A argument) {
        return applyAsync(fn, argument, null, null);
    }

    /**
     * Has a function called in a worker, and then another one with its result.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @param fn what to call
     * @param argument its argument
     * @param callback called with the result before that is ready, or {@code null}
     * @param errorCallback called with what {@code fn} threw, or {@code null}
     * @return its result, in time
     */
    <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            CheckedFunction<A, R> fn,
            A argument,
            @Nullable Consumer<? super R> callback,
            @Nullable Consumer<? super Throwable> errorCallback);

    /**
     * Has a function called in a worker.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param fn what to call
     * @param first its first argument
     * @param second its second argument
     * @return its result, in time
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            CheckedBiFunction<A, B, R> fn, A first, B second);

    /**
     * Calls a function for each item and waits for all results.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read to the end first
     * @return the results, in the order of the items; not modifiable
     * @throws InterruptedException if the thread is interrupted; the calls go on
     */
    default <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items) throws InterruptedException {
        return this.<A, R>mapAsync(fn, items).get();
    }

    /**
     * Calls a function for each item, so many per hand-over, and waits for all results.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read to the end first
     * @param chunksize how many items go to a worker at a time, at least 1
     * @return the results, in the order of the items; not modifiable
     * @throws IllegalArgumentException if {@code chunksize} is less than 1
     * @throws InterruptedException if the thread is interrupted; the calls go on
     */
    default <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items, int chunksize)
            throws InterruptedException {
        return this.<A, R>mapAsync(fn, items, chunksize, null, null).get();
    }

    /**
     * Calls a function for each item and waits until all have ended, well or not.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read to the end first
     * @return how each item ended, in the order of the items; not modifiable
     * @throws InterruptedException if the thread is interrupted; the calls go on
     */
    <A extends @Nullable Object, R extends @Nullable Object> List<Outcome<R>> mapOutcomes(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items) throws InterruptedException;

    /**
     * Has a function called for each item.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read to the end first
     * @return the results in the order of the items, in time
     */
    <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<List<R>> mapAsync(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items);

    /**
     * Has a function called for each item, and then another one with all results.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read to the end first
     * @param chunksize how many items go to a worker at a time, at least 1
     * @param callback called with the results before they are ready, or {@code null}
     * @param errorCallback called with the failure of the first failed item, or {@code null}
     * @return the results in the order of the items, in time
     * @throws IllegalArgumentException if {@code chunksize} is less than 1
     */
    <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<List<R>> mapAsync(
            CheckedFunction<? super A, ? extends R> fn,
            Iterable<? extends A> items,
            int chunksize,
            @Nullable Consumer<? super List<R>> callback,
            @Nullable Consumer<? super Throwable> errorCallback);

    /**
     * Calls a function of two arguments for each pair and waits for all results.
     *
     * @param <A> the type of the first arguments
     * @param <B> the type of the second arguments
     * @param <R> the type of the results
     * @param fn what to call
     * @param pairs the arguments; read to the end first
     * @return the results, in the order of the pairs; not modifiable
     * @throws InterruptedException if the thread is interrupted; the calls go on
     */
    default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            CheckedBiFunction<? super A, ? super B, ? extends R> fn,
            Iterable<? extends Map.Entry<? extends A, ? extends B>> pairs)
            throws InterruptedException {
        return this.<A, B, R>starmapAsync(fn, pairs).get();
    }

    /**
     * Has a function of two arguments called for each pair.
     *
     * @param <A> the type of the first arguments
     * @param <B> the type of the second arguments
     * @param <R> the type of the results
     * @param fn what to call
     * @param pairs the arguments; read to the end first
     * @return the results in the order of the pairs, in time
     */
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            AsyncResult<List<R>> starmapAsync(
                    CheckedBiFunction<? super A, ? super B, ? extends R> fn,
                    Iterable<? extends Map.Entry<? extends A, ? extends B>> pairs);

    /**
     * Calls a function for each item, one item per hand-over, and gives the results in order, as they come.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read bit by bit, may be endless
     * @return the results, in the order of the items
     */
    default <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
        return imap(fn, items, 1);
    }

    /**
     * Calls a function for each item, so many per hand-over, and gives the results in order.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read bit by bit, may be endless: at most 16 hand-overs per worker ahead of the last result
     *     taken, and up to 512 while items are short
     * @param chunksize how many items go to a worker at a time, at least 1
     * @return the results, in the order of the items
     * @throws IllegalArgumentException if {@code chunksize} is less than 1
     */
    <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items, int chunksize);

    /**
     * Calls a function for each item, so many per hand-over and so many ahead, and gives the results in order.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read bit by bit, may be endless
     * @param chunksize how many items go to a worker at a time, at least 1
     * @param buffersize how many items may be read ahead of the last result taken, at least 1
     * @return the results, in the order of the items
     * @throws IllegalArgumentException if {@code chunksize} or {@code buffersize} is less than 1
     */
    <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items, int chunksize, int buffersize);

    /**
     * Calls a function for each item, one item per hand-over, and gives the results as they are ready.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read bit by bit, may be endless
     * @return the results, in no order
     */
    default <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
        return imapUnordered(fn, items, 1);
    }

    /**
     * Calls a function for each item, so many per hand-over, and gives the results as they are ready.
     *
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @param fn what to call
     * @param items the arguments; read bit by bit, may be endless: at most 16 hand-overs per worker ahead of the last result
     *     taken, and up to 512 while items are short
     * @param chunksize how many items go to a worker at a time, at least 1
     * @return the results, in no order
     * @throws IllegalArgumentException if {@code chunksize} is less than 1
     */
    <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items, int chunksize);

    /**
     * The same pool, whose {@code map}s and {@code imap}s report how far they are.
     *
     * @param listener who hears of it
     * @return a view of this pool; closing it closes the pool
     */
    Pool withProgress(Progress listener);

    /**
     * Takes no more tasks and waits until those accepted have ended and the workers are gone: Python's {@code close()} and
     * {@code join()}. If the thread is interrupted, the pool is terminated, and the interrupt flag is set on return. May
     * be repeated.
     */
    @Override
    void close();

    /**
     * Takes no more tasks and waits for some time until those accepted have ended and the workers are gone.
     *
     * @param timeout how long; zero does not wait, which is Python's {@code close()}
     * @return whether all has ended
     * @throws InterruptedException if the thread is interrupted; the pool stays closed and goes on with its work
     */
    boolean close(Duration timeout) throws InterruptedException;

    /**
     * Takes no more tasks, drops those that no worker has begun and stops the workers: a thread is interrupted, a child JVM
     * ended. Every pending result completes with a {@link java.util.concurrent.CancellationException} before this
     * returns. Does not wait for the workers. May be repeated, also after {@code close()}.
     */
    void terminate();

    /**
     * Waits until the workers are gone.
     *
     * @throws IllegalStateException if the pool is neither closed nor terminated
     * @throws InterruptedException if the thread is interrupted
     */
    void join() throws InterruptedException;

    /**
     * Waits for some time until the workers are gone.
     *
     * @param timeout how long; zero asks without waiting
     * @return whether they are
     * @throws IllegalStateException if the pool is neither closed nor terminated
     * @throws InterruptedException if the thread is interrupted
     */
    boolean join(Duration timeout) throws InterruptedException;
}
