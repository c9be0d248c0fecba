package offspring.benchmarks.programs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import offspring.futures.Executor;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.threading.ThreadPoolExecutor;

/**
 * Tiny calls handed to executors: one at a time, from {@code submit} to the result, or many at once. The executor lives as
 * long as the program.
 */
public final class ExecutorPrograms {

    private static final int THREADS = 2;

    /** How many calls are pending at most where many are. */
    private static final int AT_ONCE = 1_000;

    private ExecutorPrograms() {}

    /** Our executor of child JVMs, one call at a time. */
    public static Program processes(int workers) {
        ProcessPoolExecutor executor = new ProcessPoolExecutor(workers);
        return new OneByOne(executor);
    }

    /** Our executor of child JVMs, many calls at once. */
    public static Program processesAtOnce(int workers) {
        return processesAtOnce(workers, AT_ONCE);
    }

    /** Our executor of child JVMs, up to so many calls at once. */
    public static Program processesAtOnce(int workers, int most) {
        ProcessPoolExecutor executor = new ProcessPoolExecutor(workers);
        return new ManyAtOnce(executor, most);
    }

    /** Our executor of threads, one call at a time. */
    public static Program threads() {
        return new OneByOne(new ThreadPoolExecutor(THREADS));
    }

    /** Our executor of threads, many calls at once. */
    public static Program threadsAtOnce() {
        return threadsAtOnce(THREADS, AT_ONCE);
    }

    /** Our executor of threads, up to so many calls at once. */
    public static Program threadsAtOnce(int workers, int most) {
        return new ManyAtOnce(new ThreadPoolExecutor(workers), most);
    }

    /** The JDK's executor of threads, one call at a time. */
    public static Program jucThreads() {
        return new JucOneByOne(Executors.newFixedThreadPool(THREADS));
    }

    /** The JDK's executor of threads, many calls at once. */
    public static Program jucThreadsAtOnce() {
        return new JucManyAtOnce(Executors.newFixedThreadPool(THREADS));
    }

    /** Submits a call, waits for its result, submits the next one. */
    private record OneByOne(Executor executor) implements Program {

        @Override
        public long run(long operations) throws Exception {
            long start = System.nanoTime();
            for (int i = 0; i < operations; i++) {
                int x = i;
                PoolPrograms.check(
                        x + 1, executor.submit(() -> PoolPrograms.increment(x)).get());
            }
            return System.nanoTime() - start;
        }

        @Override
        public void close() {
            executor.close();
        }
    }

    /** Submits many calls, then waits for their results. */
    private record ManyAtOnce(Executor executor, int most) implements Program {

        @Override
        public long run(long operations) throws Exception {
            long start = System.nanoTime();
            for (long left = operations; left > 0; left -= most) {
                int count = (int) Math.min(left, most);
                List<Future<Integer>> futures = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    int x = i;
                    futures.add(executor.submit(() -> PoolPrograms.increment(x)));
                }
                for (int i = 0; i < count; i++) {
                    PoolPrograms.check(i + 1, futures.get(i).get());
                }
            }
            return System.nanoTime() - start;
        }

        @Override
        public void close() {
            executor.close();
        }
    }

    /** As {@link OneByOne}, on the JDK's interface. */
    record JucOneByOne(ExecutorService executor) implements Program {

        @Override
        public long run(long operations) throws Exception {
            long start = System.nanoTime();
            for (int i = 0; i < operations; i++) {
                int x = i;
                PoolPrograms.check(
                        x + 1, executor.submit(() -> PoolPrograms.increment(x)).get());
            }
            return System.nanoTime() - start;
        }

        @Override
        public void close() throws IOException {
            executor.shutdown();
        }
    }

    /** As {@link ManyAtOnce}, on the JDK's interface. */
    record JucManyAtOnce(ExecutorService executor) implements Program {

        @Override
        public long run(long operations) throws Exception {
            long start = System.nanoTime();
            for (long left = operations; left > 0; left -= AT_ONCE) {
                int count = (int) Math.min(left, AT_ONCE);
                List<Future<Integer>> futures = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    int x = i;
                    futures.add(executor.submit(() -> PoolPrograms.increment(x)));
                }
                for (int i = 0; i < count; i++) {
                    PoolPrograms.check(i + 1, futures.get(i).get());
                }
            }
            return System.nanoTime() - start;
        }

        @Override
        public void close() throws IOException {
            executor.shutdown();
        }
    }
}
