package offspring.benchmarks;

import java.util.Arrays;
import java.util.concurrent.Callable;
import offspring.benchmarks.compare.CompareCommand;
import offspring.benchmarks.pools.PoolsCommand;
import offspring.benchmarks.report.RedrawCommand;
import offspring.benchmarks.report.ReportCommand;
import offspring.benchmarks.startup.StartupCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The launcher of the benchmarks: {@code compare}, {@code idle}, {@code memory}, {@code pools}, {@code redraw}, {@code report}, {@code startup} and {@code jmh}. All that follows {@code jmh} is
 * JMH's own command line.
 */
@Command(
        name = "benchmarks",
        description = "Measures Offspring beside CPython and java.util.concurrent.",
        synopsisSubcommandLabel = "(compare | idle | memory | pools | redraw | report | startup | jmh)",
        footer = {"", "  jmh ARGS...  runs the JMH benchmarks: 'jmh -l' lists them, 'jmh -h' explains the arguments"},
        subcommands = {
            CompareCommand.class,
            IdleCommand.class,
            MemoryCommand.class,
            PoolsCommand.class,
            RedrawCommand.class,
            ReportCommand.class,
            StartupCommand.class
        })
public final class Benchmarks implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Benchmarks() {}

    /**
     * Runs the command line and ends the JVM with its exit code.
     *
     * @param args the command line
     * @throws Exception what JMH throws
     */
    public static void main(String... args) throws Exception {
        if (args.length > 0 && args[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        System.exit(commandLine().execute(args));
    }

    /** The parser of the launcher's command line, without {@code jmh}. */
    public static CommandLine commandLine() {
        return new CommandLine(new Benchmarks());
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "No command: say 'compare', 'idle', 'memory', 'pools', 'redraw', 'report', 'startup' or 'jmh'");
    }
}
