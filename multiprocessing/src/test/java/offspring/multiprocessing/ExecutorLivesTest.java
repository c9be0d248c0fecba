package offspring.multiprocessing;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import offspring.futures.BrokenExecutorException;
import offspring.futures.Future;
import offspring.futures.contract.Tasks;
import offspring.multiprocessing.storm.Remains;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of CPython's suite about the workers of an executor of processes: how many there are, how they are replaced, how they end. */
@Timeout(60)
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class ExecutorLivesTest {

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    // ---- how many

    @Test
    @FromCPython({
        "test_process_pool.ProcessPoolExecutorTest.test_saturation",
        "test_shutdown.ProcessPoolShutdownTest.test_processes_terminate"
    })
    void shouldHaveAsManyWorkersAsItMayAndNoMore() throws Exception {
        var executor = new ProcessPoolExecutor(3);
        try (var permits = new Semaphore(0)) {
            for (int i = 0; i < 15 * 3; i++) {
                executor.submit(() -> permits.acquire());
            }
            Deadlines.eventually(
                    "three are there", () -> executor.workerStatistics().size() == 3);
            permits.release(15 * 3);
            executor.shutdown(true, false);
        }
        assertThat(executor.workerStatistics()).isEmpty();
        assertThat(Remains.children()).isEmpty();
    }

    @Test
    @FromCPython("test_process_pool.ProcessPoolExecutorTest.test_idle_process_reuse_one")
    void shouldUseItsIdleWorkerAgain() throws Exception {
        try (var executor = new ProcessPoolExecutor(4)) {
            for (int i = 0; i < 3; i++) {
                assertThat(executor.submit(() -> Tasks.multiply(21, 2)).result())
                        .isEqualTo(42);
            }
            assertThat(executor.workerStatistics()).hasSize(1);
        }
    }

    @Test
    @FromCPython("test_process_pool.ProcessPoolExecutorTest.test_idle_process_reuse_multiple")
    void shouldStartNoMoreWorkersThanThereAreCallsAtATime() throws Exception {
        try (var executor = new ProcessPoolExecutor(5)) {
            for (int i = 0; i < 3; i++) {
                Future<Integer> unwatched = executor.submit(() -> Tasks.multiply(33, 25));
                assertThat(executor.submit(() -> Tasks.multiply(1, 2)).result()).isEqualTo(2);
                assertThat(unwatched.result()).isEqualTo(825);
            }
            assertThat(executor.workerStatistics()).hasSizeLessThanOrEqualTo(3);
        }
    }

    // ---- one after the other

    @Test
    @FromCPython("test_process_pool.ProcessPoolExecutorTest.test_max_tasks_per_child")
    void shouldReplaceAWorkerAfterItsCalls() throws Exception {
        try (var executor =
                ProcessPoolExecutor.builder().maxWorkers(1).maxTasksPerChild(3).build()) {
            List<Long> pids = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                pids.add(executor.submit(() -> pid()).result(PATIENCE));
            }
            assertThat(pids.subList(0, 3)).containsOnly(pids.get(0));
            assertThat(pids.get(3)).isNotEqualTo(pids.get(0));
            Deadlines.eventually(
                    "the one before has gone", () -> executor.workerStatistics().size() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @FromCPython("test_process_pool.ProcessPoolExecutorTest.test_max_tasks_early_shutdown")
    void shouldDoAllThoughItIsShutDownAndItsWorkersServeOneCallEach(boolean wait) throws Exception {
        var executor =
                ProcessPoolExecutor.builder().maxWorkers(3).maxTasksPerChild(1).build();
        List<Future<Integer>> futures = IntStream.range(0, 6)
                .mapToObj(i -> executor.submit(() -> Tasks.square(i)))
                .toList();
        executor.shutdown(wait, false);
        for (int i = 0; i < 6; i++) {
            assertThat(futures.get(i).result(wait ? Duration.ZERO : PATIENCE)).isEqualTo(i * i);
        }
        assertThat(executor.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .isTrue();
    }

    @Test
    void shouldDoAllThoughItIsForgottenAndItsWorkersServeOneCallEach() throws Exception {
        List<Future<Integer>> futures = squares(
                ProcessPoolExecutor.builder().maxWorkers(2).maxTasksPerChild(1).build(), 4);
        Deadlines.eventually("the workers end", () -> {
            System.gc();
            return futures.stream().allMatch(Future::done) && Remains.children().isEmpty();
        });
        checkSquares(futures);
    }

    /** The java command removes itself when it is run for the first time. */
    @Test
    void shouldFailWhatWaitsWhenNoWorkerCanBeStartedAnyMore(@TempDir Path folder) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path once = Files.writeString(folder.resolve("java"), "#!/bin/sh\nrm \"$0\"\nexec '" + java + "' \"$@\"\n");
        assertThat(once.toFile().setExecutable(true)).isTrue();
        try (var executor = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .maxTasksPerChild(1)
                .options(ProcessOptions.builder().java(once).build())
                .build()) {
            Future<Integer> first = executor.submit(() -> Tasks.square(2));
            Future<Integer> second = executor.submit(() -> Tasks.square(3));
            Future<Integer> third = executor.submit(() -> Tasks.square(4));
            assertThat(first.result(PATIENCE)).isEqualTo(4);
            for (Future<Integer> future : List.of(second, third)) {
                assertThatThrownBy(() -> future.result(PATIENCE))
                        .isInstanceOf(BrokenExecutorException.class)
                        .hasMessageContaining(once.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    @FromCPython({
        "test_shutdown.ProcessPoolShutdownTest.test_shutdown_gh_132969_case_1",
        "test_shutdown.ProcessPoolShutdownTest.test_shutdown_gh_132969_case_2"
    })
    void shouldEndThoughACallFailedAndItsWorkersServeOneCallEach(int workers) throws Exception {
        var executor = ProcessPoolExecutor.builder()
                .maxWorkers(workers)
                .maxTasksPerChild(1)
                .build();
        Future<Integer> good = executor.submit(() -> Tasks.square(1));
        Future<Integer> bad = executor.submit(() -> Tasks.failOnThree(3));
        Future<Integer> other = executor.submit(() -> Tasks.square(2));
        assertThat(good.result(PATIENCE)).isEqualTo(1);
        assertThatThrownBy(() -> bad.result(PATIENCE)).hasMessage("three");
        executor.shutdown(false, false);
        assertThat(executor.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .isTrue();
        assertThat(other.result(Duration.ZERO)).isEqualTo(4);
    }

    // ---- the end

    @Test
    @FromCPython("test_shutdown.ProcessPoolShutdownTest.test_context_manager_shutdown")
    void shouldHaveNoWorkersWhenClosed() {
        List<Integer> results = new ArrayList<>();
        var executor = new ProcessPoolExecutor(5);
        try (executor) {
            executor.map(Tasks::square, List.of(-2, -1, 0, 1, 2)).forEachRemaining(results::add);
        }
        assertThat(results).containsExactly(4, 1, 0, 1, 4);
        assertThat(Remains.children()).isEmpty();
    }

    @Test
    @FromCPython("test_shutdown.ProcessPoolShutdownTest.test_shutdown_no_wait")
    void shouldEndItsWorkersWithoutAWait() throws Exception {
        var executor = new ProcessPoolExecutor(3);
        List<Future<Integer>> futures = squares(executor, 10);
        executor.shutdown(false, false);
        Deadlines.eventually("the workers end", () -> Remains.children().isEmpty());
        checkSquares(futures);
    }

    @Test
    @FromCPython("test_shutdown.ProcessPoolShutdownTest.test_del_shutdown")
    void shouldDoItsWorkAndEndItsWorkersWhenForgotten() throws Exception {
        List<Future<Integer>> futures = squares(new ProcessPoolExecutor(3), 10);
        Deadlines.eventually("the workers end", () -> {
            System.gc();
            return Remains.children().isEmpty();
        });
        checkSquares(futures);
    }

    private static List<Future<Integer>> squares(ProcessPoolExecutor executor, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> executor.submit(() -> Tasks.square(i)))
                .toList();
    }

    private static void checkSquares(List<Future<Integer>> futures) throws Exception {
        for (int i = 0; i < futures.size(); i++) {
            assertThat(futures.get(i).result(Duration.ZERO)).isEqualTo(i * i);
        }
    }

    // ---- the end by force

    @Test
    @FromCPython("test_process_pool.ProcessPoolExecutorTest.test_killed_child")
    void shouldBreakWhenAWorkerIsKilledAndItWasAskedToBreak() throws Exception {
        try (var executor = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .breakOnWorkerLoss(true)
                .build()) {
            Future<Integer> running = executor.submit(() -> Tasks.block(null));
            Deadlines.eventually("it runs", running::running);
            long pid = executor.workerStatistics().get(0).pid();
            assertThat(ProcessHandle.of(pid).orElseThrow().destroy()).isTrue();
            assertThatThrownBy(() -> running.result(PATIENCE))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasCauseInstanceOf(WorkerLostException.class);
            assertThatExceptionOfType(BrokenExecutorException.class)
                    .isThrownBy(() -> executor.submit(() -> Tasks.square(2)));
        }
    }

    /** The ways to end the workers at once; only a worker that is asked to end runs its shutdown hooks. */
    enum Force {
        TERMINATE(ProcessPoolExecutor::terminateWorkers),
        KILL(ProcessPoolExecutor::killWorkers);

        private final Consumer<ProcessPoolExecutor> way;

        Force(Consumer<ProcessPoolExecutor> way) {
            this.way = way;
        }

        void on(ProcessPoolExecutor executor) {
            way.accept(executor);
        }
    }

    @ParameterizedTest
    @EnumSource
    @FromCPython({
        "test_process_pool.ProcessPoolExecutorTest.test_terminate_workers",
        "test_process_pool.ProcessPoolExecutorTest.test_kill_workers",
        "test_process_pool.ProcessPoolExecutorTest.test_force_shutdown_workers"
    })
    void shouldEndARunningCallWithItsWorkerByTheWantedSignal(Force force, @TempDir Path folder) throws Exception {
        String asked = folder.resolve("asked").toString();
        String finished = folder.resolve("finished").toString();
        try (var started = new Event();
                var never = new Event();
                var executor = new ProcessPoolExecutor(1)) {
            Future<?> call = executor.submit(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> create(asked)));
                started.set();
                never.await();
                create(finished);
            });
            assertThat(started.await(PATIENCE)).isTrue();
            force.on(executor);
            assertThat(call.cancelled()).isTrue();
            assertThat(executor.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                    .isTrue();
        }
        assertThat(Files.exists(Path.of(asked))).isEqualTo(force == Force.TERMINATE);
        assertThat(Path.of(finished)).doesNotExist();
    }

    private static void create(String file) {
        try {
            Files.createFile(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    @FromCPython("test_process_pool.ProcessPoolExecutorTest.test_force_shutdown_workers_dead")
    void shouldEndByForceThoughItsWorkerIsDead(Force force) throws Exception {
        try (var executor = new ProcessPoolExecutor(1)) {
            Future<?> exits = executor.submit(() -> Runtime.getRuntime().halt(1));
            assertThatThrownBy(() -> exits.result(PATIENCE)).isInstanceOf(WorkerLostException.class);
            force.on(executor);
        }
    }

    @ParameterizedTest
    @EnumSource
    @FromCPython("test_process_pool.ProcessPoolExecutorTest.test_force_shutdown_workers_not_started_yet")
    void shouldEndByForceThoughItHasNoWorkerYet(Force force) {
        try (var executor = new ProcessPoolExecutor(1)) {
            force.on(executor);
            assertThat(executor.isTerminated()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    @FromCPython("test_process_pool.ProcessPoolExecutorTest.test_force_shutdown_workers_stops_pool")
    void shouldTakeNoCallsWhenItWasEndedByForce(Force force) throws Exception {
        try (var executor = new ProcessPoolExecutor(1)) {
            assertThat(executor.submit(() -> Tasks.square(2)).result(PATIENCE)).isEqualTo(4);
            force.on(executor);
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> executor.submit(() -> Tasks.square(2)));
            Deadlines.eventually("the worker ends", () -> Remains.children().isEmpty());
        }
    }
}
