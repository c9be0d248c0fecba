package offspring.benchmarks.report;

import java.awt.BasicStroke;
import java.util.List;
import java.util.function.ToDoubleFunction;
import offspring.benchmarks.curves.Curve;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Curves as lines with their spread, or as groups of bars. */
final class CurveChart {

    static final int WIDTH = 900;
    static final int HEIGHT = 480;

    private static final BasicStroke SOLID = new BasicStroke(2);
    private static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 4}, 0);

    private CurveChart() {}

    /** The chart of the curves; at least one, and each with a point. */
    static JFreeChart of(Plot plot, List<Curve> curves, int processors) {
        return Charts.chart(
                plot.title(),
                plot.form() == Plot.Form.BARS ? bars(plot, curves, processors) : lines(plot, curves, processors));
    }

    private static XYPlot lines(Plot plot, List<Curve> curves, int processors) {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setDefaultLinesVisible(true);
        renderer.setErrorStroke(new BasicStroke(1));
        for (Curve curve : curves) {
            YIntervalSeries line = new YIntervalSeries(curve.line());
            for (Curve.Point point : curve.points()) {
                line.add(
                        point.x(),
                        point.y().median(),
                        point.y().min(),
                        point.y().max());
            }
            int index = data.getSeriesCount();
            renderer.setSeriesPaint(index, Charts.colour(index));
            renderer.setSeriesStroke(index, curve.line().startsWith("CPython") ? DASHED : SOLID);
            data.addSeries(line);
        }
        ValueAxis x = Charts.axis(plot.x(), least(curves, Curve.Point::x), most(curves, Curve.Point::x));
        ValueAxis y = Charts.axis(
                plot.y(),
                least(curves, point -> point.y().min()),
                most(curves, point -> point.y().max()));
        XYPlot made = new XYPlot(data, x, y, renderer);
        made.setDomainGridlinePaint(Charts.GRID);
        made.setRangeGridlinePaint(Charts.GRID);
        if (plot.isByWorkers()) {
            made.addDomainMarker(Charts.line(processors, "as many as processors"));
        }
        if (plot.y().base() == 0 && plot.y().title().startsWith("speed-up")) {
            made.addRangeMarker(Charts.lineAtOne());
        }
        return made;
    }

    private static CategoryPlot bars(Plot plot, List<Curve> curves, int processors) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        BarRenderer renderer = new BarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setItemMargin(0.05);
        renderer.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator(
                "{2}",
                new java.text.DecimalFormat(
                        "0.00", java.text.DecimalFormatSymbols.getInstance(java.util.Locale.ROOT))));
        renderer.setDefaultItemLabelsVisible(true);
        renderer.setDefaultItemLabelFont(Charts.font(11));
        for (Curve curve : curves) {
            renderer.setSeriesPaint(data.getRowCount(), Charts.colour(data.getRowCount()));
            for (Curve.Point point : curve.points()) {
                data.addValue(point.y().median(), curve.line(), plot.place(point.x(), processors));
            }
        }
        CategoryAxis names = new CategoryAxis(plot.x().title());
        names.setTickLabelFont(Charts.font(12));
        names.setLabelFont(Charts.font(13));
        ValueAxis values = Charts.axis(
                plot.y(), 0, Math.max(1, most(curves, point -> point.y().median())));
        CategoryPlot made = new CategoryPlot(data, names, values, renderer);
        made.setRangeGridlinePaint(Charts.GRID);
        made.addRangeMarker(Charts.lineAtOne());
        return made;
    }

    private static double least(List<Curve> curves, ToDoubleFunction<Curve.Point> number) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(number)
                .min()
                .orElseThrow();
    }

    private static double most(List<Curve> curves, ToDoubleFunction<Curve.Point> number) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(number)
                .max()
                .orElseThrow();
    }
}
