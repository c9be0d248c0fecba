package offspring.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import offspring.benchmarks.compare.Table;
import offspring.benchmarks.jmh.suites.JmhFigure;
import offspring.benchmarks.jmh.suites.JmhFigure.Label;
import offspring.benchmarks.jmh.suites.JmhSuite;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** JMH's times as lying bars in groups, each with its confidence interval and its words. */
final class TimesChart {

    static final int WIDTH = 1000;
    private static final int HEIGHT_OF_BAR = 24;
    private static final int HEIGHT_OF_REST = 150;

    /** How many times the largest median. */
    private static final double FAR = 3;

    /** The last number of the axis is half as wide. */
    private static final int RIGHT_MARGIN = 30;

    private TimesChart() {}

    static int height(List<JmhFigure> figures) {
        long groups = figures.stream()
                .map(figure -> figure.label().place())
                .distinct()
                .count();
        long lines =
                figures.stream().map(figure -> figure.label().line()).distinct().count();
        return HEIGHT_OF_REST + (int) (HEIGHT_OF_BAR * groups * lines);
    }

    /** The chart of a suite's figures; at least one. */
    static JFreeChart of(JmhSuite suite, List<JmhFigure> figures) {
        DefaultCategoryDataset bars = new DefaultCategoryDataset();
        Map<Label, JmhFigure.Score> scores = new LinkedHashMap<>();
        double least = Double.MAX_VALUE;
        double most = longest(figures);
        for (JmhFigure figure : figures) {
            double nanos = mean(figure.score());
            scores.put(figure.label(), figure.score());
            bars.addValue(
                    Math.min(nanos, most), figure.label().line(), figure.label().place());
            least = Math.min(least, nanos);
        }
        CategoryAxis names = new CategoryAxis();
        names.setTickLabelFont(Charts.font(12));
        names.setMaximumCategoryLabelWidthRatio(0.4f);
        names.setCategoryMargin(0.2);
        names.setLowerMargin(0.02);
        names.setUpperMargin(0.02);
        CategoryPlot plot = new CategoryPlot(bars, names, axis(suite, least, most), new Bars(scores, most));
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.setRangeGridlinePaint(Charts.GRID);
        JFreeChart chart = Charts.chart(suite.title(), plot);
        chart.setPadding(new RectangleInsets(4, 4, 4, RIGHT_MARGIN));
        if (bars.getRowCount() == 1) {
            chart.removeLegend();
        }
        return chart;
    }

    /** With room for the words at the bars' ends; a logarithmic one begins at a power of ten below the smallest bar. */
    private static ValueAxis axis(JmhSuite suite, double least, double most) {
        if (suite.form() == JmhSuite.Form.LINEAR) {
            return Charts.axis(new Plot.Axis("time per operation", 0, Table::time), 0, most * 1.25);
        }
        double floor = Math.pow(10, Math.floor(Math.log10(least)) - 0.3);
        double room = Math.pow(most / floor, 0.3);
        return Charts.axis(new Plot.Axis("time per operation", 10, Table::time), floor, most * room);
    }

    /**
     * The longest time that is drawn. A bar or an interval beyond it is cut, and its words tell it: intervals wider than the time
     * itself, and means that a single iteration has made many times as long as all the others.
     */
    private static double longest(List<JmhFigure> figures) {
        double most = 0;
        double typical = 0;
        for (JmhFigure figure : figures) {
            JmhFigure.Score score = figure.score();
            double nanos = mean(score);
            most = Math.max(most, nanos + Math.min(nanos, error(score)));
            typical = Math.max(typical, score.nanos(score.percentiles().getOrDefault("p50", score.mean())));
        }
        return Math.min(most, FAR * typical);
    }

    private static double mean(JmhFigure.Score score) {
        return score.nanos(score.mean());
    }

    private static double error(JmhFigure.Score score) {
        return score.nanos(Objects.requireNonNullElse(score.error(), 0.0));
    }

    /** Time and error, as far as there is one. */
    static String words(JmhFigure.Score score) {
        String mean = Table.time(mean(score));
        return score.error() == null ? mean : mean + " ± " + Table.time(error(score));
    }

    /** Bars with a thin line from one end of the interval to the other, and words to the right of both. */
    private static final class Bars extends BarRenderer {

        private static final long serialVersionUID = 1L;
        private static final int GAP = 5;
        private static final double CAP = 3;

        private final transient Map<Label, JmhFigure.Score> scores;
        private final double most;

        Bars(Map<Label, JmhFigure.Score> scores, double most) {
            this.scores = scores;
            this.most = most;
            setBarPainter(new StandardBarPainter());
            setShadowVisible(false);
            setDrawBarOutline(false);
            setItemMargin(0.08);
            long lines = scores.keySet().stream().map(Label::line).distinct().count();
            for (int line = 0; line < lines; line++) {
                setSeriesPaint(line, Charts.colour(line));
            }
        }

        @Override
        public void drawItem(
                Graphics2D graphics,
                CategoryItemRendererState state,
                Rectangle2D area,
                CategoryPlot plot,
                CategoryAxis names,
                ValueAxis times,
                CategoryDataset data,
                int row,
                int column,
                int pass) {
            super.drawItem(graphics, state, area, plot, names, times, data, row, column, pass);
            JmhFigure.Score score =
                    scores.get(new Label((String) data.getColumnKey(column), (String) data.getRowKey(row)));
            if (score == null) {
                return;
            }
            double top = calculateBarW0(plot, plot.getOrientation(), area, names, state, row, column);
            double middle = top + state.getBarWidth() / 2;
            double nanos = mean(score);
            double left = x(times, Math.min(most, Math.max(times.getLowerBound(), nanos - error(score))), area, plot);
            double right = x(times, Math.min(most, nanos + error(score)), area, plot);
            graphics.setPaint(Color.BLACK);
            graphics.setStroke(new BasicStroke(1));
            graphics.draw(new Line2D.Double(left, middle, right, middle));
            graphics.draw(new Line2D.Double(left, middle - CAP, left, middle + CAP));
            if (nanos + error(score) <= most) {
                graphics.draw(new Line2D.Double(right, middle - CAP, right, middle + CAP));
            }
            graphics.setFont(Charts.font(11));
            graphics.setPaint(Color.DARK_GRAY);
            TextUtils.drawAlignedString(
                    words(score), graphics, (float) right + GAP, (float) middle, TextAnchor.CENTER_LEFT);
        }

        private static double x(ValueAxis times, double nanos, Rectangle2D area, CategoryPlot plot) {
            RectangleEdge edge = plot.getRangeAxisEdge();
            return times.valueToJava2D(nanos, area, edge);
        }
    }
}
