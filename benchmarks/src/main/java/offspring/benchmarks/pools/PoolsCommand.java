package offspring.benchmarks.pools;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code pools}. */
@Command(
        name = "pools",
        description = "Measures pools of child JVMs under load and under fire, and beside others when tasks misbehave.",
        footer = {
            "",
            "Exit code 0: every goal was met and every result came; 1: not so; 2: wrong command line.",
            "The table of the rivals is shown, not judged."
        })
public final class PoolsCommand implements Callable<Integer> {

    private static final int MOST_CALLS = 10_000_000;
    private static final int MOST_KILLS = 100_000;
    private static final double LONGEST_SECONDS = 600;

    /** What can be measured. */
    enum Part {
        /** Many calls at once. */
        pending,
        /** Workers that are killed. */
        kills,
        /** Tasks that misbehave, by library. */
        rivals
    }

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
            names = "--part",
            paramLabel = "PART",
            split = ",",
            description = "Only these: ${COMPLETION-CANDIDATES}. All if not given.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many calls are submitted at once: ${DEFAULT-VALUE}.")
    private int calls;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many workers are killed: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--limit",
            paramLabel = "S",
            defaultValue = "8",
            description = "After how many seconds a misbehaving task's end is no more waited for: ${DEFAULT-VALUE}.")
    private double limitSeconds;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        PrintWriter out = spec.commandLine().getOut();
        boolean good = true;
        if (parts.contains(Part.pending)) {
            good &= new PendingCalls(calls).measure(out);
            out.println();
        }
        if (parts.contains(Part.kills)) {
            good &= new Kills(kills).measure(out);
            out.println();
        }
        if (parts.contains(Part.rivals)) {
            new Misbehaviour(Duration.ofNanos((long) (limitSeconds * 1e9))).print(out);
        }
        out.flush();
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void checkOptions() {
        if (calls < 1 || calls > MOST_CALLS) {
            throw wrong("--calls must be 1 to " + MOST_CALLS + ", but is " + calls);
        }
        if (kills < 1 || kills > MOST_KILLS) {
            throw wrong("--kills must be 1 to " + MOST_KILLS + ", but is " + kills);
        }
        if (!(limitSeconds > 0 && limitSeconds <= LONGEST_SECONDS)) {
            throw wrong("--limit must be more than 0 and at most 600 seconds, but is " + limitSeconds);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
