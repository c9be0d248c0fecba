package offspring.benchmarks.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of several rows found.
 *
 * @param python what CPython says of itself, or null if there is none here
 * @param standings the lines of the table
 * @param failures what could not be measured, and why
 */
public record Outcome(@Nullable String python, List<Standing> standings, List<String> failures) {

    /** Copies the lists. */
    public Outcome {
        standings = List.copyOf(standings);
        failures = List.copyOf(failures);
    }

    /**
     * How much is compared.
     *
     * @param rows which rows: those with a part of their id like this
     * @param rounds turns of each contender in each figure, at least one
     * @param turn about how long one warm turn lasts
     * @param warmUp how long each contender works before its first warm turn
     * @param python the command that starts CPython
     */
    public record Plan(Pattern rows, int rounds, Duration turn, Duration warmUp, String python) {}

    /**
     * Compares, and prints each line as it comes.
     *
     * @param plan what to compare
     * @param out where the table goes
     * @param err where failures go
     * @throws IOException if the script of CPython cannot be laid down
     * @throws InterruptedException if interrupted while looking for CPython
     */
    public static Outcome measure(Plan plan, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        List<Row> rows = Rows.all().stream()
                .filter(row -> plan.rows().matcher(row.id()).find())
                .toList();
        try (Launcher launcher = Launcher.open(plan.python())) {
            return measure(rows, new Effort(plan.rounds(), plan.turn(), plan.warmUp()), launcher, out, err);
        }
    }

    static Outcome measure(List<Row> rows, Effort effort, Launcher launcher, PrintWriter out, PrintWriter err) {
        List<Standing> standings = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Table table = new Table(out);
        table.head();
        Comparison comparison = new Comparison(launcher, effort);
        for (Row row : rows) {
            try {
                List<Standing> measured = comparison.measure(row);
                standings.addAll(measured);
                table.add(measured);
            } catch (IOException failure) {
                failures.add(row.id() + ": " + failure.getMessage());
                err.println("FAILED " + row.id() + ": " + failure.getMessage());
            }
        }
        return new Outcome(launcher.pythonVersion().orElse(null), standings, failures);
    }
}
