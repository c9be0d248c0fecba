package offspring.examples.pools;

import java.io.PrintWriter;
import java.io.Serializable;
import java.util.Locale;
import java.util.function.Function;
import offspring.examples.Example;
import offspring.futures.Future;
import offspring.futures.Parallel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * In the manner of the package lelo: a function made {@code parallel} returns at once, and is computed in another process. Nobody says where:
 * it is enough that the program has the module {@code offspring.multiprocessing}. The processes end with the program.
 */
@Command(name = "parallel", description = "A function whose calls return at once: a process computes them meanwhile.")
final class ParallelFunction extends Example {

    private static final int LARGEST = 45;

    /**
     * What was computed, and by whom.
     *
     * @param value the number
     * @param pid of the process
     */
    record Answer(long value, long pid) implements Serializable {}

    @Option(
            names = "--n",
            paramLabel = "N",
            description = "Which Fibonacci number, and the one before: ${DEFAULT-VALUE}.")
    private int n = 30;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        int last = inRange("--n", n, 1, LARGEST);
        Function<Integer, Future<Answer>> fibonacci = Parallel.parallel(ParallelFunction::answer);
        long start = System.nanoTime();
        Future<Answer> first = fibonacci.apply(last - 1);
        Future<Answer> second = fibonacci.apply(last);
        out.printf(Locale.ROOT, "both calls have returned after %.3f s%n", (System.nanoTime() - start) / 1e9);
        print(out, last - 1, first.result());
        print(out, last, second.result());
        out.println("the main program is process " + ProcessHandle.current().pid());
    }

    private static void print(PrintWriter out, int number, Answer answer) {
        out.println("fibonacci(" + number + ") = " + answer.value() + ", computed by process " + answer.pid());
    }

    private static Answer answer(int number) {
        return new Answer(fibonacci(number), ProcessHandle.current().pid());
    }

    /** By the slow way, to have something to do. */
    private static long fibonacci(int number) {
        return number < 2 ? number : fibonacci(number - 1) + fibonacci(number - 2);
    }
}
