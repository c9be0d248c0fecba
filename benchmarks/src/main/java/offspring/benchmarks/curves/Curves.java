package offspring.benchmarks.curves;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import offspring.benchmarks.compare.Summary;

/** The curves of one picture, while they are measured. */
final class Curves {

    private final String plot;
    private final Map<String, List<Curve.Point>> lines = new LinkedHashMap<>();

    Curves(String plot) {
        this.plot = plot;
    }

    String plot() {
        return plot;
    }

    void add(String line, double x, Summary y) {
        lines.computeIfAbsent(line, name -> new ArrayList<>()).add(new Curve.Point(x, y));
    }

    List<Curve> list() {
        return lines.entrySet().stream()
                .map(line -> new Curve(plot, line.getKey(), line.getValue()))
                .toList();
    }
}
