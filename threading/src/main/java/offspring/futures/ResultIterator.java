package offspring.futures;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Results that arrive one by one: what {@link Pool#imap}, {@link Pool#imapUnordered} and {@link Executor#map} return, the
 * twin of Python's {@code IMapIterator}.
 *
 * <pre>{@code
 * try (var pages = pool.imap(Page::fetch, endlessAddresses)) {
 *     while (enough > 0 && pages.hasNext()) enough -= keep(pages.next());
 * } // what was not begun is not done any more
 * }</pre>
 *
 * <p><b>Lazy and bounded.</b> Items are read from the input by the thread that asks for results, and never more than
 * {@code buffersize} are read ahead of the last result taken; so the input may be endless, and unread results stay few.
 *
 * <p><b>Failures.</b> A failed item is thrown by {@code next()} at its place, and the iterator goes on with the next item,
 * whatever the chunk size. An input that throws ends the results at that place with what it threw.
 *
 * <p><b>One thread at a time</b> may use an iterator.
 *
 * <p><b>Interruption.</b> {@link #next()} and {@link #hasNext()} are Java's and declare no exception: an interrupt while
 * {@code next()} waits leaves the interrupt flag set and throws a {@link java.util.concurrent.CompletionException} whose
 * cause is an {@link InterruptedException}. No result is lost; call again. {@link #next(Duration)} throws the plain one.
 *
 * @param <T> the type of the results
 * @since 0.1.0
 */
public interface ResultIterator<T extends @Nullable Object> extends Iterator<T>, AutoCloseable {

    /**
     * Whether there is one more result, now or later. May read from the input, but does not wait for a result.
     */
    @Override
    boolean hasNext();

    /**
     * Waits for the next result.
     *
     * @return the result
     * @throws NoSuchElementException if there is none
     * @throws java.util.concurrent.CompletionException with what the task threw, if that is checked (what is unchecked is
     *     thrown as it is); with an {@link InterruptedException}, if the thread is interrupted; with a {@link
     *     TimeoutException}, if the whole call had a time limit and that is over, which also ends the iterator
     */
    @Override
    T next();

    /**
     * Waits for the next result for some time.
     *
     * @param timeout how long; zero asks without waiting
     * @return the result
     * @throws NoSuchElementException if there is none
     * @throws TimeoutException if it is not there in time; call again to wait for it longer
     * @throws InterruptedException if the thread is interrupted; the result is not lost
     */
    T next(Duration timeout) throws InterruptedException, TimeoutException;

    /** Ends the iteration: what no worker has begun is not done, what runs is not waited for. May be repeated. */
    @Override
    void close();
}
