package offspring.examples;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import offspring.examples.chat.ChatExamples;
import offspring.examples.faults.FaultExamples;
import offspring.examples.flags.FlagExamples;
import offspring.examples.life.LifeExamples;
import offspring.examples.locks.LockExamples;
import offspring.examples.messages.MessageExamples;
import offspring.examples.pools.PoolExamples;
import offspring.examples.processes.ProcessExamples;
import offspring.examples.speedup.SpeedupCommand;
import offspring.examples.threads.ThreadExamples;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The launcher of all examples: {@code list} names them, {@code run NAME} runs one; the main one, {@code speedup}, may be
 * called by its name alone.
 *
 * <p>Exit codes: 0 all went well; 1 the example failed, or its answers are wrong; 2 the command line is wrong.
 */
@Command(
        name = "offspring-examples",
        description = "Runs the examples of Offspring.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Examples.ListExamples.class, Examples.Run.class, SpeedupCommand.class})
public final class Examples implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Examples() {}

    /**
     * Runs the command line and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    /** The parser of the launcher's command line, ready to {@link CommandLine#execute execute}. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Examples());
        CommandLine run = requireNonNull(line.getSubcommands().get("run"), "the command 'run'");
        all().forEach(run::addSubcommand);
        return line;
    }

    /** The examples of all rooms, but for the main one. */
    static List<Example> all() {
        return Stream.of(
                        ThreadExamples.all(),
                        LockExamples.all(),
                        ProcessExamples.all(),
                        MessageExamples.all(),
                        PoolExamples.all(),
                        FlagExamples.all(),
                        ChatExamples.all(),
                        LifeExamples.all(),
                        FaultExamples.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "No command: say 'list' to see the examples or 'run NAME' to run one");
    }

    /** Prints one line per example, taken from the subcommands of {@code run}: an example is registered once. */
    @Command(name = "list", description = "Names the examples.")
    static final class ListExamples implements Callable<Integer> {

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this and ends.")
        @SuppressWarnings("unused") // picocli acts on it
        private boolean help;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            CommandLine run = requireNonNull(
                    spec.commandLine().getParent().getSubcommands().get("run"), "the command 'run'");
            run.getSubcommands()
                    .forEach((name, example) -> out.printf(
                            "%-22s %s%n",
                            name,
                            String.join(
                                    " ", example.getCommandSpec().usageMessage().description())));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    /** The parent of the examples. */
    @Command(
            name = "run",
            description = "Runs one example: run NAME --help shows its options.",
            synopsisSubcommandLabel = "NAME",
            subcommands = SpeedupCommand.class)
    static final class Run implements Callable<Integer> {

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this and ends.")
        @SuppressWarnings("unused") // picocli acts on it
        private boolean help;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            throw new ParameterException(
                    spec.commandLine(),
                    "No example named: choose one of "
                            + String.join(
                                    ", ", spec.commandLine().getSubcommands().keySet()));
        }
    }
}
