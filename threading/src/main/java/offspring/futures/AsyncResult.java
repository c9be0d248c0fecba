package offspring.futures;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of a pool's {@code …Async} method: the twin of Python's {@code multiprocessing.pool.AsyncResult}.
 *
 * <pre>{@code
 * AsyncResult<List<Page>> pages = pool.mapAsync(Page::fetch, addresses);
 * while (!pages.await(Duration.ofSeconds(1))) spinner.turn();
 * show(pages.get());
 * }</pre>
 *
 * <p>Callbacks given to the method run before the result is ready, in the worker's or the pool's own thread; what they
 * throw is logged.
 *
 * <p><b>Timeouts, interruption.</b> As stated for the package {@link offspring.core}; the work goes on. <b>Memory
 * effects.</b> What the tasks did happens-before a return from {@code get} and a {@code true} from {@code await} and
 * {@code ready}.
 *
 * @param <T> the type of the result
 * @since 0.1.0
 */
public interface AsyncResult<T extends @Nullable Object> {

    /**
     * Waits for the result.
     *
     * @return the result
     * @throws java.util.concurrent.CancellationException if the pool was terminated first
     * @throws java.util.concurrent.CompletionException with what a task threw, if that is checked; what is unchecked is
     *     thrown as it is
     * @throws InterruptedException if the thread is interrupted
     */
    T get() throws InterruptedException;

    /**
     * Waits for the result for some time.
     *
     * @param timeout how long; zero asks without waiting
     * @return the result
     * @throws TimeoutException if it is not there in time
     * @throws java.util.concurrent.CancellationException if the pool was terminated first
     * @throws java.util.concurrent.CompletionException with what a task threw, if that is checked; what is unchecked is
     *     thrown as it is
     * @throws InterruptedException if the thread is interrupted
     */
    T get(Duration timeout) throws InterruptedException, TimeoutException;

    /**
     * Waits until the work has ended, well or not: Python's {@code wait()}.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void await() throws InterruptedException;

    /**
     * Waits for some time until the work has ended.
     *
     * @param timeout how long; zero asks without waiting
     * @return whether it has
     * @throws InterruptedException if the thread is interrupted
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Whether the work has ended.
     *
     * @return {@code true} if {@code get} would not wait
     */
    boolean ready();

    /**
     * Whether the work has ended without an exception.
     *
     * @return {@code true} if {@code get} would return
     * @throws IllegalStateException if it has not ended yet
     */
    boolean successful();

    /**
     * The same result as a future, for code that combines futures. Cancelling it cancels what no worker has begun.
     *
     * @return always the same future
     */
    Future<T> toFuture();
}
