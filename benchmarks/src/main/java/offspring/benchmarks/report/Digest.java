package offspring.benchmarks.report;

import java.util.List;
import java.util.Objects;
import offspring.benchmarks.compare.Figure;
import offspring.benchmarks.compare.Standing;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.compare.Table;

/** The short table of the repository's README: what a visitor looks for first, whether won or lost. */
final class Digest {

    private static final String BEGIN = "<!-- figures: written by redraw --readme -->\n";
    private static final String END = "<!-- end of figures -->\n";

    /** What the table has, in its order. */
    private static final List<Choice> CHOICES = List.of(
            new Choice("lock", Figure.WARM, "CPython"),
            new Choice("queue-1to1-unbounded", Figure.WARM, "CPython"),
            new Choice("queue-1to1-unbounded", Figure.WARM, "LinkedBlockingQueue"),
            new Choice("thread-executor", Figure.WARM, "CPython"),
            new Choice("thread-executor", Figure.WARM, "j.u.c.ThreadPoolExecutor"),
            new Choice("pipe-round-trip", Figure.WARM, "CPython"),
            new Choice("process-queue-1to1", Figure.WARM, "CPython"),
            new Choice("shared-lock-contended", Figure.WARM, "CPython"),
            new Choice("pool-apply", Figure.WARM, "CPython"),
            new Choice("pool-map", Figure.WARM, "CPython"),
            new Choice("executor-submit", Figure.WARM, "CPython"),
            new Choice("workload-arcfour-2", Figure.WARM, "CPython"),
            new Choice("process-standby", Figure.WARM, "CPython forkserver"),
            new Choice("process-start", Figure.WARM, "CPython spawn"),
            new Choice("process-start", Figure.FIRST, "CPython spawn"),
            new Choice("pool-start", Figure.WARM, "CPython spawn"));

    private final Report report;

    Digest(Report report) {
        this.report = report;
    }

    /**
     * A line of the table.
     *
     * @param row the id of a row of the comparison
     * @param figure one of its figures
     * @param rival how the rival's name begins
     */
    private record Choice(String row, Figure figure, String rival) {

        boolean means(Standing standing) {
            return standing.row().equals(row)
                    && standing.figure() == figure
                    && Objects.requireNonNullElse(standing.rival(), "").startsWith(rival);
        }
    }

    /**
     * The text with the table of this report in the place of the old one.
     *
     * @throws IllegalArgumentException if the text has no such place, or the report lacks a figure
     */
    String into(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "the text must have a line " + BEGIN.strip() + " and, below it, a line " + END.strip());
        }
        return text.substring(0, begin + BEGIN.length()) + table() + text.substring(end);
    }

    private String table() {
        Machine machine = report.machine();
        StringBuilder table = new StringBuilder("\n")
                .append("Measured on %s: %s, %d processors, %s, %s. Medians of %d rounds, by turns in one run.\n\n"
                        .formatted(
                                machine.date(),
                                machine.cpu(),
                                machine.processors(),
                                machine.java(),
                                machine.python() == null ? "no CPython" : "C" + machine.python(),
                                report.rounds()))
                .append("| what | beside | takes | Offspring takes | Offspring is, or takes |\n")
                .append("|---|---|--:|--:|---|\n");
        CHOICES.forEach(choice -> table.append(line(choice)));
        return table.append('\n').toString();
    }

    private String line(Choice choice) {
        Standing standing = report.standings().stream()
                .filter(choice::means)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("the report must have all figures of the table, but has no "
                                + choice.figure().title() + " figure of " + choice.row() + " beside "
                                + choice.rival()));
        return "| %s%s | %s | %s | %s | %s |\n"
                .formatted(
                        standing.title(),
                        choice.figure() == Figure.WARM
                                ? ""
                                : ", " + choice.figure().title(),
                        standing.rival(),
                        Table.time(median(standing.rivalTimes())),
                        Table.time(standing.oursTimes().median()),
                        words(Objects.requireNonNull(standing.shareOfRival()).median()));
    }

    private static double median(@org.jspecify.annotations.Nullable Summary times) {
        return Objects.requireNonNull(times, "a line beside a rival has the rival's times")
                .median();
    }

    /** What is lost is bold: nobody shall have to look for it. */
    private static String words(double share) {
        String ratio = Table.ratio(share).replace("× time", "× its time");
        return share <= 1 ? ratio : "**" + ratio + "**";
    }
}
