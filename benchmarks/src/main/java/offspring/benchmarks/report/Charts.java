package offspring.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** What all pictures have in common: colours, fonts, axes, files. */
final class Charts {

    static final Color GRID = new Color(0xDDDDDD);

    /** Apart for the colour-blind too. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x555555));

    /** Pixels of the file for one of the picture: letters stay sharp on dense screens. */
    private static final int SCALE = 2;

    private Charts() {}

    static Color colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    static Font font(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    /** A chart around a plot, in the house's dress. */
    static JFreeChart chart(String title, org.jfree.chart.plot.Plot plot) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlinePaint(GRID);
        JFreeChart chart = new JFreeChart(title, font(16), plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getLegend().setPosition(RectangleEdge.BOTTOM);
        chart.getLegend().setItemFont(font(12));
        chart.getRenderingHints().put(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return chart;
    }

    /** The line at 1: as fast as the other. */
    static ValueMarker lineAtOne() {
        return new ValueMarker(1, Color.BLACK, new BasicStroke(1.5f));
    }

    /** An upright line with words to its right. */
    static ValueMarker line(double at, String words) {
        ValueMarker line = new ValueMarker(at, Color.GRAY, new BasicStroke(1.5f));
        line.setLabel(words);
        line.setLabelFont(font(12));
        line.setLabelBackgroundColor(Color.WHITE);
        line.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
        line.setLabelTextAnchor(TextAnchor.TOP_LEFT);
        return line;
    }

    /** A linear axis from 0, or a logarithmic one, that shows all numbers from the smallest to the largest. */
    static ValueAxis axis(Plot.Axis axis, double smallest, double largest) {
        NumberAxis linear = new NumberAxis(axis.title());
        ValueAxis made = linear;
        if (axis.base() == 0) {
            linear.setRange(0, largest * 1.1);
            linear.setNumberFormatOverride(new Format(axis.format()));
        } else {
            LogAxis log = new LogAxis(axis.title());
            log.setBase(axis.base());
            log.setTickUnit(new NumberTickUnit(unit(axis.base(), smallest, largest)));
            log.setMinorTickMarksVisible(false);
            log.setNumberFormatOverride(new Format(axis.format()));
            double margin = Math.pow(largest / smallest, 0.04) * 1.1;
            log.setRange(smallest / margin, largest * margin);
            made = log;
        }
        made.setTickLabelFont(font(12));
        made.setLabelFont(font(13));
        return made;
    }

    /** How many powers lie between two labels: at most about a dozen labels. */
    static int unit(int base, double smallest, double largest) {
        double powers = Math.log(largest / smallest) / Math.log(base);
        return Math.max(1, (int) Math.ceil(powers / 12));
    }

    static void write(JFreeChart chart, Path file, int width, int height) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            ChartUtils.writeScaledChartAsPNG(out, chart, width, height, SCALE, SCALE);
        }
    }

    /** Writes numbers as a function says. */
    private static final class Format extends NumberFormat {

        private static final long serialVersionUID = 1L;

        private final transient DoubleFunction<String> format;

        Format(DoubleFunction<String> format) {
            this.format = format;
        }

        @Override
        public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
            return to.append(format.apply(number));
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
            return to.append(format.apply((double) number));
        }

        @Override
        public Number parse(String source, ParsePosition position) {
            throw new UnsupportedOperationException("labels are written, not read");
        }
    }
}
