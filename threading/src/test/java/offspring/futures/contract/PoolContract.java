package offspring.futures.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import offspring.futures.AsyncResult;
import offspring.futures.Outcome;
import offspring.futures.Pool;
import offspring.futures.Progress;
import offspring.futures.ResultIterator;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/** What every {@link Pool} does, whatever its workers are. */
public abstract class PoolContract {

    private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();
    private static final List<Integer> SQUARES =
            NUMBERS.stream().map(x -> x * x).toList();

    /** A pool of this many workers. */
    protected abstract Pool newPool(int workers);

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_apply")
    void shouldApplyAFunction() throws Exception {
        try (Pool pool = newPool(2)) {
            assertThat(pool.apply(() -> "hello")).isEqualTo("hello");
            assertThat(pool.apply(Tasks::square, 5)).isEqualTo(25);
            assertThat(pool.apply(Tasks::multiply, 5, 7)).isEqualTo(35);
            assertThat(pool.<Object, Object>apply(x -> x, null)).isNull();
        }
    }

    @Test
    @FromCPython({
        "_test_multiprocessing._TestPool.test_map",
        "_test_multiprocessing._TestPool.test_map_chunksize",
        "_test_multiprocessing._TestPool.test_make_pool"
    })
    void shouldMapInOrderInChunksOfAnySize() throws Exception {
        try (Pool pool = newPool(3)) {
            assertThat(pool.map(Tasks::square, NUMBERS)).isEqualTo(SQUARES);
            for (int chunksize : new int[] {1, 3, 20, 1000}) {
                assertThat(pool.map(Tasks::square, NUMBERS, chunksize)).isEqualTo(SQUARES);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pool.map(Tasks::square, NUMBERS, 0))
                    .withMessageContaining("chunksize=0");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> newPool(0)).withMessageContaining("=0");
        assertThatIllegalArgumentException().isThrownBy(() -> newPool(-1)).withMessageContaining("=-1");
    }

    @Test
    void shouldMapNulls() throws Exception {
        try (Pool pool = newPool(2)) {
            assertThat(pool.<Object, Object>map(x -> x, Arrays.asList(1, null, "x")))
                    .containsExactly(1, null, "x");
        }
    }

    @Test
    @FromCPython({"_test_multiprocessing._TestPool.test_starmap", "_test_multiprocessing._TestPool.test_starmap_async"})
    void shouldMapPairs() throws Exception {
        try (Pool pool = newPool(2)) {
            List<Map.Entry<Integer, Integer>> pairs =
                    NUMBERS.stream().map(x -> Map.entry(x, 99 - x)).toList();
            List<Integer> products = NUMBERS.stream().map(x -> x * (99 - x)).toList();
            assertThat(pool.starmap(Tasks::multiply, pairs)).isEqualTo(products);
            assertThat(pool.starmapAsync(Tasks::multiply, pairs).get(Deadlines.PATIENCE))
                    .isEqualTo(products);
        }
    }

