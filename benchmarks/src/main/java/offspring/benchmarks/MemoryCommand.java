package offspring.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of {@code memory}: what idle workers and JVMs that stand by take of the memory, beside CPython's workers. The measure is
 * the proportional set size: what a process has for itself, and its share of what it has together with others.
 */
@Command(
        name = "memory",
        description = "Measures the memory of idle workers, and of JVMs that stand by, beside CPython's. Linux only.",
        footer = {"", "Exit code 0: measured; 2: wrong command line, or a system without /proc."})
public final class MemoryCommand implements Callable<Integer> {

    private static final int MOST_WORKERS = 256;

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
            if (count < 1 || count > MOST_WORKERS) {
                throw new ParameterException(
                        spec.commandLine(), "--workers must be from 1 to " + MOST_WORKERS + ", but is " + count);
            }
        }
        if (!IdleMemory.canBeMeasured()) {
            throw new ParameterException(spec.commandLine(), "this system has no /proc/PID/smaps_rollup to measure by");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("MB of memory of each (PSS, mean), JDK %s%n", Runtime.version());
        out.printf(
                "%8s %12s %12s %16s %16s%n", "workers", "ProcessPool", "standing by", "CPython spawn", "CPython fork");
        Path script = Files.createTempFile("offspring-memory", ".py");
        try {
            try (InputStream source = MemoryCommand.class.getResourceAsStream("memory.py")) {
                Files.copy(
                        java.util.Objects.requireNonNull(source, "memory.py is on the class path"),
                        script,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            for (int count : workers) {
                out.printf(
                        "%8d %12s %12s %16s %16s%n",
                        count,
                        text(IdleMemory.ofPool(count)),
                        text(IdleMemory.ofReserve(count)),
                        text(ofPython(script, "spawn", count)),
                        text(ofPython(script, "fork", count)));
            }
        } finally {
            Files.delete(script);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static String text(long[] kib) {
        return kib.length == 0
                ? "-"
                : String.format("%.1f", Arrays.stream(kib).average().orElseThrow() / 1024);
    }

    private long[] ofPython(Path script, String method, int count) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(python, script.toString(), method, Integer.toString(count))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException noPython) {
            spec.commandLine().getErr().println(python + " cannot be started: " + noPython.getMessage());
            return new long[0];
        }
        String says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() != 0 || says.isEmpty()
                ? new long[0]
                : Arrays.stream(says.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
