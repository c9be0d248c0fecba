package offspring.benchmarks.workloads;

import java.io.IOException;
import offspring.benchmarks.programs.Program;
import offspring.multiprocessing.ProcessPoolExecutor;

/**
 * B16, trio-parallel's benchmark of latency: the first call to a worker, the second one, and a call that returns 10<sup>8</sup>
 * bytes. The first contains the making of the executor and the start of the worker.
 */
public final class LatencyWorkload {

    private static final int BYTES = 100_000_000;

    private LatencyWorkload() {}

    /** An operation is an executor's first call. */
    public static Program first() {
        return operations -> {
            long nanos = 0;
            for (long i = 0; i < operations; i++) {
                long start = System.nanoTime();
                try (ProcessPoolExecutor executor = new ProcessPoolExecutor(1)) {
                    call(executor, i);
                    nanos += System.nanoTime() - start;
                }
            }
            return nanos;
        };
    }

    /** An operation is an executor's second call. */
    public static Program second() {
        return operations -> {
            long nanos = 0;
            for (long i = 0; i < operations; i++) {
                try (ProcessPoolExecutor executor = new ProcessPoolExecutor(1)) {
                    call(executor, i);
                    long start = System.nanoTime();
                    call(executor, i);
                    nanos += System.nanoTime() - start;
                }
            }
            return nanos;
        };
    }

    private static void call(ProcessPoolExecutor executor, long number) {
        Checks.equal(number, executor.submit(() -> number).join(), "the result");
    }

    /** An operation is a call that returns the bytes. */
    public static Program largeReturn() {
        ProcessPoolExecutor executor = new ProcessPoolExecutor(1);
        return new Program() {
            @Override
            public long run(long operations) {
                long start = System.nanoTime();
                for (long i = 0; i < operations; i++) {
                    byte[] bytes = executor.submit(LatencyWorkload::bytes).join();
                    Checks.equal(BYTES, bytes.length, "the length of the result");
                }
                return System.nanoTime() - start;
            }

            @Override
            public void close() throws IOException {
                executor.close();
            }
        };
    }

    static byte[] bytes() {
        return new byte[BYTES];
    }
}
