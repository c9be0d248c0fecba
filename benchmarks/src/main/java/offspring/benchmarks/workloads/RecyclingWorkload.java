package offspring.benchmarks.workloads;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import offspring.benchmarks.programs.Program;
import offspring.multiprocessing.ProcessPool;

/**
 * B18, the cost of recycling: two workers that are replaced after so many calls, and whose start is dear. An operation is ten
 * workers' lives of calls that do nothing, handed over one by one: 250 calls in lives of 25, or 2500 in lives of 250. For the
 * imports of the published case, each worker waits 50 ms before its first call, here as in CPython.
 */
public final class RecyclingWorkload {

    private static final int WORKERS = 2;
    private static final int LIVES = 10;
    private static final long IMPORT_MILLIS = 50;

    private RecyclingWorkload() {}

    /**
     * Calls in a pool that lives as long as the program.
     *
     * @param tasksPerChild after how many calls a worker is replaced
     * @param standbys how many JVMs stand by for that
     */
    public static Program calls(int tasksPerChild, int standbys) {
        List<Integer> items = IntStream.range(0, LIVES * tasksPerChild).boxed().toList();
        List<Integer> expected =
                IntStream.rangeClosed(1, LIVES * tasksPerChild).boxed().toList();
        ProcessPool pool = ProcessPool.builder()
                .maxWorkers(WORKERS)
                .maxTasksPerChild(tasksPerChild)
                .standbyCount(standbys)
                .initializer(() -> Thread.sleep(IMPORT_MILLIS))
                .build();
        return new Program() {
            @Override
            public long run(long operations) throws Exception {
                long start = System.nanoTime();
                for (long i = 0; i < operations; i++) {
                    Checks.equal(expected, pool.map(RecyclingWorkload::increment, items, 1), "the results");
                }
                return System.nanoTime() - start;
            }

            @Override
            public void close() throws IOException {
                pool.close();
            }
        };
    }

    static int increment(int x) {
        return x + 1;
    }
}
