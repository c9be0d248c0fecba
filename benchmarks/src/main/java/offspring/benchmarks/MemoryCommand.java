package offspring.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of {@code memory}: what idle workers and JVMs that stand by take of the memory, beside CPython's workers. The measure is
 * the proportional set size: what a process has for itself, and its share of what it has together with others.
 */
@Command(
        name = "memory",
        description = "Measures the memory of idle workers, and of JVMs that stand by, beside CPython's. Linux only.",
        footer = {"", "Exit code 0: measured; 2: wrong command line, or a system without /proc."})
public final class MemoryCommand extends Subcommand {

    private static final int MOST_WORKERS = 256;

    @Option(
            names = "--workers",
            paramLabel = "N",
            split = ",",
            defaultValue = "2,8",
            description = "How many workers: ${DEFAULT-VALUE}, one line each.")
    @SuppressWarnings("NullAway.Init") // has a default
    private List<Integer> workers;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            defaultValue = "python3",
            description = "What starts CPython: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String python;

    @Override
    public Integer call() throws Exception {
        for (int count : workers) {
            count("--workers", count, MOST_WORKERS);
        }
        if (!IdleMemory.canBeMeasured()) {
            throw wrong("this system has no /proc/PID/smaps_rollup to measure by");
        }
        PrintWriter out = out();
        out.printf("MB of memory of each (PSS, mean), JDK %s%n", Runtime.version());
        out.printf(
                "%8s %12s %12s %16s %16s%n", "workers", "ProcessPool", "standing by", "CPython spawn", "CPython fork");
        try (Scripts scripts = IdleMemory.scripts()) {
            for (int count : workers) {
                out.printf(
                        "%8d %12s %12s %16s %16s%n",
                        count,
                        text(IdleMemory.ofPool(count)),
                        text(IdleMemory.ofReserve(count)),
                        text(ofPython(scripts, "spawn", count)),
                        text(ofPython(scripts, "fork", count)));
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static String text(long[] kib) {
        return kib.length == 0
                ? "-"
                : String.format("%.1f", Arrays.stream(kib).average().orElseThrow() / 1024);
    }

    /** Nothing, and a word of it, where there is no CPython. */
    private long[] ofPython(Scripts scripts, String method, int count) throws IOException, InterruptedException {
        try {
            return IdleMemory.ofPython(scripts, python, method, count);
        } catch (IOException noPython) {
            err().println(noPython.getMessage());
            return new long[0];
        }
    }
}
