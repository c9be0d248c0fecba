package offspring.examples.pools;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import offspring.core.function.CheckedFunction;
import offspring.examples.Example;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.futures.Futures;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.threading.ThreadPoolExecutor;
import picocli.CommandLine.Option;

/** The frame of both cryptographic examples: the same jobs on an executor with 1 worker, then 2, and so on; and the times. */
abstract class CryptoJobs extends Example {

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Measures 1 to N workers: ${DEFAULT-VALUE} if not given.")
    private int workers = 4;

    @Option(names = "--jobs", paramLabel = "N", description = "How many jobs: ${DEFAULT-VALUE} if not given.")
    private int jobs = 12;

    @Option(
            names = "--kib",
            paramLabel = "N",
            description = "How many KiB each job has: ${DEFAULT-VALUE} if not given.")
    private int kib = 2_048;

    @Option(names = "--threads", description = "The workers are threads, not processes.")
    private boolean threads;

    /** What is done with so many KiB, by the number of the job; static, since it travels to the workers. */
    abstract CheckedFunction<Integer, String> job(int kib);

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        int most = inRange("--workers", workers, 1, 64);
        int count = inRange("--jobs", jobs, 1, 10_000);
        CheckedFunction<Integer, String> job = job(inRange("--kib", kib, 1, 64 * 1_024));
        List<String> expected = List.of();
        double one = 0;
        for (int n = 1; n <= most; n++) {
            long start = System.nanoTime();
            List<String> results = run(n, count, job);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (n == 1) {
                one = seconds;
                expected = results;
            } else if (!results.equals(expected)) {
                throw new IllegalStateException(n + " workers give other results than one");
            }
            out.printf(
                    Locale.ROOT,
                    "%d worker%s %.3f s, %.1f times as fast as one%n",
                    n,
                    n == 1 ? ": " : "s:",
                    seconds,
                    one / seconds);
        }
        out.printf(
                "%d jobs, the same results each time; with the start of the %s; %d processors%n",
                count, threads ? "threads" : "processes", Runtime.getRuntime().availableProcessors());
    }

    private List<String> run(int n, int count, CheckedFunction<Integer, String> job) throws InterruptedException {
        try (Executor executor = threads ? new ThreadPoolExecutor(n) : new ProcessPoolExecutor(n)) {
            List<Future<String>> toDo = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                toDo.add(executor.submit(() -> job.applyChecked(number)));
            }
            for (Future<String> future : Futures.asCompleted(toDo)) {
                future.result(); // the first failure ends it
            }
            List<String> results = new ArrayList<>();
            for (Future<String> future : toDo) {
                results.add(future.result());
            }
            return results;
        }
    }

    /** The same bytes for the same number, anywhere. */
    static byte[] bytes(int number, int kib) {
        byte[] bytes = new byte[kib * 1_024];
        new Random(number).nextBytes(bytes);
        return bytes;
    }
}
