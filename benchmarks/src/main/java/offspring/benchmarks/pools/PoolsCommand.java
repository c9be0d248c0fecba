package offspring.benchmarks.pools;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import offspring.benchmarks.Subcommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code pools}. */
@Command(
        name = "pools",
        description = "Measures pools of child JVMs under load and under fire, and beside others when tasks misbehave.",
        footer = {
            "",
            "Exit code 0: every goal was met and every result came; 1: not so; 2: wrong command line.",
            "The table of the rivals is shown, not judged."
        })
public final class PoolsCommand extends Subcommand {

    private static final int MOST_CALLS = 10_000_000;
    private static final int MOST_KILLS = 100_000;
    private static final int LONGEST_SECONDS = 600;

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
        count("--calls", calls, MOST_CALLS);
        count("--kills", kills, MOST_KILLS);
        Duration limit = seconds("--limit", limitSeconds, LONGEST_SECONDS);
        PrintWriter out = out();
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
            new Misbehaviour(limit).print(out);
        }
        out.flush();
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
