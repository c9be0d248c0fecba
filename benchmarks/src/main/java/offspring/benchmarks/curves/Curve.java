package offspring.benchmarks.curves;

import java.util.List;
import offspring.benchmarks.compare.Summary;

/**
 * A line of a picture: how one figure grows.
 *
 * @param plot the id of the picture, see {@link Plot}
 * @param line what the legend calls it
 * @param points from left to right
 */
public record Curve(String plot, String line, List<Point> points) {

    /** Copies the list. */
    public Curve {
        points = List.copyOf(points);
    }

    /**
     * A point of it.
     *
     * @param x what was varied, in the unit of the picture
     * @param y what was found, in the unit of the picture: the median of the rounds and its spread
     */
    public record Point(double x, Summary y) {}
}
