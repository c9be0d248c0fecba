package offspring.futures;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.function.CheckedConsumer;
import offspring.core.internal.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * Waits for many {@link Future}s: the twin of the functions {@code wait} and {@code as_completed} of Python's {@code
 * concurrent.futures}.
 *
 * <pre>{@code
 * var first = Futures.await(pages, Futures.ReturnWhen.FIRST_COMPLETED, Duration.ofSeconds(5));
 * System.out.println(first.done().size() + " of " + pages.size()); // 1 of 3
 *
 * for (Future<Page> page : Futures.asCompleted(pages)) show(page.result());
 * }</pre>
 *
 * <p>A future that was cancelled is done, whether a worker knows of it or not. A future that is given twice counts once.
 *
 * <p><b>Memory effects.</b> What a call did happens-before its future is given out as done.
 *
 * @since 0.1.0
 */
public final class Futures {

    private Futures() {}

    /**
     * What to wait for.
     *
     * @since 0.1.0
     */
    public enum ReturnWhen {
        /** Until all are done. */
        ALL_COMPLETED,
        /** Until one is done, finished or cancelled. */
        FIRST_COMPLETED,
        /** Until one has failed (being cancelled is no failure), or all are done. */
        FIRST_EXCEPTION
    }

    /**
     * Which futures are done and which are not, each in the order in which they were given.
     *
     * @param <F> the type of the futures
     * @param done those that are done, more perhaps than were waited for
     * @param notDone the others
     * @since 0.1.0
     */
    public record Waited<F extends Future<?>>(Set<F> done, Set<F> notDone) {}

    /**
     * Waits until all futures are done.
     *
     * @param <F> the type of the futures
     * @param futures what to wait for; with none it returns at once
     * @return all of them as done
     * @throws InterruptedException if the thread is interrupted
     */
    public static <F extends Future<?>> Waited<F> await(Iterable<? extends F> futures) throws InterruptedException {
        return await(futures, ReturnWhen.ALL_COMPLETED);
    }

    /**
     * Waits for futures.
     *
     * @param <F> the type of the futures
     * @param futures what to wait for; with none it returns at once
     * @param returnWhen how many of them to wait for
     * @return which are done
     * @throws InterruptedException if the thread is interrupted
     */
    public static <F extends Future<?>> Waited<F> await(Iterable<? extends F> futures, ReturnWhen returnWhen)
            throws InterruptedException {
        return await(futures, returnWhen, Long.MAX_VALUE);
    }

    /**
     * Waits for futures for some time.
     *
     * @param <F> the type of the futures
     * @param futures what to wait for; with none it returns at once
     * @param returnWhen how many of them to wait for
     * @param timeout how long; zero looks without waiting
     * @return which are done when the wait or the time is over
     * @throws InterruptedException if the thread is interrupted
     */
    public static <F extends Future<?>> Waited<F> await(
            Iterable<? extends F> futures, ReturnWhen returnWhen, Duration timeout) throws InterruptedException {
        return await(futures, returnWhen, Timeouts.nanos(timeout));
    }

    private static <F extends Future<?>> Waited<F> await(
            Iterable<? extends F> futures, ReturnWhen returnWhen, long nanos) throws InterruptedException {
        Objects.requireNonNull(returnWhen, "returnWhen: null; give one of ALL_COMPLETED, FIRST_COMPLETED, …");
        Set<F> all = distinct(futures);
        if (!all.isEmpty()) {
            Count count = new Count(all.size(), returnWhen);
            try {
                for (F future : all) {
                    future.addDoneCallback(count);
                }
                count.enough.await(nanos, TimeUnit.NANOSECONDS);
            } finally {
                all.forEach(future -> future.removeDoneCallback(count));
            }
        }
        Set<F> done = new LinkedHashSet<>();
        Set<F> notDone = new LinkedHashSet<>();
        all.forEach(future -> (future.isDone() ? done : notDone).add(future));
        return new Waited<>(Collections.unmodifiableSet(done), Collections.unmodifiableSet(notDone));
    }

    /** Counts futures as they get done; the same object is a callback of each. */
    private static final class Count implements CheckedConsumer<Future<?>> {

        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch enough = new CountDownLatch(1);
        private final AtomicInteger left;
        private final ReturnWhen returnWhen;

        Count(int futures, ReturnWhen returnWhen) {
            left = new AtomicInteger(futures);
            this.returnWhen = returnWhen;
        }

        @Override
        public void acceptChecked(Future<?> future) {
            boolean last = left.decrementAndGet() == 0;
            boolean failed = future.isCompletedExceptionally() && !future.isCancelled();
            if (last
                    || returnWhen == ReturnWhen.FIRST_COMPLETED
                    || (returnWhen == ReturnWhen.FIRST_EXCEPTION && failed)) {
                enough.countDown();
            }
        }
    }

    /**
     * The futures in the order in which they get done, those that are done already first.
     *
     * @param <F> the type of the futures
     * @param futures what to wait for
     * @return what to iterate over; its {@code next()} waits. If the thread is interrupted meanwhile, the interrupt flag is
     *     set and a {@link java.util.concurrent.CompletionException} with an {@link InterruptedException} thrown; call
     *     again. Several iterations are independent
     */
    public static <F extends Future<?>> Iterable<F> asCompleted(Iterable<? extends F> futures) {
        return asCompleted(futures, Long.MAX_VALUE, null);
    }

    /**
     * The futures in the order in which they get done, for some time.
     *
     * @param <F> the type of the futures
     * @param futures what to wait for
     * @param timeout how long the whole iteration may take, from this call
     * @return what to iterate over; when the time is over, {@code next()} throws a {@link
     *     java.util.concurrent.CompletionException} with a {@link java.util.concurrent.TimeoutException} that says how
     *     many are unfinished, and the iteration ends
     */
    public static <F extends Future<?>> Iterable<F> asCompleted(Iterable<? extends F> futures, Duration timeout) {
        return asCompleted(futures, Timeouts.nanos(timeout), null);
    }

    /**
     * The futures in the order in which they get done, while a listener hears how far they are.
     *
     * @param <F> the type of the futures
     * @param futures what to wait for
     * @param listener who hears of it, as each future is given out
     * @return what to iterate over
     */
    public static <F extends Future<?>> Iterable<F> asCompleted(Iterable<? extends F> futures, Progress listener) {
        Objects.requireNonNull(listener, "listener: null; leave the argument out to hear nothing");
        return asCompleted(futures, Long.MAX_VALUE, listener);
    }

    private static <F extends Future<?>> Iterable<F> asCompleted(
            Iterable<? extends F> futures, long nanos, @Nullable Progress listener) {
        Set<F> all = distinct(futures);
        long start = System.nanoTime();
        return () -> new AsCompleted<>(all, start, nanos, listener);
    }

    private static <F extends Future<?>> Set<F> distinct(Iterable<? extends F> futures) {
        Set<F> all = new LinkedHashSet<>();
        for (F future : futures) {
            all.add(Objects.requireNonNull(future, "futures: one of them is null; leave it out"));
        }
        return all;
    }
}
