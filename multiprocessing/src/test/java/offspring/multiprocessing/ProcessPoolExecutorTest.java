package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import offspring.futures.BrokenExecutorException;
import offspring.futures.Future;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class ProcessPoolExecutorTest {

    @Test
    void shouldStartWorkersOnDemand() throws Exception {
        try (var executor = new ProcessPoolExecutor(3)) {
            assertThat(executor.workerStatistics()).isEmpty();
            for (int i = 0; i < 5; i++) {
                assertThat(value(executor.submit(() -> 6 * 7))).isEqualTo(42);
            }
            assertThat(executor.workerStatistics()).hasSize(1);
        }
    }

    @Test
    void shouldLoseOnlyTheCallThatEndsItsWorker() throws Exception {
        try (var executor = new ProcessPoolExecutor(2)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int x = i;
                futures.add(executor.submit(() -> dieOn13(x)));
            }
            for (int i = 0; i < 40; i++) {
                if (i == 13) {
                    assertThat(cause(futures.get(i))).isInstanceOf(WorkerLostException.class);
                } else {
                    assertThat(value(futures.get(i))).isEqualTo(i);
                }
            }
        }
    }

    private static int dieOn13(int x) {
        if (x == 13) {
            Runtime.getRuntime().halt(3);
        }
        return x;
    }

    @Test
    void shouldFailEverythingWhenAskedToBreakAsPythonDoes() throws Exception {
        try (var executor = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .breakOnWorkerLoss(true)
                .build()) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 13; i < 20; i++) {
                int x = i;
                futures.add(executor.submit(() -> dieOn13(x)));
            }
            for (Future<Integer> future : futures) {
                assertThat(cause(future)).isInstanceOf(BrokenExecutorException.class);
            }
            assertThatThrownBy(() -> executor.submit(() -> 1)).isInstanceOf(BrokenExecutorException.class);
        }
    }

    @Test
    void shouldStopARunningCallWhenItIsCancelled() throws Exception {
        try (var executor = new ProcessPoolExecutor(1)) {
            Future<Object> endless = executor.submit(ProcessPoolExecutorTest::loop);
            Deadlines.eventually("the call runs", endless::running);
            assertThat(endless.cancel(true)).isTrue();
            assertThat(endless.isCancelled()).isTrue();
            assertThat(value(executor.submit(() -> 1))).isEqualTo(1);
        }
    }

    private static Object loop() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldKeepToLimitsOfTimeAndHeap() throws Exception {
        try (var executor = ProcessPoolExecutor.builder()
                .maxWorkers(2)
                .taskTimeout(Duration.ofSeconds(2))
                .maxHeap("64m")
                .build()) {
            Future<Object> endless = executor.submit(ProcessPoolExecutorTest::loop);
            Future<Integer> greedy = executor.submit(() -> hog(1000));
            Future<Integer> modest = executor.submit(() -> hog(1));
            assertThat(value(modest)).isEqualTo(1);
            assertThat(cause(greedy)).isInstanceOf(OutOfMemoryError.class);
            assertThat(cause(endless)).isInstanceOfSatisfying(TaskTimeoutException.class, late -> {
                assertThat(late.endedBy()).isEqualTo(TaskTimeoutException.Step.TERMINATE);
                assertThat(late.threadDump())
                        .hasValueSatisfying(dump -> assertThat(dump).contains("loop"));
            });
            assertThat(value(executor.submit(() -> 9))).isEqualTo(9);
        }
    }

    private static int hog(int megabytes) {
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < megabytes; i++) {
            kept.add(new byte[1 << 20]);
        }
        return kept.size();
    }

    @Test
    void shouldRefuseCallsWhenItIsShutDown() throws Exception {
        var executor = new ProcessPoolExecutor(1);
        Future<Integer> before = executor.submit(() -> 1);
        executor.shutdown();
        assertThatThrownBy(() -> executor.submit(() -> 2)).isInstanceOf(RejectedExecutionException.class);
        assertThat(value(before)).isEqualTo(1);
        assertThat(executor.awaitTermination(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void shouldCancelEverythingWhenItsWorkersAreKilled() throws Exception {
        var executor = new ProcessPoolExecutor(1);
        Future<Object> running = executor.submit(ProcessPoolExecutorTest::loop);
        Future<Object> waiting = executor.submit(ProcessPoolExecutorTest::loop);
        Deadlines.eventually("the first call runs", running::running);
        executor.killWorkers();
        executor.killWorkers();
        assertThat(running.isCancelled()).isTrue();
        assertThat(waiting.isCancelled()).isTrue();
        executor.close();
    }

    private static <T> T value(Future<T> future) throws Exception {
        return future.get(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Throwable cause(Future<?> future) throws Exception {
        try {
            throw new AssertionError("returned " + value(future));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
