package offspring.benchmarks.workloads;

import java.util.List;
import java.util.stream.IntStream;
import offspring.benchmarks.programs.Program;
import offspring.multiprocessing.ProcessPool;

/**
 * B6, issue 21343 of Ray: a pool of as many workers as there are processors is made, and maps two logarithms over 0 to 999.
 * That is an operation; as published, the end of the pool is not measured.
 */
public final class LogsWorkload {

    private static final int ITEMS = 1_000;
    private static final double LAST = Math.log(ITEMS) / Math.log(2) + 3;
    private static final double TOLERANCE = 1e-9;

    private LogsWorkload() {}

    /** The pool and its map. */
    public static Program map() {
        List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
        return operations -> {
            long nanos = 0;
            for (long i = 0; i < operations; i++) {
                nanos += once(items);
            }
            return nanos;
        };
    }

    private static long once(List<Integer> items) throws InterruptedException {
        long start = System.nanoTime();
        ProcessPool pool = new ProcessPool();
        try {
            List<Double> results = pool.map(LogsWorkload::twoLogarithms, items);
            long nanos = System.nanoTime() - start;
            Checks.equal(ITEMS, results.size(), "the number of results");
            if (results.get(0) != 0 || Math.abs(results.get(ITEMS - 1) - LAST) > TOLERANCE) {
                throw new IllegalStateException("wrong logarithms: " + results);
            }
            return nanos;
        } finally {
            pool.terminate();
            pool.join();
        }
    }

    static double twoLogarithms(int index) {
        return Math.log(index + 1) / Math.log(2) + Math.log10(index + 1);
    }
}