    @Test
    @FromCPython({"_test_multiprocessing._TestPool.test_async", "_test_multiprocessing._TestPool.test_map_async"})
    void shouldGiveResultsLater() throws Exception {
        try (Pool pool = newPool(2)) {
            AsyncResult<Integer> one = pool.applyAsync(Tasks::square, 7);
            AsyncResult<List<Integer>> all = pool.mapAsync(Tasks::square, NUMBERS);
            assertThat(one.get()).isEqualTo(49);
            assertThat(one.ready()).isTrue();
            assertThat(one.successful()).isTrue();
            all.await();
            assertThat(all.get(Duration.ZERO)).isEqualTo(SQUARES);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_async_timeout")
    void shouldTimeOutWaitingForAResult() throws Exception {
        Pool pool = newPool(2);
        try {
            AsyncResult<Integer> result = pool.applyAsync(Tasks::block, null);
            long start = System.nanoTime();
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> result.get(Deadlines.SHORT))
                    .withMessageContaining(Deadlines.SHORT.toString());
            Deadlines.assertTook(start, Deadlines.SHORT);
            assertThat(result.await(Duration.ZERO)).isFalse();
            assertThat(result.ready()).isFalse();
            assertThatIllegalStateException().isThrownBy(result::successful);
        } finally {
            pool.terminate();
            pool.join();
        }
    }

    @Test
    @FromCPython({
        "_test_multiprocessing._TestPool.test_map_async_callbacks",
        "_test_multiprocessing._TestPoolWorkerErrors.test_async_error_callback"
    })
    void shouldCallBackBeforeTheResultIsReady() throws Exception {
        try (Pool pool = newPool(2)) {
            var heard = new ConcurrentLinkedQueue<Object>();
            pool.mapAsync(Tasks::square, List.of(2), 1, heard::add, heard::add).await();
            assertThat(heard).containsExactly(List.of(4));
            heard.clear();
            pool.mapAsync(Tasks::failOnThree, List.of(3), 1, heard::add, heard::add)
                    .await();
            assertThat(heard).singleElement().isInstanceOf(IllegalArgumentException.class);
            heard.clear();
            pool.applyAsync(Tasks::square, 3, heard::add, heard::add).await();
            assertThat(heard).containsExactly(9);
            AsyncResult<Integer> deaf = pool.applyAsync(
                    Tasks::square,
                    4,
                    value -> {
                        throw new IllegalStateException("callback");
                    },
                    null);
            assertThat(deaf.get()).isEqualTo(16);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_wrapped_exception")
    void shouldThrowWhatATaskThrows() throws Exception {
        try (Pool pool = newPool(2)) {
            assertThatThrownBy(() -> pool.apply(Tasks::failOnThree, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("three");
            assertThatThrownBy(() -> pool.apply(Tasks::failChecked, 1))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IOException.class)
                    .cause()
                    .hasMessage("disk 1");
            assertThatThrownBy(() -> pool.map(Tasks::failWithError, List.of(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("error 1");
            AsyncResult<Integer> failed = pool.applyAsync(Tasks::failOnThree, 3);
            assertThat(failed.await(Deadlines.PATIENCE)).isTrue();
            assertThat(failed.successful()).isFalse();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_map_no_failfast")
    void shouldRunAllItemsThoughOneFails() throws Exception {
        try (Pool pool = newPool(2)) {
            for (int chunksize : new int[] {1, 2, 5}) {
                assertThatThrownBy(() -> pool.map(Tasks::failOnThree, List.of(1, 3, 5, 3, 7), chunksize))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            List<Outcome<Integer>> outcomes = pool.mapOutcomes(Tasks::failOnThree, List.of(1, 3, 5, 7));
            assertThat(outcomes).extracting(Outcome::succeeded).containsExactly(true, false, true, true);
            assertThat(outcomes).extracting(Outcome::value).containsExactly(1, null, 5, 7);
            assertThatIllegalArgumentException().isThrownBy(outcomes.get(1)::get);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_empty_iterable")
    void shouldMapNothingToNothing() throws Exception {
        try (Pool pool = newPool(1)) {
            assertThat(pool.map(Tasks::square, List.of())).isEmpty();
            assertThat(pool.mapOutcomes(Tasks::square, List.<Integer>of())).isEmpty();
            assertThat(pool.imap(Tasks::square, List.<Integer>of()).hasNext()).isFalse();
            assertThat(pool.imapUnordered(Tasks::square, List.<Integer>of()).hasNext())
                    .isFalse();
            assertThatThrownBy(pool.imap(Tasks::square, List.<Integer>of())::next)
                    .isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_map_handle_iterable_exception")
    void shouldThrowWhatTheInputThrows() {
        try (Pool pool = newPool(2)) {
            for (int failAt : new int[] {0, 4}) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> pool.map(Tasks::square, Tasks.failingInput(10, failAt)))
                        .withMessage("Somebody said when");
            }
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_imap")
    void shouldGiveResultsOneByOneInOrder() {
        try (Pool pool = newPool(2)) {
            for (int chunksize : new int[] {1, 7, 100}) {
                List<Integer> seen = new ArrayList<>();
                pool.imap(Tasks::square, NUMBERS, chunksize).forEachRemaining(seen::add);
                assertThat(seen).isEqualTo(SQUARES);
            }
            assertThatIllegalArgumentException().isThrownBy(() -> pool.imap(Tasks::square, NUMBERS, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.imap(Tasks::square, NUMBERS, 1, 0));
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_imap_unordered")
    void shouldGiveResultsOneByOneAsTheyCome() {
        try (Pool pool = newPool(2)) {
            for (int chunksize : new int[] {1, 7, 100}) {
                Set<Integer> seen = new HashSet<>();
                pool.imapUnordered(Tasks::square, NUMBERS, chunksize).forEachRemaining(seen::add);
                assertThat(seen).containsExactlyInAnyOrderElementsOf(SQUARES);
            }
        }
    }

    @Test
    @FromCPython({
        "_test_multiprocessing._TestPool.test_imap_handle_iterable_exception",
        "_test_multiprocessing._TestPool.test_imap_unordered_handle_iterable_exception"
    })
    void shouldThrowWhatTheInputThrowsAtItsPlace() {
        try (Pool pool = newPool(2)) {
            for (int chunksize : new int[] {1, 2, 4}) {
                ResultIterator<Integer> ordered = pool.imap(Tasks::square, Tasks.failingInput(20, 3), chunksize);
                assertThat(List.of(ordered.next(), ordered.next(), ordered.next()))
                        .containsExactly(0, 1, 4);
                assertThatIllegalStateException().isThrownBy(ordered::next).withMessage("Somebody said when");
                assertThat(ordered.hasNext()).isFalse();

                ResultIterator<Integer> unordered =
                        pool.imapUnordered(Tasks::square, Tasks.failingInput(20, 3), chunksize);
                List<Object> seen = new ArrayList<>();
                while (unordered.hasNext()) {
                    try {
                        seen.add(unordered.next());
                    } catch (IllegalStateException e) {
                        seen.add(e.getMessage());
                    }
                }
                assertThat(seen).containsExactlyInAnyOrder(0, 1, 4, "Somebody said when");
            }
        }
    }

    @Test
    void shouldGoOnAfterAFailedItem() {
        try (Pool pool = newPool(2)) {
            for (int chunksize : new int[] {1, 3}) {
                ResultIterator<Integer> results = pool.imap(Tasks::failOnThree, List.of(2, 3, 4, 5), chunksize);
                assertThat(results.next()).isEqualTo(2);
                assertThatIllegalArgumentException().isThrownBy(results::next).withMessage("three");
                assertThat(results.next()).isEqualTo(4);
                assertThat(results.next()).isEqualTo(5);
                assertThat(results.hasNext()).isFalse();
            }
        }
    }

    @Test
    void shouldReadNoMoreThanTheBufferHolds() {
        try (Pool pool = newPool(2)) {
            Tasks.Counting input = Tasks.endless();
            try (ResultIterator<Integer> results = pool.imap(Tasks::square, input, 2, 10)) {
                assertThat(input.read()).isEqualTo(10);
                for (int i = 0; i < 50; i++) {
                    assertThat(results.next()).isEqualTo(i * i);
                    assertThat(input.read()).isBetween(i + 1, i + 11);
                }
            }
            Tasks.Counting other = Tasks.endless();
            try (ResultIterator<Integer> results = pool.imapUnordered(Tasks::square, other)) {
                results.next();
                assertThat(other.read()).isLessThan(100);
            }
        }
    }

    @Test
    void shouldTimeOutWaitingForTheNextResultAndGoOn() throws Exception {
        Pool pool = newPool(1);
        try {
            ResultIterator<Integer> results = pool.imap(Tasks::block, Arrays.asList(1, 2));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> results.next(Deadlines.SHORT));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> results.next(Duration.ZERO));
            assertThat(results.hasNext()).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThatThrownBy(() -> results.next(Deadlines.PATIENCE)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(results.hasNext()).isTrue();
            results.close();
            assertThat(results.hasNext()).isFalse();
        } finally {
            pool.terminate();
            pool.join();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_terminate")
    void shouldCompleteEveryPendingResultWhenTerminated() throws Exception {
        Pool pool = newPool(2);
        AsyncResult<Integer> one = pool.applyAsync(Tasks::block, null);
        AsyncResult<List<Integer>> all = pool.mapAsync(Tasks::block, NUMBERS, 1, null, null);
        ResultIterator<Integer> some = pool.imap(Tasks::block, NUMBERS);
        assertThatIllegalStateException().isThrownBy(pool::join).withMessageContaining("close");
        pool.terminate();
        assertThat(one.ready()).isTrue();
        assertThatThrownBy(one::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(all::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(some::next).isInstanceOf(CancellationException.class);
        pool.terminate();
        assertThat(pool.join(Deadlines.PATIENCE)).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> pool.apply(Tasks::square, 1));
    }

    @Test
    @FromCPython({"_test_multiprocessing._TestPool.test_context", "_test_multiprocessing._TestPool.test_enter"})
    void shouldWaitForTheWorkWhenClosed() throws Exception {
        AsyncResult<List<Integer>> result;
        Pool pool = newPool(2);
        try (pool) {
            result = pool.mapAsync(Tasks::square, NUMBERS);
        }
        assertThat(result.ready()).isTrue();
        assertThat(result.get()).isEqualTo(SQUARES);
        pool.close();
        assertThat(pool.close(Duration.ZERO)).isTrue();
        pool.join();
        assertThatIllegalStateException()
                .isThrownBy(() -> pool.map(Tasks::square, NUMBERS))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> pool.map(Tasks::square, List.of()));
        assertThatIllegalStateException().isThrownBy(() -> pool.imap(Tasks::square, NUMBERS));
        assertThat(pool.toString()).contains("closed");
    }

    @Test
    void shouldTerminateWhenInterruptedInClose() {
        Pool pool = newPool(1);
        AsyncResult<Integer> result = pool.applyAsync(Tasks::block, null);
        Thread.currentThread().interrupt();
        pool.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(result::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void shouldTellHowFarItIs() throws Exception {
        try (Pool pool = newPool(2)) {
            var seen = new ConcurrentLinkedQueue<Progress.Snapshot>();
            Pool watched = pool.withProgress(seen::add);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> watched.map(Tasks::failOnThree, NUMBERS))
                    .withMessage("three");
            Progress.Snapshot last = List.copyOf(seen).get(seen.size() - 1);
            assertThat(last.done()).isEqualTo(100);
            assertThat(last.failed()).isEqualTo(1);
            assertThat(last.total()).isEqualTo(OptionalLong.of(100));
            assertThat(last.perSecond()).isPositive();
            assertThat(last.perWorker().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(100);
            seen.clear();
            watched.imap(Tasks::square, NUMBERS).forEachRemaining(result -> {});
            assertThat(seen).last().extracting(Progress.Snapshot::done).isEqualTo(100L);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_release_task_refs")
    void shouldKeepNeitherItemsNorResults() throws Exception {
        try (Pool pool = newPool(2)) {
            List<WeakReference<?>> used = new ArrayList<>();
            rememberAll(used, pool);
            Deadlines.eventually("items and results are collected", () -> {
                System.gc();
                return used.stream().allMatch(reference -> reference.get() == null);
            });
            assertThat(pool.apply(Tasks::square, 3)).isEqualTo(9);
        }
    }

    private static void rememberAll(List<WeakReference<?>> used, Pool pool) throws InterruptedException {
        List<int[]> items = IntStream.range(0, 10).mapToObj(i -> new int[] {i}).toList();
        List<int[]> results = new ArrayList<>(pool.<int[], int[]>map(x -> x, items));
        results.add(pool.<int[], int[]>apply(x -> x, items.get(0)));
        pool.<int[], int[]>imap(x -> x, items).forEachRemaining(results::add);
        for (List<int[]> all : List.of(items, results)) {
            all.forEach(one -> used.add(new WeakReference<>(one)));
        }
        assertThat(used).hasSize(31);
    }
}
