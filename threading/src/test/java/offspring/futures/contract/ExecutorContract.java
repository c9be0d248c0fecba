package offspring.futures.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import offspring.core.function.CheckedSupplier;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.futures.Futures;
import offspring.futures.Futures.ReturnWhen;
import offspring.futures.Futures.Waited;
import offspring.futures.ResultIterator;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/** What every {@link Executor} does, whatever its workers are. */
public abstract class ExecutorContract {

    private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();
    private static final List<Integer> SQUARES =
            NUMBERS.stream().map(x -> x * x).toList();

    /** An executor of this many workers. */
    protected abstract Executor newExecutor(int workers);

    @Test
    @FromCPython("executor.ExecutorTest.test_submit")
    void shouldRunWhatIsSubmitted() throws Exception {
        try (Executor executor = newExecutor(2)) {
            assertThat(executor.submit(() -> Tasks.square(5)).result()).isEqualTo(25);
            assertThat(executor.submit(() -> Tasks.square(6)).get()).isEqualTo(36);
            assertThat(executor.submit(() -> {}).get(1, TimeUnit.MINUTES)).isNull();
            assertThat(executor.submit((CheckedSupplier<Object>) () -> null).result(Deadlines.PATIENCE))
                    .isNull();
        }
    }

    @Test
    void shouldThrowWhatACallThrows() throws Exception {
        try (Executor executor = newExecutor(2)) {
            Future<Integer> unchecked = executor.submit(() -> Tasks.failOnThree(3));
            assertThatIllegalArgumentException().isThrownBy(unchecked::result).withMessage("three");
            assertThatThrownBy(unchecked::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            assertThat(unchecked.exception()).isSameAs(unchecked.exception());
            Future<Integer> checked = executor.submit(() -> Tasks.failChecked(1));
            assertThatThrownBy(checked::result)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .hasMessage("disk 1");
        }
    }

    @Test
    @FromCPython({"executor.ExecutorTest.test_map", "test_process_pool.ProcessPoolExecutorTest.test_map_chunksize"})
    void shouldMapInOrder() {
        try (Executor executor = newExecutor(2)) {
            for (int chunksize : new int[] {1, 7, 200}) {
                assertThat(listOf(executor.map(Tasks::square, NUMBERS, chunksize)))
                        .isEqualTo(SQUARES);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor.map(Tasks::square, NUMBERS, -1))
                    .withMessageContaining("chunksize=-1");
        }
    }

    @Test
    @FromCPython("executor.ExecutorTest.test_map_exception")
    void shouldThrowAFailureAtItsPlace() {
        try (Executor executor = newExecutor(2)) {
            ResultIterator<Integer> results = executor.map(Tasks::failOnThree, List.of(1, 2, 3, 4));
            assertThat(results.next()).isEqualTo(1);
            assertThat(results.next()).isEqualTo(2);
            assertThatIllegalArgumentException().isThrownBy(results::next);
            assertThat(results.next()).isEqualTo(4);
        }
    }

    @Test
    @FromCPython("executor.ExecutorTest.test_map_timeout")
    void shouldEndAMapWhoseTimeIsOver() throws Exception {
        Executor executor = newExecutor(2);
        try {
            ResultIterator<Integer> results = executor.map(Tasks::block, Arrays.asList(1, 2), Deadlines.SHORT, 1, 10);
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(results.hasNext()).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor.map(Tasks::block, NUMBERS, Duration.ofNanos(-1), 1, 1));
        } finally {
            executor.shutdownNow();
            executor.shutdown(true, false);
        }
    }

