package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import offspring.futures.AsyncResult;
import offspring.futures.BrokenExecutorException;
import offspring.futures.Outcome;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FamilyCheck.class)
class RetriesTest {

    @TempDir
    private Path folder;

    /** Counts the attempts at an item in a file; dies, or throws, in the first so many. */
    private record Clumsy(String folder, int deaths, boolean dies)
            implements offspring.core.function.CheckedFunction<Integer, String> {

        @Override
        public String applyChecked(Integer item) throws Exception {
            Path file = Path.of(folder, item.toString());
            Files.write(file, new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (Files.size(file) > deaths) {
                return "item " + item;
            }
            if (dies) {
                Runtime.getRuntime().halt(9);
            }
            throw new IOException("clumsy");
        }
    }

    private long attemptsAt(int item) throws IOException {
        return Files.size(folder.resolve(Integer.toString(item)));
    }

    private ProcessPool pool(RetryPolicy policy) {
        return ProcessPool.builder().maxWorkers(2).retries(policy).build();
    }

    @Test
    void shouldMakeCallsAgainWhoseWorkersWereLost() throws Exception {
        var items = IntStream.range(0, 6).boxed().toList();
        try (var pool = pool(RetryPolicy.idempotent(3))) {
            assertThat(pool.map(new Clumsy(folder.toString(), 1, true), items))
                    .isEqualTo(items.stream().map(x -> "item " + x).toList());
            for (int item : items) {
                assertThat(attemptsAt(item)).isEqualTo(2);
            }
        }
    }

    @Test
    void shouldTellOfAllAttemptsWhenTheLastOneFails() throws Exception {
        try (var pool = pool(RetryPolicy.idempotent(3))) {
            Throwable failure = catchThrowable(() -> pool.apply(new Clumsy(folder.toString(), 9, true), 7));
            assertThat(failure).isInstanceOf(WorkerLostException.class);
            WorkerTrace trace = WorkerTrace.of(failure);
            assertThat(trace).isNotNull();
            assertThat(trace.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3);
            assertThat(trace.attempts()).extracting(Attempt::worker).doesNotHaveDuplicates();
            assertThat(trace.attempts())
                    .extracting(Attempt::failure)
                    .hasOnlyElementsOfType(WorkerLostException.class)
                    .doesNotHaveDuplicates();
            assertThat(attemptsAt(7)).isEqualTo(3);
        }
    }

    @Test
    void shouldMakeNoCallAgainWhenItMayHaveRunAndNobodySaidThatThisIsHarmless() throws Exception {
        try (var pool = pool(RetryPolicy.builder().maxAttempts(5).build())) {
            assertThatThrownBy(() -> pool.apply(new Clumsy(folder.toString(), 1, true), 7))
                    .isInstanceOf(WorkerLostException.class);
            assertThat(attemptsAt(7)).isEqualTo(1);
        }
    }

    @Test
    void shouldMakeOnlyTheItemsAgainThatFailedAndAreWanted() throws Exception {
        RetryPolicy policy = RetryPolicy.builder()
                .idempotent(true)
                .retryOn(e -> e instanceof IOException)
                .backoff(Duration.ofMillis(5), 2, Duration.ofMillis(20))
                .build();
        try (var pool = pool(policy)) {
            assertThat(pool.map(new Clumsy(folder.toString(), 2, false), List.of(1, 2, 3)))
                    .containsExactly("item 1", "item 2", "item 3");
            assertThat(attemptsAt(2)).isEqualTo(3);
            List<Outcome<Integer>> outcomes = pool.mapOutcomes(x -> 10 / x, List.of(0, 5));
            assertThat(outcomes.get(0).failure())
                    .isInstanceOf(ArithmeticException.class)
                    .satisfies(e -> assertThat(WorkerTrace.of(e).attempts()).hasSize(1));
            assertThat(outcomes.get(1).get()).isEqualTo(2);
        }
    }

    @Test
    void shouldFinishRetriesBeforeAClosedPoolEnds() throws Exception {
        List<AsyncResult<String>> results = new ArrayList<>();
        RetryPolicy policy = RetryPolicy.builder()
                .idempotent(true)
                .backoff(Duration.ofMillis(50))
                .build();
        try (var pool = pool(policy)) {
            for (int i = 0; i < 4; i++) {
                results.add(pool.applyAsync(new Clumsy(folder.toString(), 1, true), i));
            }
        }
        for (int i = 0; i < 4; i++) {
            assertThat(results.get(i).ready()).isTrue();
            assertThat(results.get(i).get()).isEqualTo("item " + i);
        }
    }

    @Test
    void shouldEndIdleWorkersWhenAClosedPoolHasMadeItsLastRetry() throws Exception {
        RetryPolicy policy = RetryPolicy.builder()
                .idempotent(true)
                .retryOn(e -> e instanceof IOException)
                .backoff(Duration.ofSeconds(1))
                .build();
        var pool = pool(policy);
        try {
            pool.map(x -> x + 1, List.of(1, 2, 3, 4));
            AsyncResult<String> result = pool.applyAsync(new Clumsy(folder.toString(), 1, false), 1);
            Path trace = folder.resolve("1");
            Deadlines.eventually(
                    "the first attempt is over, and no worker has anything to do",
                    () -> Files.exists(trace)
                            && pool.workerStatistics().stream().allMatch(WorkerStatistics::idle));
            assertThat(pool.close(Deadlines.PATIENCE)).as("it ends").isTrue();
            assertThat(result.get()).isEqualTo("item 1");
        } finally {
            pool.terminate();
            pool.join();
        }
    }

    @Test
    void shouldMakeACallAgainThatNeededTooMuchMemory() throws Exception {
        String place = folder.toString();
        try (var pool = ProcessPool.builder()
                .maxWorkers(1)
                .maxHeap("32m")
                .retries(RetryPolicy.idempotent(2))
                .build()) {
            assertThat(pool.<Integer, Integer>apply(
                            x -> {
                                Path file = Path.of(place, "greedy");
                                if (Files.exists(file)) {
                                    return x;
                                }
                                Files.createFile(file);
                                return new long[1 << 27].length;
                            },
                            5))
                    .isEqualTo(5);
        }
    }

    @Test
    void shouldCancelWhatWaitsForItsNextAttemptWhenTerminated() throws Exception {
        RetryPolicy policy = RetryPolicy.builder()
                .idempotent(true)
                .backoff(Duration.ofDays(1))
                .build();
        var pool = pool(policy);
        try {
            AsyncResult<String> result = pool.applyAsync(new Clumsy(folder.toString(), 1, true), 1);
            Deadlines.eventually("the worker is lost", () -> Files.exists(folder.resolve("1")));
            assertThatThrownBy(() -> result.get(Duration.ofMillis(300)))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            pool.terminate();
            assertThatThrownBy(() -> result.get(Deadlines.PATIENCE)).isInstanceOf(CancellationException.class);
        } finally {
            pool.terminate();
            pool.close();
        }
    }

    @Test
    void shouldTryNothingAgainWhenThePoolIsBroken() throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(1)
                .retries(RetryPolicy.idempotent(5))
                .breakOnWorkerLoss(true)
                .build()) {
            assertThatThrownBy(() -> pool.apply(new Clumsy(folder.toString(), 1, true), 7))
                    .isInstanceOf(BrokenExecutorException.class)
                    .satisfies(e -> assertThat(WorkerTrace.of(e).attempts()).hasSize(1));
            assertThat(attemptsAt(7)).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepTheCheckedExceptionOfTheLastAttempt() throws Exception {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(2)
                .idempotent(true)
                .retryOn(e -> true)
                .build();
        try (var pool = pool(policy)) {
            assertThatThrownBy(() -> pool.apply(new Clumsy(folder.toString(), 9, false), 7))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IOException.class)
                    .satisfies(e -> assertThat(WorkerTrace.of(e).attempts()).hasSize(2));
        }
    }
}
