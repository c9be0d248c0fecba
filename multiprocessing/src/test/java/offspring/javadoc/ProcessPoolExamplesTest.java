package offspring.javadoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offspring.futures.Future;
import offspring.futures.Pool;
import offspring.multiprocessing.Attempt;
import offspring.multiprocessing.Certainty;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.PoolStatistics;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.multiprocessing.RetryPolicy;
import offspring.multiprocessing.Value;
import offspring.multiprocessing.WorkerStatistics;
import offspring.multiprocessing.WorkerTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of pools of processes. */
@ExtendWith(FamilyCheck.class)
class ProcessPoolExamplesTest {

    @Test
    void shouldMap() throws Exception {
        try (var out = Printed.open()) {
            // region multiprocessing.ProcessPool
            try (var pool = new ProcessPool(2)) {
                System.out.println(pool.map(x -> x * x, List.of(1, 2, 3))); // [1, 4, 9]
            } // waits for the work, and for the workers' end
            // endregion
            assertThat(out.lines()).containsExactly("[1, 4, 9]");
        }
    }

    @Test
    void shouldSubmit() throws Exception {
        try (var out = Printed.open()) {
            // region multiprocessing.ProcessPoolExecutor
            try (var executor = ProcessPoolExecutor.builder()
                    .maxWorkers(2)
                    .taskTimeout(Duration.ofSeconds(2))
                    .maxHeap("64m")
                    .build()) {
                Future<Integer> answer = executor.submit(() -> 6 * 7);
                System.out.println(answer.result()); // 42
            }
            // endregion
            assertThat(out.lines()).containsExactly("42");
        }
    }

    /** What takes long to load and is then asked often. */
    private static final class Model {
        private static int factor; // one per worker

        static void load() {
            factor = 2;
        }

        static int answer(int question) {
            return factor * question;
        }
    }

    @Test
    void shouldBuildAPoolAndTellWhatItHasDone() throws Exception {
        try (var out = Printed.open()) {
            // region multiprocessing.ProcessPoolBuilder
            try (var pool = ProcessPool.builder()
                    .maxWorkers(2)
                    .initializer(Model::load) // in each worker, before its first call
                    .maxTasksPerChild(1_000)
                    .taskTimeout(Duration.ofSeconds(30))
                    .build()) {
                System.out.println(pool.map(Model::answer, List.of(1, 2, 3))); // [2, 4, 6]
            }
            // endregion
            assertThat(out.lines()).containsExactly("[2, 4, 6]");
        }
    }

    @Test
    void shouldTellWhatAPoolHasDone() throws Exception {
        try (var out = Printed.open();
                var pool = new ProcessPool(2)) {
            pool.map(x -> x * x, List.of(1, 2, 3));
            // region multiprocessing.PoolStatistics
            PoolStatistics soFar = pool.poolStatistics();
            System.out.println(soFar.done() + " done, " + soFar.waiting() + " waiting"); // 3 done, 0 waiting
            // endregion
            assertThat(out.lines()).containsExactly("3 done, 0 waiting");

            // region multiprocessing.WorkerStatistics
            for (WorkerStatistics worker : pool.workerStatistics()) {
                System.out.println(worker.name() + " worked " + worker.times().busy());
            }
            // endregion
            assertThat(out.lines()).hasSizeGreaterThan(1).last().asString().contains("ProcessPool-", " worked PT");
        }
    }

    @Test
    void shouldTryAgain() throws Exception {
        // region multiprocessing.RetryPolicy
        var policy = RetryPolicy.builder()
                .maxAttempts(4)
                .idempotent(true)
                .retryOn(e -> RetryPolicy.isLoss(e) || e instanceof ConnectException)
                .backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(5))
                .build();
        // endregion
        var attempts = Value.ofInt(0);
        try (var pool = ProcessPool.builder().maxWorkers(1).retries(policy).build()) {
            String answer = pool.apply(() -> {
                if (attempts.getAndAdd(1) == 0) {
                    throw new ConnectException("refused");
                }
                return "connected";
            });
            assertThat(answer).isEqualTo("connected");
        }
        assertThat(attempts.get()).isEqualTo(2);
    }

    private record Entry(String account, long amount) implements Serializable {}

    private static final class Ledger {
        static long book(Entry entry) {
            throw new IllegalStateException("no such account: " + entry.account());
        }
    }

    @Test
    void shouldAskAFailureHowFarTheCallHadCome() throws Exception {
        var entry = new Entry("rent", 700);
        List<Entry> later = new ArrayList<>();
        try (var out = Printed.open();
                Pool pool = new ProcessPool(1)) {
            // region multiprocessing.WorkerTrace
            try {
                pool.apply(Ledger::book, entry);
            } catch (RuntimeException e) {
                WorkerTrace trace = WorkerTrace.of(e);
                if (trace != null && trace.certainty() == Certainty.NEVER_STARTED) later.add(entry);
            }
            // endregion
            assertThat(later).isEmpty();

            try {
                pool.apply(Ledger::book, entry);
            } catch (IllegalStateException failure) {
                // region multiprocessing.Attempt
                for (Attempt attempt : WorkerTrace.of(failure).attempts()) {
                    System.out.println(attempt.number() + ": " + attempt.certainty()); // 1: THREW
                }
                // endregion
            }
            assertThat(out.lines()).containsExactly("1: THREW");
        }
    }
}
