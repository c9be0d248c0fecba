package offspring.benchmarks.pools;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import offspring.futures.Future;
import offspring.multiprocessing.Event;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.multiprocessing.WorkerLostException;
import org.jspecify.annotations.Nullable;

/**
 * Kills the only worker of an executor while it runs a call, again and again: how long until that call has failed, and how
 * long until another worker has answered the next call. Beside it, by turns: how long a new executor takes for its first
 * answer.
 */
final class Kills {

    private static final double MOST_MILLIS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int kills;
    private final List<Double> failed = new ArrayList<>();
    private final List<Double> replaced = new ArrayList<>();
    private final List<Double> coldStarts = new ArrayList<>();

    Kills(int kills) {
        this.kills = kills;
    }

    /** Measures and prints; tells whether the goals were met. */
    boolean measure(PrintWriter out) throws Exception {
        try (ProcessPoolExecutor executor = new ProcessPoolExecutor(1)) {
            try {
                for (int i = 0; i < kills; i++) {
                    kill(executor);
                    coldStarts.add(coldStart());
                }
            } finally {
                executor.killWorkers(); // there may be one whose call has no end
            }
        }
        boolean soon = percentile(failed, 99) <= MOST_MILLIS;
        boolean notSlower = percentile(replaced, 50) <= percentile(coldStarts, 50);
        out.printf("%d workers killed with SIGKILL while they ran a call%n", kills);
        out.printf("%-44s %10s %10s %10s%n", "", "median", "p99", "worst");
        line(out, "to the failed future", failed, "≤ 20 ms for 99 of 100", soon);
        line(out, "to the next call's result, by another worker", replaced, "median ≤ that of a cold start", notSlower);
        line(out, "cold start: new executor to first result", coldStarts, null, true);
        out.flush();
        return soon && notSlower;
    }

    private void kill(ProcessPoolExecutor executor) throws Exception {
        long pid = executor.submit(() -> ProcessHandle.current().pid()).get();
        try (Event running = new Event()) {
            Future<?> victim = executor.submit(() -> {
                running.set();
                new CountDownLatch(1).await();
            });
            if (!running.await(LIMIT)) {
                throw new TimeoutException("no call began within " + LIMIT + " in the worker with pid " + pid);
            }
            ProcessHandle worker = ProcessHandle.of(pid)
                    .orElseThrow(() -> new IllegalStateException("the worker with pid " + pid + " is gone"));
            long start = System.nanoTime();
            worker.destroyForcibly();
            Throwable failure = victim.exception(LIMIT);
            failed.add(millisSince(start));
            executor.submit(() -> PendingCalls.increment(0)).get(LIMIT);
            replaced.add(millisSince(start));
            if (!(failure instanceof WorkerLostException lost) || lost.signal().orElse(0) != 9) {
                throw new IllegalStateException("the call of a worker killed by signal 9 ended otherwise", failure);
            }
        }
    }

    private static double coldStart() throws Exception {
        long start = System.nanoTime();
        try (ProcessPoolExecutor executor = new ProcessPoolExecutor(1)) {
            executor.submit(() -> PendingCalls.increment(0)).get(LIMIT);
            return millisSince(start);
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    /** The smallest of the figures that so many percent of them do not exceed. */
    static double percentile(List<Double> figures, int percent) {
        List<Double> sorted = new ArrayList<>(figures);
        Collections.sort(sorted);
        int place = (sorted.size() * percent + 99) / 100 - 1;
        return sorted.get(Math.max(0, place));
    }

    private static void line(PrintWriter out, String what, List<Double> figures, @Nullable String goal, boolean met) {
        out.printf(
                Locale.ROOT,
                "%-44s %7.1f ms %7.1f ms %7.1f ms  %s%n",
                what,
                percentile(figures, 50),
                percentile(figures, 99),
                percentile(figures, 100),
                goal == null ? "" : "goal " + goal + ": " + (met ? "met" : "NOT MET"));
    }
}
