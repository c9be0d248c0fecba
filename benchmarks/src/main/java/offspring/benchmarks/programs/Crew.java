package offspring.benchmarks.programs;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import offspring.futures.Executor;
import offspring.futures.ResultIterator;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.threading.ThreadPoolExecutor;

/** Workers that share tasks of one size. */
public interface Crew extends AutoCloseable {

    /** Chunks per worker where tasks go in chunks, as in Python's rule. */
    int CHUNKS = 4;

    /**
     * Does the tasks and waits for them.
     *
     * @param job what each does
     * @param size how much each does
     * @param tasks how many, at least one
     * @throws Exception what a task throws
     */
    void work(Job job, long size, int tasks) throws Exception;

    @Override
    default void close() {}

    /** One after the other, by the thread that asks. */
    static Crew sequential() {
        return (job, size, tasks) -> {
            for (int i = 0; i < tasks; i++) {
                check(job, size, job.work().applyChecked(size));
            }
        };
    }

    /** Threads of our executor. */
    static Crew threads(int workers) {
        return new ByExecutor(new ThreadPoolExecutor(workers));
    }

    /** Virtual threads of our executor; Java 21 and later. */
    static Crew virtualThreads(int workers) {
        return new ByExecutor(
                ThreadPoolExecutor.builder().maxWorkers(workers).virtual(true).build());
    }

    /** Whether this JVM has virtual threads. */
    static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    /** Threads of the JDK's pool. */
    static Crew forkJoin(int workers) {
        return new ByForkJoin(new ForkJoinPool(workers));
    }

    /** Child JVMs of our executor, a task per hand-over. */
    static Crew processes(int workers) {
        return new ByExecutor(new ProcessPoolExecutor(workers));
    }

    /** Child JVMs of our pool, many tasks per hand-over. */
    static Crew processesInChunks(int workers) {
        return new InChunks(new ProcessPool(workers), workers);
    }

    private static void check(Job job, long size, Long result) {
        if (result != size) {
            throw new IllegalStateException(job + " of size " + size + " came to " + result);
        }
    }

    /** A crew that is an executor of ours. */
    record ByExecutor(Executor executor) implements Crew {

        @Override
        public void work(Job job, long size, int tasks) {
            ResultIterator<Long> results = executor.map(job.work(), Collections.nCopies(tasks, size));
            while (results.hasNext()) {
                check(job, size, results.next());
            }
        }

        @Override
        public void close() {
            executor.close();
        }
    }

    /** A crew that is a pool of ours. */
    record InChunks(ProcessPool pool, int workers) implements Crew {

        @Override
        public void work(Job job, long size, int tasks) throws InterruptedException {
            int chunk = Math.max(1, (tasks + CHUNKS * workers - 1) / (CHUNKS * workers));
            for (Long result : pool.map(job.work(), Collections.nCopies(tasks, size), chunk)) {
                check(job, size, result);
            }
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /** A crew that is a pool of the JDK. */
    record ByForkJoin(ExecutorService pool) implements Crew {

        @Override
        public void work(Job job, long size, int tasks) throws Exception {
            List<Callable<Long>> calls =
                    Collections.nCopies(tasks, () -> job.work().applyChecked(size));
            for (var result : pool.invokeAll(calls)) {
                check(job, size, result.get());
            }
        }

        @Override
        public void close() {
            pool.shutdown();
        }
    }
}
