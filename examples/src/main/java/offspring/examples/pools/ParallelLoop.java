package offspring.examples.pools;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import offspring.examples.Example;
import offspring.futures.Executor;
import offspring.futures.Parallel;
import offspring.multiprocessing.Array;
import offspring.multiprocessing.LongArray;
import offspring.multiprocessing.ProcessPoolExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * In the manner of the package python-parallelize: the rounds of a loop are spread over processes. The body works on a copy of what it
 * captures, so what it finds goes into an array that the processes share. A round that fails does not end the others.
 */
@Command(name = "parallelize", description = "The rounds of a loop run in several processes.")
final class ParallelLoop extends Example {

    @Option(names = "--rounds", paramLabel = "N", description = "How many rounds: ${DEFAULT-VALUE} if not given.")
    private int rounds = 8;

    @Option(names = "--workers", paramLabel = "N", description = "How many processes: ${DEFAULT-VALUE} if not given.")
    private int workers = 2;

    @Override
    protected void show(PrintWriter out) throws Exception {
        int count = inRange("--rounds", rounds, 1, 10_000);
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        LongArray squares = Array.ofLong(count);
        try (Executor executor = new ProcessPoolExecutor(inRange("--workers", workers, 1, 16))) {
            Parallel.forEach(numbers, i -> squares.set(i, (long) i * i), executor);
            out.println("squares:   " + list(squares, count));

            LongArray quotients = Array.ofLong(count);
            try {
                Parallel.forEach(numbers, i -> quotients.set(i, 100 / i), executor);
            } catch (ArithmeticException failure) {
                out.println("one round has failed: " + failure.getMessage());
            }
            out.println("quotients: " + list(quotients, count));
        }
    }

    private static List<Long> list(LongArray array, int count) {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(array.get(i));
        }
        return values;
    }
}
