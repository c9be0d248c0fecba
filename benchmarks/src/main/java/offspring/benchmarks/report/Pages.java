package offspring.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import offspring.benchmarks.compare.Standing;
import offspring.benchmarks.curves.Curve;
import offspring.benchmarks.jmh.suites.JmhFigure;
import offspring.benchmarks.jmh.suites.JmhSuite;

/** Writes the page and its pictures. */
final class Pages {

    private final Report report;
    private final Path folder;

    Pages(Report report, Path folder) {
        this.report = report;
        this.folder = folder;
    }

    /** Writes all that the report has figures for; what it has none for is on no page. */
    void write() throws IOException {
        Files.createDirectories(folder);
        Page page = new Page(report);
        for (Group group : Group.values()) {
            List<Standing> standings = group.compared(report.standings());
            if (!standings.isEmpty()) {
                Charts.write(
                        RatioChart.of(group.title(), standings),
                        folder.resolve(group.id() + ".png"),
                        RatioChart.WIDTH,
                        RatioChart.height(standings));
                page.add(group, standings);
            }
        }
        for (Plot plot : Plot.all().toList()) {
            List<Curve> curves = plot.equals(Overview.PLOT) ? Overview.of(report) : report.curvesOf(plot);
            if (!curves.isEmpty()) {
                Charts.write(
                        CurveChart.of(plot, curves, report.machine().processors()),
                        folder.resolve(plot.id() + ".png"),
                        CurveChart.WIDTH,
                        CurveChart.HEIGHT);
                page.add(plot, curves);
            }
        }
        for (JmhSuite suite : JmhSuite.values()) {
            List<JmhFigure> figures = report.figuresOf(suite);
            if (!figures.isEmpty()) {
                Charts.write(
                        TimesChart.of(suite, figures),
                        folder.resolve(suite.id() + ".png"),
                        TimesChart.WIDTH,
                        TimesChart.height(figures));
                page.add(suite, figures);
            }
        }
        Files.writeString(folder.resolve("README.md"), page.text());
    }
}
