package offspring.benchmarks;

import java.util.Arrays;
import offspring.benchmarks.compare.CompareCommand;
import offspring.benchmarks.pools.PoolsCommand;
import offspring.benchmarks.report.RedrawCommand;
import offspring.benchmarks.report.ReportCommand;
import offspring.benchmarks.startup.StartupCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
public final class Benchmarks extends Subcommand {

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
        throw wrong("No command: say 'compare', 'idle', 'memory', 'pools', 'redraw', 'report', 'startup' or 'jmh'");
    }
}
