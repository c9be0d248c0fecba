package offspring.examples.processes;

import java.io.PrintWriter;
import java.util.Locale;
import offspring.examples.Example;
import offspring.multiprocessing.Multiprocessing;
import offspring.multiprocessing.Process;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The textbook's {@code 02_gil_proc}: the same count down in two processes, Python's way around its lock. Here it costs the start of
 * two JVMs and gains nothing that threads would not.
 */
@Command(name = "gil-processes", description = "Two processes count down: the way around Python's global lock.")
final class GilProcesses extends Example {

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
            Process first = new Process(() -> CountDown.from(from));
            Process second = new Process(() -> CountDown.from(from));
            first.start();
            second.start();
            first.join();
            second.join();
            if (first.exitcode().orElseThrow() + second.exitcode().orElseThrow() != 0) {
                throw new IllegalStateException("a process has failed: " + first + ", " + second);
            }
        });
        out.printf(Locale.ROOT, "two processes:      %.3f s with their start, %.1f times as fast%n", two, one / two);
        out.println("Processors here: " + Multiprocessing.cpuCount());
    }
}
