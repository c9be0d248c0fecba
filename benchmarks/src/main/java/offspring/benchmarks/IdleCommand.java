package offspring.benchmarks;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offspring.benchmarks.programs.WaitingChild;
import offspring.core.function.CheckedSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code idle}: what children that wait for nothing cost. */
@Command(
        name = "idle",
        description = "Measures the processor time of children that are blocked in a call.",
        footer = {"", "Exit code 0: each used less than 1 %% of a core; 1: one used more; 2: wrong command line."})
public final class IdleCommand extends Subcommand {

    private static final double MOST_PERCENT = 1;
    private static final int LONGEST_SECONDS = 3_600;

    /** The time that a child gets to fall asleep, which is not measured. */
    private static final long SETTLING_MILLIS = 1_000;

    private static final List<CheckedSupplier<WaitingChild>> CHILDREN =
            List.of(WaitingChild::atPipe, WaitingChild::atQueue, WaitingChild::atLock, WaitingChild::atEvent);

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "5",
            description = "How long to watch: ${DEFAULT-VALUE}. The system counts in steps of 10 ms.")
    private double seconds;

    @Override
    public Integer call() throws Exception {
        Duration watched = seconds("--seconds", seconds, LONGEST_SECONDS);
        List<WaitingChild> children = new ArrayList<>();
        try {
            for (CheckedSupplier<WaitingChild> child : CHILDREN) {
                children.add(child.getChecked());
            }
            return watch(children, watched) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            for (WaitingChild child : children) {
                child.close();
            }
        }
    }

    /** All at the same time: each child's processor time is its own. */
    private boolean watch(List<WaitingChild> children, Duration watched) throws Exception {
        Thread.sleep(SETTLING_MILLIS);
        List<Duration> before = cpuTimes(children);
        long start = System.nanoTime();
        Thread.sleep(watched.toMillis());
        List<Duration> after = cpuTimes(children);
        double nanos = System.nanoTime() - start;
        PrintWriter out = out();
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
