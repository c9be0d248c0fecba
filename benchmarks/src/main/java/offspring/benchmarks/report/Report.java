package offspring.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import offspring.benchmarks.compare.Standing;
import offspring.benchmarks.curves.Curve;
import offspring.benchmarks.jmh.suites.JmhFigure;
import offspring.benchmarks.jmh.suites.JmhSuite;

/**
 * All that was measured: what {@code results.json} holds, and enough to draw the pages again.
 *
 * @param machine where and when
 * @param quick whether rounds were few and short, so that the figures are for looking only
 * @param rounds how often each figure was measured
 * @param standings ours beside each rival
 * @param curves speed-up and growth
 * @param jmh what JMH found; none in reports that are older than it
 * @param failures what could not be measured, and why
 */
record Report(
        Machine machine,
        boolean quick,
        int rounds,
        List<Standing> standings,
        List<Curve> curves,
        List<JmhFigure> jmh,
        List<String> failures) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    Report {
        standings = List.copyOf(standings);
        curves = List.copyOf(curves);
        jmh = List.copyOf(jmh);
        failures = List.copyOf(failures);
    }

    static Report readFrom(Path file) throws IOException {
        ObjectNode tree = JSON.readValue(file.toFile(), ObjectNode.class);
        tree.withArray("jmh");
        return JSON.treeToValue(tree, Report.class);
    }

    void writeTo(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    /** This report, where a newer one has nothing; rows, pictures and suites that it has are replaced as a whole. */
    Report updatedBy(Report newer) {
        return new Report(
                newer.machine,
                quick,
                rounds,
                merged(standings, newer.standings, Standing::row),
                merged(curves, newer.curves, Curve::plot),
                merged(jmh, newer.jmh, JmhFigure::suite),
                Stream.concat(failures.stream(), newer.failures.stream())
                        .distinct()
                        .toList());
    }

    /** New figures stand where the old ones of their part stood, and those of new parts at the end. */
    private static <T> List<T> merged(List<T> older, List<T> newer, Function<T, String> part) {
        Map<String, List<T>> parts = new LinkedHashMap<>();
        older.forEach(one ->
                parts.computeIfAbsent(part.apply(one), key -> new ArrayList<>()).add(one));
        newer.stream().map(part).distinct().forEach(key -> parts.put(key, new ArrayList<>()));
        newer.forEach(one ->
                parts.computeIfAbsent(part.apply(one), key -> new ArrayList<>()).add(one));
        return parts.values().stream().flatMap(List::stream).toList();
    }

    /** The lines of one picture. */
    List<Curve> curvesOf(Plot plot) {
        return curves.stream().filter(curve -> curve.plot().equals(plot.id())).toList();
    }

    /** The figures of one suite, ours first. */
    List<JmhFigure> figuresOf(JmhSuite suite) {
        return jmh.stream()
                .filter(figure -> figure.suite().equals(suite.id()))
                .sorted(Comparator.comparing(figure -> !figure.label().isOurs()))
                .toList();
    }
}
