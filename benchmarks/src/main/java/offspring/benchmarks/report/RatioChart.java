package offspring.benchmarks.report;

import java.awt.Color;
import java.awt.Paint;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import offspring.benchmarks.compare.Figure;
import offspring.benchmarks.compare.Standing;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.compare.Table;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** How often ours fits into the rival's time: a bar for each rival, to the right of 1 where ours is faster. */
final class RatioChart {

    static final int WIDTH = 1200;
    private static final int HEIGHT_OF_BAR = 24;
    private static final int HEIGHT_OF_REST = 150;

    private static final Plot.Axis RATIO =
            new Plot.Axis("rival's time / our time (more than 1: ours is faster)", 10, RatioChart::tick);

    private RatioChart() {}

    static int height(List<Standing> standings) {
        return HEIGHT_OF_REST + HEIGHT_OF_BAR * standings.size();
    }

    /** The chart of the lines that have a rival; at least one. */
    static JFreeChart of(String title, List<Standing> standings) {
        DefaultCategoryDataset bars = new DefaultCategoryDataset();
        double least = 1;
        double most = 1;
        for (Standing standing : standings) {
            double speed = 1 / share(standing).median();
            bars.addValue(speed, "ours", label(standing));
            least = Math.min(least, speed);
            most = Math.max(most, speed);
        }
        CategoryAxis names = new CategoryAxis();
        names.setTickLabelFont(Charts.font(12));
        names.setMaximumCategoryLabelWidthRatio(0.55f);
        names.setCategoryMargin(0.25);
        names.setLowerMargin(0.01);
        names.setUpperMargin(0.01);
        // room for the words at the bars' ends
        double room = Math.pow(most / least, 0.6) * 1.5;
        ValueAxis ratios = Charts.axis(RATIO, least, most * room);
        CategoryPlot plot = new CategoryPlot(bars, names, ratios, new Bars(standings));
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(org.jfree.chart.axis.AxisLocation.BOTTOM_OR_LEFT);
        plot.setRangeGridlinePaint(Charts.GRID);
        plot.addRangeMarker(Charts.lineAtOne());
        LegendItemCollection legend = new LegendItemCollection();
        if (standings.stream().anyMatch(RatioChart::besidePython)) {
            legend.add(new LegendItem("beside CPython", Charts.colour(0)));
        }
        if (!standings.stream().allMatch(RatioChart::besidePython)) {
            legend.add(new LegendItem("beside a program of the JVM", Charts.colour(1)));
        }
        plot.setFixedLegendItems(legend);
        return Charts.chart(title, plot);
    }

    static String label(Standing standing) {
        String figure =
                standing.figure() == Figure.WARM ? "" : ", " + standing.figure().title();
        return standing.title() + figure + " · " + standing.rival();
    }

    /** The first digit, in its place. */
    static String digits(double ratio) {
        return new BigDecimal(ratio)
                .round(new MathContext(1))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A ratio beside the axis; large ones in thousands and millions, since their labels would run into each other. */
    static String tick(double ratio) {
        if (ratio < 10_000) {
            return digits(ratio) + "×";
        }
        return ratio < 1e6 ? digits(ratio / 1e3) + " k×" : digits(ratio / 1e6) + " M×";
    }

    private static boolean besidePython(Standing standing) {
        return Objects.requireNonNullElse(standing.rival(), "").startsWith("CPython");
    }

    private static Summary share(Standing standing) {
        return Objects.requireNonNull(standing.shareOfRival(), "only lines that have a rival are drawn");
    }

    /** Bars from 1 on, coloured by the kind of rival, each with its words. */
    private static final class Bars extends BarRenderer {

        private static final long serialVersionUID = 1L;

        private final transient List<Standing> standings;

        Bars(List<Standing> standings) {
            this.standings = standings;
            setBase(1);
            setBarPainter(new StandardBarPainter());
            setShadowVisible(false);
            setDrawBarOutline(false);
            setDefaultItemLabelGenerator(new Words(standings));
            setDefaultItemLabelsVisible(true);
            setDefaultItemLabelFont(Charts.font(11));
            setDefaultItemLabelPaint(Color.DARK_GRAY);
            setDefaultPositiveItemLabelPosition(
                    new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
            setDefaultNegativeItemLabelPosition(
                    new ItemLabelPosition(ItemLabelAnchor.OUTSIDE9, TextAnchor.CENTER_RIGHT));
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            return Charts.colour(besidePython(standings.get(column)) ? 0 : 1);
        }
    }

    /** The ratio and its spread. */
    private record Words(List<Standing> standings) implements CategoryItemLabelGenerator {

        @Override
        public String generateRowLabel(CategoryDataset dataset, int row) {
            return "ours";
        }

        @Override
        public String generateColumnLabel(CategoryDataset dataset, int column) {
            return label(standings.get(column));
        }

        @Override
        public String generateLabel(CategoryDataset dataset, int row, int column) {
            Summary share = share(standings.get(column));
            return Table.ratio(share.median()) + " " + Table.spread(share);
        }
    }
}
