package offspring.guide;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;
import offspring.futures.Pool;
import offspring.multiprocessing.ProcessPool;
import offspring.threading.ThreadPool;

/** The Java of docs/guide/choosing.md, run by {@link GuideTest}. */
final class ChoosingExamples {

    private ChoosingExamples() {}

    // region same
    static void same(PrintStream out) throws InterruptedException {
        out.println(count(new ThreadPool(2))); // [168, 303, 430]
        out.println(count(new ProcessPool(2))); // [168, 303, 430]
    }

    static List<Integer> count(Pool pool) throws InterruptedException {
        try (pool) {
            return pool.map(ChoosingExamples::primesBelow, List.of(1_000, 2_000, 3_000));
        }
    }
    // endregion

    private static int primesBelow(int n) {
        return (int) IntStream.range(2, n)
                .filter(i -> IntStream.rangeClosed(2, (int) Math.sqrt(i)).noneMatch(d -> i % d == 0))
                .count();
    }
}
