package offspring.benchmarks;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import offspring.benchmarks.programs.WaitingChild;
import offspring.core.function.CheckedSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code idle}: what children that wait for nothing cost. */
@Command(
        name = "idle",
        description = "Measures the processor time of children that are blocked in a call.",
        footer = {"", "Exit code 0: each used less than 1 %% of a core; 1: one used more; 2: wrong command line."})
public final class IdleCommand implements Callable<Integer> {

    private static final double MOST_PERCENT = 1;
    private static final double LONGEST_SECONDS = 3_600;

    /** The time that a child gets to fall asleep, which is not measured. */
    private static final long SETTLING_MILLIS = 1_000;

    private static final List<CheckedSupplier<WaitingChild>> CHILDREN =
            List.of(WaitingChild::atPipe, WaitingChild::atQueue, WaitingChild::atLock, WaitingChild::atEvent);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "5",
            description = "How long to watch: ${DEFAULT-VALUE}. The system counts in steps of 10 ms.")
    private double seconds;

    @Override
    public Integer call() throws Exception {
        if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds must be more than 0 and at most 3600, but is " + seconds);
        }
        List<WaitingChild> children = new ArrayList<>();
        try {
            for (CheckedSupplier<WaitingChild> child : CHILDREN) {
                children.add(child.getChecked());
            }
            return watch(children) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            for (WaitingChild child : children) {
                child.close();
            }
        }
    }

    /** All at the same time: each child's processor time is its own. */
    private boolean watch(List<WaitingChild> children) throws Exception {
        Thread.sleep(SETTLING_MILLIS);
        List<Duration> before = cpuTimes(children);
        long start = System.nanoTime();
        Thread.sleep(Math.round(seconds * 1e3));
        List<Duration> after = cpuTimes(children);
        double nanos = System.nanoTime() - start;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-20s %10s %10s %-6s%n", "blocked in", "of a core", "goal", "");
        boolean met = true;
        for (int i = 0; i < children.size(); i++) {
            double percent = 100 * after.get(i).minus(before.get(i)).toNanos() / nanos;
            boolean little = percent < MOST_PERCENT;
            met &= little;
            out.printf(
                    "%-20s %8.2f %% %10s %s%n", children.get(i).call(), percent, "< 1 %", little ? "met" : "NOT MET");
        }
        out.flush();
        return met;
    }

    private static List<Duration> cpuTimes(List<WaitingChild> children) throws Exception {
        List<Duration> times = new ArrayList<>();
        for (WaitingChild child : children) {
            times.add(child.cpuTime());
        }
        return times;
    }
}
