package offspring.benchmarks.workloads;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import offspring.benchmarks.programs.PoolPrograms;
import offspring.benchmarks.programs.Program;
import offspring.futures.ResultIterator;
import offspring.multiprocessing.ProcessPool;

/**
 * B12, joblib's benchmark of automatic batches, on a pool of two workers that lives as long as the program: tasks that sleep,
 * for times that {@link Sleeps} makes, and tasks with a large argument. An operation is a {@code map} over all tasks with the
 * chunks that are the default; with the large argument it is one task. Joblib takes the start of its workers in, and gives
 * the large argument to all tasks.
 */
public final class BatchesWorkload {

    private static final int WORKERS = 2;
    private static final int ARGUMENT_BYTES = 20_000_000;
    private static final int RESULT_BYTES = 100_000;

    private BatchesWorkload() {}

    /** Tasks that sleep so long, in nanoseconds. */
    public static Program sleeping(List<Long> sleeps) {
        long sum = sleeps.stream().mapToLong(Long::longValue).sum();
        return new PoolPrograms.WithPool(WORKERS) {
            @Override
            protected void work(ProcessPool pool, long operations) throws InterruptedException {
                for (long i = 0; i < operations; i++) {
                    long slept = pool.map(BatchesWorkload::sleep, sleeps).stream()
                            .mapToLong(Long::longValue)
                            .sum();
                    Checks.equal(sum, slept, "the sum of the sleeps");
                }
            }
        };
    }

    /** Twenty megabytes to a task, a hundred kilobytes back. */
    public static Program large() {
        byte[] argument = new byte[ARGUMENT_BYTES];
        argument[ARGUMENT_BYTES - 1] = 1;
        return new PoolPrograms.WithPool(WORKERS) {
            @Override
            protected void work(ProcessPool pool, long operations) {
                long results = 0;
                ResultIterator<byte[]> all =
                        pool.imap(BatchesWorkload::shrink, Collections.nCopies((int) operations, argument));
                while (all.hasNext()) {
                    byte[] result = all.next();
                    Checks.equal(RESULT_BYTES, result.length, "the length of a result");
                    results += result[RESULT_BYTES - 1];
                }
                Checks.equal(operations, results, "the number of results");
            }
        };
    }

    /** Sleeps as exactly as the system can; {@code Thread.sleep} rounds to milliseconds. */
    static long sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return nanos;
    }

    static byte[] shrink(byte[] argument) {
        byte[] result = new byte[RESULT_BYTES];
        result[RESULT_BYTES - 1] = argument[argument.length - 1];
        return result;
    }
}
