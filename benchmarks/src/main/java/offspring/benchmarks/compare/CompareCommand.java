package offspring.benchmarks.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import offspring.benchmarks.Subcommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code compare}. */
@Command(
        name = "compare",
        description = "Measures rivals and Offspring by turns and prints how they stand.",
        footer = {"", "Exit code 0: every row was measured, goals met or not; 1: a row failed; 2: wrong command line."})
public final class CompareCommand extends Subcommand {

    private static final int MOST_ROUNDS = 1_000;
    private static final int LONGEST_SECONDS = 60;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "Turns of each contender: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--turn",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "Seconds of one warm turn: ${DEFAULT-VALUE}.")
    private double turnSeconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "3",
            description = "Seconds of work before the first warm turn: ${DEFAULT-VALUE}.")
    private double warmUpSeconds;

    @Option(
            names = "--rows",
            paramLabel = "REGEX",
            description = "Only rows with a part of their id like this; see --list.")
    private @Nullable String rowsLike;

    @Option(names = "--list", description = "Lists the ids of the rows and ends.")
    private boolean list;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the results to this file too.")
    private @Nullable Path json;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            defaultValue = "python3",
            description = "How to start CPython: ${DEFAULT-VALUE}.")
    private String python = "python3";

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        List<Row> rows = rows();
        if (list) {
            rows.forEach(row -> out.printf("%-24s %s%n", row.id(), row.title()));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
        Effort effort = effort();
        checkJson();
        try (Launcher launcher = Launcher.open(python)) {
            return compare(rows, effort, launcher);
        }
    }

    private int compare(List<Row> rows, Effort effort, Launcher launcher) throws IOException {
        PrintWriter out = out();
        PrintWriter err = err();
        if (launcher.pythonVersion().isEmpty()) {
            err.printf(
                    "No CPython here ('%s' does not start): the JVM's rows only. --python names another one.%n",
                    python);
        }
        out.printf(
                "Java %s, %s, %d processors, %d rounds of %.1f s%n%n",
                Runtime.version(),
                launcher.pythonVersion().orElse("no CPython"),
                Runtime.getRuntime().availableProcessors(),
                effort.rounds(),
                turnSeconds);
        Outcome outcome = Outcome.measure(rows, effort, launcher, out, err);
        if (json != null) {
            new Results(
                            Runtime.version().toString(),
                            launcher.pythonVersion().orElse(null),
                            Runtime.getRuntime().availableProcessors(),
                            effort.rounds(),
                            outcome.standings(),
                            outcome.failures())
                    .writeTo(json);
        }
        return outcome.failures().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private List<Row> rows() {
        if (rowsLike == null) {
            return Rows.all();
        }
        Pattern wanted;
        try {
            wanted = Pattern.compile(rowsLike);
        } catch (java.util.regex.PatternSyntaxException bad) {
            throw wrong("--rows must be a regular expression, but '" + rowsLike + "' is not: " + bad.getDescription());
        }
        List<Row> rows = Rows.all().stream()
                .filter(row -> wanted.matcher(row.id()).find())
                .toList();
        if (rows.isEmpty()) {
            throw wrong("--rows " + rowsLike + " fits no row: --list shows them");
        }
        return rows;
    }

    private Effort effort() {
        return new Effort(
                count("--rounds", rounds, MOST_ROUNDS),
                seconds("--turn", turnSeconds, LONGEST_SECONDS),
                seconds("--warm-up", warmUpSeconds, LONGEST_SECONDS));
    }

    /** Fails before minutes of measuring, not after. */
    private void checkJson() {
        if (json == null) {
            return;
        }
        Path folder = json.toAbsolutePath().getParent();
        if (Files.isDirectory(json) || folder == null || !Files.isWritable(folder)) {
            throw wrong("--json must name a file in a folder that can be written, but is " + json);
        }
    }
}
