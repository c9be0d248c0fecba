package offspring.benchmarks.jmh.suites;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What JMH found of a benchmark with one set of parameters.
 *
 * @param suite the id of the {@link JmhSuite}
 * @param label what the picture calls it
 * @param benchmark class and method
 * @param params the parameters, by name
 * @param mode JMH's short name of the mode: {@code avgt}, {@code ss}
 * @param score what was found
 */
public record JmhFigure(
        String suite, Label label, String benchmark, Map<String, String> params, String mode, Score score) {

    /** Copies the parameters. */
    public JmhFigure {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /**
     * What the picture calls a figure.
     *
     * @param place the group of bars
     * @param line the bar in the group, and its colour
     */
    public record Label(String place, String line) {

        static final String OURS = "Offspring";

        /** Whether it is named for us, beside others. */
        @JsonIgnore
        public boolean isOurs() {
            return line.equals(OURS);
        }
    }

    /**
     * The mean of all samples, which are the iterations of all forks.
     *
     * @param mean JMH's score
     * @param error half the width of the 99.9 % confidence interval, or null where samples are too few
     * @param unit what both are in
     * @param percentiles of the samples, by name: {@code p50}
     */
    public record Score(double mean, @Nullable Double error, String unit, Map<String, Double> percentiles) {

        /** Copies the percentiles. */
        public Score {
            percentiles = Collections.unmodifiableMap(new LinkedHashMap<>(percentiles));
        }

        /** A time of this unit in nanoseconds. */
        public double nanos(double time) {
            return time
                    * switch (unit) {
                        case "ns/op" -> 1;
                        case "us/op" -> 1e3;
                        case "ms/op" -> 1e6;
                        case "s/op" -> 1e9;
                        default -> throw new IllegalStateException("not a time per operation: " + unit);
                    };
        }
    }
}