    @Test
    @FromCPython({
        "executor.ExecutorTest.test_map_buffersize_value_validation",
        "executor.ExecutorTest.test_map_buffersize",
        "executor.ExecutorTest.test_map_buffersize_on_infinite_iterable",
        "executor.ExecutorTest.test_map_buffersize_on_empty_iterable",
        "executor.ExecutorTest.test_map_buffersize_when_buffer_is_full"
    })
    void shouldReadNoMoreThanTheBufferHolds() {
        try (Executor executor = newExecutor(2)) {
            for (int wrong : new int[] {0, -1}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> executor.map(Tasks::square, NUMBERS, null, 1, wrong))
                        .withMessageContaining("buffersize=" + wrong);
            }
            for (int buffersize : new int[] {1, 2, 4, 8, 200}) {
                assertThat(listOf(executor.map(Tasks::square, NUMBERS, null, 1, buffersize)))
                        .isEqualTo(SQUARES);
                assertThat(executor.map(Tasks::square, List.<Integer>of(), null, 1, buffersize)
                                .hasNext())
                        .isFalse();
                Tasks.Counting input = Tasks.endless();
                try (var results = executor.map(Tasks::square, input, null, 1, buffersize)) {
                    assertThat(input.read()).isEqualTo(buffersize);
                    assertThat(results.next()).isZero();
                    assertThat(results.next()).isOne();
                    assertThat(results.next()).isEqualTo(4);
                }
            }
        }
    }

    @Test
    @FromCPython("executor.ExecutorTest.test_shutdown_race_issue12456")
    void shouldShutDownRightAfterAMap() throws Exception {
        Executor executor = newExecutor(5);
        executor.map(Tasks::square, List.of(1, 2, 3, 4, 5));
        executor.shutdown(true, false);
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    @FromCPython("executor.ExecutorTest.test_max_workers_negative")
    void shouldRefuseToHaveNoWorkers() {
        for (int number : new int[] {0, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> newExecutor(number))
                    .withMessageContaining("=" + number);
        }
    }

    @Test
    @FromCPython("test_shutdown.ExecutorShutdownTest.test_run_after_shutdown")
    void shouldRefuseCallsAfterShutdown() throws Exception {
        Executor executor = newExecutor(1);
        executor.shutdown();
        assertThat(executor.isShutdown()).isTrue();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.submit(() -> 1));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> executor.map(Tasks::square, NUMBERS));
        executor.shutdown(true, true);
        executor.close();
        assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @FromCPython({
        "test_shutdown.ExecutorShutdownTest.test_hang_issue12364",
        "test_shutdown.ThreadPoolShutdownTest.test_context_manager_shutdown"
    })
    void shouldFinishTheWorkAfterShutdown() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>();
        try (Executor executor = newExecutor(5)) {
            for (int x : NUMBERS) {
                futures.add(executor.submit(() -> Tasks.square(x)));
            }
        }
        for (int x : NUMBERS) {
            assertThat(futures.get(x).result(Duration.ZERO)).isEqualTo(x * x);
        }
    }

    @Test
    @FromCPython({
        "test_shutdown.ExecutorShutdownTest.test_cancel_futures",
        "test_shutdown.ThreadPoolShutdownTest.test_cancel_futures_wait_false"
    })
    void shouldCancelWhatHasNotBegun() throws Exception {
        Executor executor = newExecutor(2);
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            futures.add(executor.submit(() -> Tasks.block(null)));
        }
        Deadlines.eventually(
                "two run", () -> futures.stream().filter(Future::running).count() == 2);
        executor.shutdown(false, true);
        assertThat(futures).filteredOn(Future::cancelled).hasSize(48).allMatch(Future::done);
        assertThat(executor.isTerminated()).isFalse();
        assertThatThrownBy(futures.get(49)::result).isInstanceOf(CancellationException.class);
        futures.stream()
                .filter(Future::running)
                .forEach(future -> assertThat(future.cancel(true)).isTrue());
        assertThat(executor.awaitTermination(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .isTrue();
    }

    @Test
    @FromCPython("test_shutdown.ExecutorShutdownTest.test_hang_gh94440")
    void shouldShutDownRightAfterACallWasCancelled() throws Exception {
        for (int round = 0; round < 10; round++) {
            Executor executor = newExecutor(1);
            executor.submit(() -> Tasks.square(1)).result();
            executor.submit(() -> Tasks.square(2)).cancel();
            executor.shutdown(false, false);
            assertThat(executor.awaitTermination(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                    .isTrue();
        }
    }

    @Test
    void shouldStopARunningCallAndGoOn() throws Exception {
        try (Executor executor = newExecutor(1)) {
            Future<Integer> endless = executor.submit(() -> Tasks.block(null));
            Future<Integer> waiting = executor.submit(() -> Tasks.square(2));
            Future<Integer> last = executor.submit(() -> Tasks.square(3));
            Deadlines.eventually("it runs", endless::running);
            assertThat(endless.cancel()).isFalse();
            assertThat(waiting.cancel()).isTrue();
            assertThat(endless.cancel(true)).isTrue();
            assertThat(endless.cancelled()).isTrue();
            assertThat(last.result(Deadlines.PATIENCE)).isEqualTo(9);
        }
    }

    @Test
    @FromCPython({
        "test_wait.WaitTests.test_first_completed",
        "test_wait.WaitTests.test_first_exception",
        "test_wait.WaitTests.test_all_completed",
        "test_wait.WaitTests.test_timeout",
        "test_wait.WaitTests.test_20369"
    })
    void shouldWaitForItsFutures() throws Exception {
        Executor executor = newExecutor(2);
        try {
            Future<Integer> blocked = executor.submit(() -> Tasks.block(null));
            Future<Integer> quick = executor.submit(() -> Tasks.square(2));
            Waited<Future<Integer>> first = Futures.await(List.of(blocked, quick, quick), ReturnWhen.FIRST_COMPLETED);
            assertThat(first.done()).containsExactly(quick);
            assertThat(first.notDone()).containsExactly(blocked);
            Future<Integer> failed = executor.submit(() -> Tasks.failOnThree(3));
            assertThat(Futures.await(List.of(blocked, failed), ReturnWhen.FIRST_EXCEPTION)
                            .done())
                    .containsExactly(failed);
            assertThat(Futures.await(List.of(quick, failed)).notDone()).isEmpty();
            assertThat(Futures.await(List.of(quick, blocked), ReturnWhen.ALL_COMPLETED, Deadlines.SHORT)
                            .notDone())
                    .containsExactly(blocked);
        } finally {
            executor.shutdownNow();
            executor.close();
        }
    }

    @Test
    void shouldGiveOutFuturesAsTheyComplete() throws Exception {
        try (Executor executor = newExecutor(3)) {
            List<Future<Integer>> futures = NUMBERS.stream()
                    .map(x -> executor.submit(() -> Tasks.square(x)))
                    .toList();
            List<Integer> seen = new ArrayList<>();
            for (Future<Integer> future : Futures.asCompleted(futures)) {
                assertThat(future.done()).isTrue();
                seen.add(future.result());
            }
            assertThat(seen).containsExactlyInAnyOrderElementsOf(SQUARES);
        }
    }

    @Test
    void shouldInvokeAllAndAny() throws Exception {
        try (Executor executor = newExecutor(2)) {
            List<Callable<Integer>> tasks =
                    List.of((CheckedSupplier<Integer>) () -> Tasks.square(2), (CheckedSupplier<Integer>)
                            () -> Tasks.failOnThree(3));
            var all = executor.invokeAll(tasks);
            assertThat(all).allMatch(java.util.concurrent.Future::isDone);
            assertThat(all.get(0).get()).isEqualTo(4);
            assertThat(executor.invokeAny(tasks)).isEqualTo(4);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> executor.invokeAny(tasks.subList(1, 2)));
            List<Callable<Integer>> endless = List.of((CheckedSupplier<Integer>) () -> Tasks.block(null));
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> executor.invokeAny(endless, 20, TimeUnit.MILLISECONDS));
            assertThat(executor.invokeAll(endless, 20, TimeUnit.MILLISECONDS))
                    .allMatch(java.util.concurrent.Future::isCancelled);
        }
    }

    @Test
    void shouldCancelAllAtShutdownNow() throws Exception {
        Executor executor = newExecutor(1);
        Future<Integer> running = executor.submit(() -> Tasks.block(null));
        Deadlines.eventually("it runs", running::running);
        Future<Integer> waiting = executor.submit(() -> Tasks.square(1));
        assertThat(executor.shutdownNow()).hasSize(1);
        assertThat(running.cancelled()).isTrue();
        assertThat(waiting.cancelled()).isTrue();
        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private static <T> List<T> listOf(ResultIterator<T> results) {
        List<T> list = new ArrayList<>();
        results.forEachRemaining(list::add);
        return list;
    }
}
