package offspring.benchmarks.compare;

import java.util.Arrays;
import java.util.List;

/**
 * Several figures of the same thing, in one line.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min the smallest
 * @param max the largest
 */
public record Summary(double median, double min, double max) {

    /**
     * Sums up.
     *
     * @param figures at least one, none of them NaN
     */
    public static Summary of(List<Double> figures) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("figures must not be empty: there is no median of nothing");
        }
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        double last = sorted[sorted.length - 1];
        if (Double.isNaN(last)) {
            throw new IllegalArgumentException("figures must be numbers, but are " + figures);
        }
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Summary(median, sorted[0], last);
    }
}
