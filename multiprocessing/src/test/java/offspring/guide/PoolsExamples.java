package offspring.guide;

import java.io.PrintStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.futures.Outcome;
import offspring.futures.Parallel;
import offspring.futures.Pool;
import offspring.futures.ResultIterator;
import offspring.multiprocessing.Array;
import offspring.multiprocessing.IntValue;
import offspring.multiprocessing.LongArray;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.multiprocessing.RetryPolicy;
import offspring.multiprocessing.StandbyReserve;
import offspring.multiprocessing.TaskTimeoutException;
import offspring.multiprocessing.Value;
import offspring.multiprocessing.WorkerLostException;
import offspring.multiprocessing.WorkerTrace;

/** The Java of docs/guide/pools.md: each region is a block there, and each method is run by {@link GuideTest}. */
final class PoolsExamples {

    private PoolsExamples() {}

    // region job
    static int primesBelow(int n) {
        return (int) IntStream.range(2, n)
                .filter(i -> IntStream.rangeClosed(2, (int) Math.sqrt(i)).noneMatch(d -> i % d == 0))
                .count();
    }
    // endregion

    static void map(PrintStream out) throws Exception {
        // region map
        try (Pool pool = new ProcessPool(2)) { // or: new ThreadPool(2)
            List<Integer> counts = pool.map(PoolsExamples::primesBelow, List.of(1_000, 2_000, 3_000));
            out.println(counts); // [168, 303, 430]
        } // waits for the work, and for the end of the workers
        // endregion
    }

    static void submit(PrintStream out) throws Exception {
        // region submit
        try (Executor executor = new ProcessPoolExecutor(2)) {
            Future<Integer> one = executor.submit(() -> primesBelow(1_000));
            Future<Integer> other = executor.submit(() -> primesBelow(2_000));
            out.println(one.result() + other.result()); // 471
        }
        // endregion
    }

    static void imap(PrintStream out) {
        // region imap
        Iterable<Integer> endless =
                () -> IntStream.iterate(1_000, n -> n + 1_000).iterator();
        try (Pool pool = new ProcessPool(2);
                ResultIterator<Integer> counts = pool.imap(PoolsExamples::primesBelow, endless)) {
            int thousands = 1;
            while (counts.next() < 500) thousands++;
            out.println(thousands); // 4
        }
        // endregion
    }

    static void travel(PrintStream out) throws Exception {
        try (Pool pool = new ProcessPool(2)) {
            // region travel
            record Range(int from, int to) implements Serializable {
                int primes() {
                    return primesBelow(to) - primesBelow(from);
                }
            }
            List<Range> ranges = List.of(new Range(0, 1_000), new Range(1_000, 2_000));
            out.println(pool.map(Range::primes, ranges)); // [168, 135]
            // endregion
        }
    }

    static void outcomes(PrintStream out) throws Exception {
        try (Pool pool = new ProcessPool(2)) {
            // region outcomes
            for (Outcome<Integer> outcome : pool.mapOutcomes(n -> 100 / n, List.of(5, 0, 4))) {
                Object shown = outcome.succeeded() ? outcome.value() : outcome.failure();
                out.println(shown); // 20 | java.lang.ArithmeticException: / by zero | 25
            }
            // endregion
        }
    }

    static void parallel(PrintStream out) throws Exception {
        try (Executor executor = new ProcessPoolExecutor(2)) {
            // region parallel
            Function<Integer, Future<Integer>> primes = Parallel.parallel(PoolsExamples::primesBelow, executor);
            Future<Integer> few = primes.apply(1_000); // returns at once
            Future<Integer> many = primes.apply(3_000);
            out.println(few.result() + " and " + many.result()); // 168 and 430

            LongArray found = Array.ofLong(3);
            Parallel.forEach(List.of(0, 1, 2), i -> found.set(i, primesBelow(1_000 * (i + 1))), executor);
            out.println(found.get(0) + " and " + found.get(2)); // 168 and 430
            // endregion
        }
    }

