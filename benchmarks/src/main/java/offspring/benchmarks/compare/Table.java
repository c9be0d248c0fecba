package offspring.benchmarks.compare;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The standings for people: one line each, printed as they come. */
public final class Table {

    private static final String LINE = "%-44s %-15s %-32s %10s %10s  %-15s %-19s %-15s %s%n";

    private final PrintWriter out;
    private String lastTitle = "";

    Table(PrintWriter out) {
        this.out = out;
    }

    void head() {
        out.printf(LINE, "row", "figure", "rival", "rival", "ours", "ratio", "(spread)", "goal", "");
        out.flush();
    }

    /** The lines of one row. */
    void add(List<Standing> standings) {
        for (Standing standing : standings) {
            String title = standing.title().equals(lastTitle) ? "" : standing.title();
            lastTitle = standing.title();
            out.printf(
                    LINE,
                    title,
                    standing.figure().title(),
                    standing.rival() == null ? "–" : standing.rival(),
                    standing.rivalTimes() == null
                            ? "–"
                            : time(standing.rivalTimes().median()),
                    time(standing.oursTimes().median()),
                    standing.shareOfRival() == null
                            ? "–"
                            : ratio(standing.shareOfRival().median()),
                    standing.shareOfRival() == null ? "" : spread(standing.shareOfRival()),
                    standing.goal() == null ? "–" : standing.goal(),
                    standing.met() == null ? "" : standing.met() ? "met" : "NOT MET");
        }
        out.flush();
    }

    /** A time in the unit that shows three digits best. */
    public static String time(double nanos) {
        if (nanos < 1e3) {
            return digits(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return digits(nanos / 1e3) + " µs";
        }
        return nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
    }

    /** How ours stands: so many times faster or slower, or, where they are close, our share of the rival's time. */
    public static String ratio(double shareOfRival) {
        if (isFaster(shareOfRival)) {
            return digits(1 / shareOfRival) + "× faster";
        }
        return isSlower(shareOfRival)
                ? digits(shareOfRival) + "× slower"
                : String.format(Locale.ROOT, "%.2f × time", shareOfRival);
    }

    /** The smallest and the largest of the rounds, in the words of the ratio. */
    public static String spread(Summary share) {
        if (isFaster(share.median())) {
            return String.format(Locale.ROOT, "(%s – %s)", digits(1 / share.max()), digits(1 / share.min()));
        }
        return isSlower(share.median())
                ? String.format("(%s – %s)", digits(share.min()), digits(share.max()))
                : String.format(Locale.ROOT, "(%.2f – %.2f)", share.min(), share.max());
    }

    private static boolean isFaster(double shareOfRival) {
        return shareOfRival <= 0.6;
    }

    private static boolean isSlower(double shareOfRival) {
        return shareOfRival >= 2;
    }

    private static String digits(double number) {
        String format = number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, number);
    }
}
