package offspring.examples.processes;

import java.io.PrintWriter;
import java.util.Locale;
import offspring.core.Thread;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The textbook's {@code 01_gil}: a count down, twice on one thread and once on each of two. Python's threads take turns at one global
 * lock and lose; a JVM has no such lock, and its threads use two processors.
 */
@Command(name = "gil-threads", description = "Two threads count down: Python's global lock would make them take turns.")
final class GilThreads extends Example {

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Where each count begins: ${DEFAULT-VALUE} if not given.")
    private int count = 200_000_000;

    @Override
    protected void show(PrintWriter out) throws Exception {
        int from = inRange("--count", count, 1, Integer.MAX_VALUE);
        double one = CountDown.twiceInSequence(out, from);
        double two = CountDown.secondsOf(() -> {
            Thread first = new Thread(() -> CountDown.from(from));
            Thread second = new Thread(() -> CountDown.from(from));
            first.start();
            second.start();
            first.join();
            second.join();
        });
        out.printf(Locale.ROOT, "two threads:        %.3f s, %.1f times as fast%n", two, one / two);
        out.println("With Python's lock: once as fast at best. Processors here: "
                + Runtime.getRuntime().availableProcessors());
    }
}