    static void lost(PrintStream out) throws Exception {
        try (Executor executor = new ProcessPoolExecutor(2)) {
            // region lost
            Future<?> crash = executor.submit(() -> Runtime.getRuntime().halt(3));
            try {
                crash.result();
            } catch (WorkerLostException lost) {
                out.println(lost.exitCode() + " " + lost.certainty()); // 3 MAY_HAVE_RUN
            }
            out.println(executor.submit(() -> primesBelow(1_000)).result()); // 168
            // endregion
        }
    }

    static void retries(PrintStream out) throws Exception {
        // region retries
        IntValue attempts = Value.ofInt(0); // shared with the workers
        try (var pool = ProcessPool.builder()
                .maxWorkers(2)
                .retries(RetryPolicy.idempotent(3))
                .build()) {
            int primes = pool.apply(() -> {
                if (attempts.getAndAdd(1) == 0) Runtime.getRuntime().halt(3);
                return primesBelow(1_000);
            });
            out.println(primes + " in attempt " + attempts.get()); // 168 in attempt 2
        }
        // endregion
    }

    static void trace(PrintStream out) throws Exception {
        try (Pool pool = new ProcessPool(1)) {
            // region trace
            try {
                pool.apply(() -> Integer.parseInt("seven"));
            } catch (NumberFormatException e) {
                WorkerTrace trace = WorkerTrace.of(e);
                out.println(trace.certainty() + " " + trace.attempts().size()); // THREW 1
            }
            // endregion
        }
    }

    static void limits(PrintStream out) throws Exception {
        // region limits
        try (var executor = ProcessPoolExecutor.builder()
                .maxWorkers(2)
                .taskTimeout(Duration.ofSeconds(1))
                .maxHeap("64m")
                .build()) {
            Future<?> endless = executor.submit(() -> {
                while (true) Thread.onSpinWait();
            });
            Future<?> greedy = executor.submit(() -> new byte[1 << 28]);
            out.println(endless.exception() instanceof TaskTimeoutException); // true
            out.println(greedy.exception() instanceof OutOfMemoryError); // true
        }
        // endregion
    }

    static void cancel(PrintStream out) throws Exception {
        try (Executor executor = new ProcessPoolExecutor(1)) {
            // region cancel
            Future<?> endless = executor.submit(() -> {
                while (true) Thread.onSpinWait();
            });
            out.println(endless.cancel(true)); // true
            out.println(executor.submit(() -> primesBelow(1_000)).result()); // 168
            // endregion
        }
    }

    static void progress(PrintStream out) throws Exception {
        try (Pool pool = new ProcessPool(2)) {
            // region progress
            pool.withProgress(p -> out.println(p.done() + " of " + p.total().getAsLong())) // … 3 of 3
                    .map(PoolsExamples::primesBelow, List.of(1_000, 2_000, 3_000));
            // endregion
        }
    }

    // region table
    static final class Table {
        static int[] primes; // one per worker

        static void load() {
            primes = IntStream.range(2, 1_000)
                    .filter(i -> primesBelow(i + 1) > primesBelow(i))
                    .toArray();
        }
    }
    // endregion

    static void initializer(PrintStream out) throws Exception {
        // region initializer
        try (var pool = ProcessPool.builder()
                .maxWorkers(2)
                .initializer(Table::load)
                .maxTasksPerChild(1_000)
                .build()) {
            out.println(pool.map(i -> Table.primes[i], List.of(0, 1, 167))); // [2, 3, 997]
        }
        // endregion
    }

    static void standby(PrintStream out) throws Exception {
        // region standby
        var builder = ProcessPool.builder().maxWorkers(2);
        try (StandbyReserve reserve = builder.standbyReserve()) {
            reserve.fill(2); // in the background
            reserve.awaitPrepared(2, Duration.ofSeconds(30));
            out.println(reserve.statistics().prepared()); // 2
            try (var pool = builder.build()) {
                out.println(pool.apply(() -> primesBelow(1_000))); // 168
            }
        }
        // endregion
    }
}
