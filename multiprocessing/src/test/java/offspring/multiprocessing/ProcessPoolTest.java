package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import offspring.futures.AsyncResult;
import offspring.futures.BrokenExecutorException;
import offspring.futures.Outcome;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

@ExtendWith(FamilyCheck.class)
class ProcessPoolTest {

    private static final List<Integer> NUMBERS =
            IntStream.range(0, 1000).boxed().toList();

    private static int square(int x) {
        return x * x;
    }

    @Test
    @FromCPython({"_test_multiprocessing._TestPool.test_map", "_test_multiprocessing._TestPool.test_apply"})
    void shouldGiveResultsInOrderWhenMapped() throws Exception {
        try (var pool = new ProcessPool(2)) {
            assertThat(pool.map(ProcessPoolTest::square, NUMBERS))
                    .isEqualTo(NUMBERS.stream().map(x -> x * x).toList());
            assertThat(pool.apply(ProcessPoolTest::square, 7)).isEqualTo(49);
            assertThat(pool.map(ProcessPoolTest::square, List.<Integer>of())).isEmpty();
        }
    }

    @Test
    @FromCPython({"_test_multiprocessing._TestPool.test_imap", "_test_multiprocessing._TestPool.test_imap_unordered"})
    void shouldGiveResultsOneByOneWhenMappedLazily() throws Exception {
        try (var pool = new ProcessPool(2)) {
            List<Integer> ordered = new ArrayList<>();
            pool.imap(ProcessPoolTest::square, NUMBERS).forEachRemaining(ordered::add);
            assertThat(ordered).isEqualTo(NUMBERS.stream().map(x -> x * x).toList());
            List<Integer> unordered = new ArrayList<>();
            pool.imapUnordered(ProcessPoolTest::square, NUMBERS).forEachRemaining(unordered::add);
            assertThat(unordered).containsExactlyInAnyOrderElementsOf(ordered);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_starmap")
    void shouldTakeTwoArgumentsWhenStarmapped() throws Exception {
        try (var pool = new ProcessPool(2)) {
            assertThat(pool.starmap(
                            (Integer a, Integer b) -> a * b,
                            java.util.Map.of(6, 7).entrySet()))
                    .containsExactly(42);
        }
    }

    @Test
    void shouldThrowWhatTheCallThrew() throws Exception {
        try (var pool = new ProcessPool(2)) {
            assertThatThrownBy(() -> pool.map(x -> 10 / (x - 5), NUMBERS))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("zero")
                    .satisfies(thrown ->
                            assertThat(thrown.getStackTrace()[0].getClassName()).contains("ProcessPoolTest"));
        }
    }

    @Test
    void shouldTellInWordsWhatCannotTravel() throws Exception {
        try (var pool = new ProcessPool(1)) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        throw new Stubborn();
                    }))
                    .isInstanceOfSatisfying(RemoteException.class, remote -> {
                        assertThat(remote.className()).contains("Stubborn");
                        assertThat(remote.remoteStackTrace()).contains("ProcessPoolTest");
                    });
        }
    }

    private static final class Stubborn extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused")
        private final Object stays = new Object();
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPoolWorkerErrors.test_unpickleable_result")
    void shouldFailOnlyTheCallWhoseResultCannotBeSent() throws Exception {
        try (var pool = new ProcessPool(2)) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> pool.apply(() -> (Object) new Thread()))
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(NotSerializableException.class);
            }
            assertThat(pool.apply(ProcessPoolTest::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void shouldKeepAllOtherOutcomesWhenAWorkerIsLostInTheMiddleOfAChunk() throws Exception {
        try (var pool = new ProcessPool(2)) {
            List<Outcome<Integer>> outcomes = pool.mapOutcomes(ProcessPoolTest::dieOn500, NUMBERS);
            for (int i = 0; i < outcomes.size(); i++) {
                if (i == 500) {
                    assertThat(outcomes.get(i).succeeded()).isFalse();
                } else {
                    assertThat(outcomes.get(i).succeeded()).as("item %d", i).isTrue();
                }
            }
        }
    }

    private static int dieOn500(int x) {
        if (x == 500) {
            Runtime.getRuntime().halt(3);
        }
        return x;
    }

    @Test
    void shouldSayEverythingAboutTheLossOfAWorker() throws Exception {
        try (var pool = new ProcessPool(1)) {
            pool.apply(ProcessPoolTest::square, 1);
            assertThatThrownBy(() -> pool.apply(ProcessPoolTest::dieOn500, 500))
                    .isInstanceOfSatisfying(WorkerLostException.class, lost -> {
                        assertThat(lost.exitCode()).isEqualTo(3);
                        assertThat(lost.signal()).isEmpty();
                        assertThat(lost.tasksServed()).isEqualTo(1);
                        assertThat(lost.workerAge()).isPositive();
                        assertThat(lost.workerName()).startsWith("ProcessPool-");
                        assertThat(lost.pid()).isPositive();
                        assertThat(lost.crashLog()).isEmpty();
                        assertThat(lost.certainty()).isEqualTo(Certainty.MAY_HAVE_RUN);
                    });
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPool.test_terminate")
    void shouldCancelWhatIsPendingWhenTerminated() throws Exception {
        var pool = new ProcessPool(2);
        AsyncResult<List<Integer>> result = pool.mapAsync(ProcessPoolTest::sleep, NUMBERS);
        pool.terminate();
        assertThatThrownBy(() -> result.get(Deadlines.PATIENCE)).isInstanceOf(CancellationException.class);
        pool.close();
        assertThatThrownBy(() -> pool.map(ProcessPoolTest::square, NUMBERS)).isInstanceOf(IllegalStateException.class);
    }

    private static int sleep(int x) throws InterruptedException {
        new CountDownLatch(1).await();
        return x;
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPoolWorkerLifetime.test_pool_worker_lifetime")
    void shouldReplaceWorkersThatHaveServedTheirTime() throws Exception {
        try (var pool = ProcessPool.builder().maxWorkers(1).maxTasksPerChild(10).build()) {
            List<Long> pids = pool.map(x -> ProcessHandle.current().pid(), NUMBERS.subList(0, 25));
            assertThat(pids.stream().distinct()).hasSize(3);
        }
    }

    @Test
    void shouldBreakWithTheCauseWhenTheInitializerFails() throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(2)
                .initializer(() -> {
                    throw new IllegalStateException("no database");
                })
                .build()) {
            assertThatThrownBy(() -> pool.apply(ProcessPoolTest::square, 1))
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasRootCauseMessage("no database");
        }
    }

    @Test
    void shouldInitializeEachWorkerFirst() throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(1)
                .initializer(() -> System.setProperty("pool.test", "ready"))
                .build()) {
            assertThat(pool.apply(() -> System.getProperty("pool.test"))).isEqualTo("ready");
        }
    }

    @Test
    void shouldLeaveNothingWhenItsWorkersCannotBeStarted() {
        var options = ProcessOptions.builder().java(Path.of("/no/such/java")).build();
        assertThatThrownBy(() ->
                        ProcessPool.builder().maxWorkers(2).options(options).build())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("/no/such/java");
    }

    @Test
    @FromCPython("_test_multiprocessing._TestPoolWorkerLifetime.test_pool_maxtasksperchild_invalid")
    void shouldRefuseNumbersBelowOne() {
        assertThatThrownBy(() -> new ProcessPool(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcessPool.builder().maxTasksPerChild(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcessPool.builder().taskTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcessPool.builder().maxHeap("much")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldMakePoolsInsidePools() throws Exception {
        try (var pool = new ProcessPool(1)) {
            assertThat(pool.apply(() -> {
                        try (var inner = new ProcessPool(1)) {
                            return inner.apply(ProcessPoolTest::square, 5);
                        }
                    }))
                    .isEqualTo(25);
        }
    }

    @Test
    void shouldCarryTheLoggingContextToTheWorker() throws Exception {
        try (var pool = new ProcessPool(1)) {
            MDC.put("request", "42");
            try {
                assertThat(pool.apply(() -> MDC.get("request"))).isEqualTo("42");
            } finally {
                MDC.clear();
            }
            assertThat(pool.apply(() -> MDC.get("request"))).isNull();
        }
    }

    @Test
    void shouldSendLocksAndConnectionsToCalls() throws Exception {
        Lock lock = new Lock();
        Pipe pipe = Pipe.oneWay();
        try (var pool = new ProcessPool(1)) {
            var there = pipe.second();
            pool.apply(() -> {
                lock.acquire();
                there.send("locked");
                lock.release();
                there.close();
                return null;
            });
            assertThat(Kin.receive(pipe.first())).isEqualTo("locked");
        } finally {
            pipe.close();
            lock.close();
        }
    }
}
