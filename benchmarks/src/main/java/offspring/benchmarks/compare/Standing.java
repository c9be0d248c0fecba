package offspring.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How ours stands beside one entrant, in one figure of one row: a line of the table. Times are nanoseconds per operation.
 *
 * @param row the row's id
 * @param title the row's title
 * @param figure which figure
 * @param rival the entrant's name, or null if there was nobody to compare with
 * @param rivalTimes the rival's times, or null likewise
 * @param oursTimes our times
 * @param shareOfRival our time divided by the rival's, round by round, or null likewise
 * @param goal the goal's text, or null if this line is not judged
 * @param met whether it is met, or null likewise
 * @param samples every turn's time, by round
 */
public record Standing(
        String row,
        String title,
        Figure figure,
        @Nullable String rival,
        @Nullable Summary rivalTimes,
        Summary oursTimes,
        @Nullable Summary shareOfRival,
        @Nullable String goal,
        @Nullable Boolean met,
        Samples samples) {

    /**
     * The times behind the summaries.
     *
     * @param rival the rival's, by round; empty if there was none
     * @param ours ours, by round
     */
    public record Samples(List<Double> rival, List<Double> ours) {

        public Samples {
            rival = List.copyOf(rival);
            ours = List.copyOf(ours);
        }
    }

    /** Ours alone, for want of a rival on this machine. */
    static Standing alone(Row row, Figure figure, List<Double> ours) {
        return new Standing(
                row.id(),
                row.title(),
                figure,
                null,
                null,
                Summary.of(ours),
                null,
                null,
                null,
                new Samples(List.of(), ours));
    }

    /**
     * Ours beside a rival; rounds stand at the same places of both lists.
     *
     * @param goal what the median of the shares has to meet, or null
     */
    static Standing beside(Row row, Figure figure, String rival, Samples samples, @Nullable Goal goal) {
        if (samples.rival().size() != samples.ours().size()) {
            throw new IllegalArgumentException("the rounds do not pair up: " + samples);
        }
        List<Double> shares = new ArrayList<>();
        for (int round = 0; round < samples.ours().size(); round++) {
            shares.add(samples.ours().get(round) / samples.rival().get(round));
        }
        Summary share = Summary.of(shares);
        return new Standing(
                row.id(),
                row.title(),
                figure,
                rival,
                Summary.of(samples.rival()),
                Summary.of(samples.ours()),
                share,
                goal == null ? null : goal.text(),
                goal == null ? null : goal.met(share.median()),
                samples);
    }
}
