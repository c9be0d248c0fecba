package offspring.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import offspring.benchmarks.compare.Standing;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.compare.Table;
import offspring.benchmarks.curves.Curve;
import offspring.benchmarks.jmh.suites.JmhFigure;
import offspring.benchmarks.jmh.suites.JmhSuite;
import org.jspecify.annotations.Nullable;

/** The text around the pictures, in Markdown. */
final class Page {

    private final StringBuilder text = new StringBuilder();
    private final Report report;

    Page(Report report) {
        this.report = report;
        Machine machine = report.machine();
        line("# Benchmarks");
        line("");
        line(
                "Made by `java -jar benchmarks/target/benchmarks.jar report%s`; drawn again from [results.json](results.json)"
                        .formatted(report.quick() ? " --quick" : ""));
        line(
                "by `… redraw --in results.json --out DIR`. Ratios tell more than times: the rivals of a row work by turns,");
        line(
                "and each round's ratio is of figures that lie seconds apart. The spread is the smallest and the largest round.");
        line("");
        line("| | |");
        line("|---|---|");
        line("| Date | " + machine.date() + " |");
        line("| System | " + machine.system() + " |");
        line("| Processor | " + machine.cpu() + ", " + machine.processors() + " of them to be used |");
        line("| Memory | " + machine.memoryMib() + " MiB |");
        line("| JVM | " + machine.java() + " |");
        line("| CPython | " + Objects.requireNonNullElse(machine.python(), "none") + " |");
        line("| Rounds | " + report.rounds() + " |");
        if (report.quick()) {
            line("");
            line("**A quick run**: short rounds without a warm-up worth its name. For looking, not for quoting.");
        }
    }

    /** A group of rows. */
    void add(Group group, List<Standing> standings) {
        head(group.title(), group.text(), group.id());
        line("| Row | Figure | Rival | Rival's time | Our time | Ratio | Spread | Goal | |");
        line("|---|---|---|--:|--:|--:|---|---|---|");
        for (Standing standing : standings) {
            Summary share = Objects.requireNonNull(standing.shareOfRival());
            line("| %s | %s | %s | %s | %s | %s | %s | %s | %s |"
                    .formatted(
                            standing.title(),
                            standing.figure().title(),
                            standing.rival(),
                            time(standing.rivalTimes()),
                            time(standing.oursTimes()),
                            Table.ratio(share.median()),
                            Table.spread(share),
                            Objects.requireNonNullElse(standing.goal(), ""),
                            standing.met() == null ? "" : standing.met() ? "met" : "**not met**"));
        }
    }

    /** A picture of curves. */
    void add(Plot plot, List<Curve> curves) {
        head(plot.title(), plot.text(), plot.id());
        StringBuilder names = new StringBuilder("| " + plot.x().title() + " |");
        StringBuilder rule = new StringBuilder("|--:|");
        TreeSet<Double> places = new TreeSet<>();
        for (Curve curve : curves) {
            names.append(' ').append(curve.line()).append(" |");
            rule.append("--:|");
            curve.points().forEach(point -> places.add(point.x()));
        }
        line(names.toString());
        line(rule.toString());
        for (double x : places) {
            StringBuilder cells =
                    new StringBuilder("| " + plot.place(x, report.machine().processors()) + " |");
            for (Curve curve : curves) {
                cells.append(' ').append(cell(plot, curve, x)).append(" |");
            }
            line(cells.toString());
        }
    }

    /** A suite of JMH. */
    void add(JmhSuite suite, List<JmhFigure> figures) {
        head(suite.title(), suite.text(), suite.id());
        line("| Benchmark | | Parameters | Mode | Mean | Error (99.9 %) | Median | 90 % | Unit |");
        line("|---|---|---|---|--:|--:|--:|--:|---|");
        for (JmhFigure figure : figures) {
            JmhFigure.Score score = figure.score();
            line("| %s: %s | `%s` | %s | %s | %s | %s | %s | %s | %s |"
                    .formatted(
                            figure.label().place(),
                            figure.label().line(),
                            figure.benchmark(),
                            params(figure),
                            figure.mode(),
                            digits(score.mean()),
                            digits(score.error()),
                            digits(score.percentiles().get("p50")),
                            digits(score.percentiles().get("p90")),
                            score.unit()));
        }
    }

    private static String params(JmhFigure figure) {
        return figure.params().entrySet().stream()
                .map(param -> param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Three digits or more; nothing where there is no number. */
    private static String digits(@Nullable Double number) {
        return number == null ? "" : String.format(Locale.ROOT, number < 10 ? "%.3f" : "%.1f", number);
    }

    private static String cell(Plot plot, Curve curve, double x) {
        return curve.points().stream()
                .filter(point -> point.x() == x)
                .map(point -> number(plot, point.y().median()) + " ("
                        + number(plot, point.y().min()) + " – "
                        + number(plot, point.y().max()) + ")")
                .findFirst()
                .orElse("");
    }

    private static String number(Plot plot, double y) {
        return plot.y().title().startsWith("time") ? Table.time(y) : String.format(Locale.ROOT, "%.2f", y);
    }

    private static String time(@Nullable Summary times) {
        return times == null ? "" : Table.time(times.median());
    }

    private void head(String title, String words, String picture) {
        line("");
        line("## " + title);
        line("");
        line(words);
        line("");
        line("![" + title + "](" + picture + ".png)");
        line("");
    }

    /** The whole page. */
    String text() {
        if (!report.failures().isEmpty()) {
            line("");
            line("## Not measured");
            line("");
            report.failures().forEach(failure -> line("- " + failure));
        }
        return text.toString();
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
