package offspring.benchmarks.curves;

import java.time.Duration;

/** How much time the curves take. */
public enum Scale {

    /** Less than half an hour on two processors, with the rows of {@code compare}. */
    FULL(5, Duration.ofMillis(170), Duration.ofMillis(800), Duration.ofSeconds(3), 1_000_000, 64),

    /** A few minutes. */
    QUICK(1, Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20), 100_000, 8);

    private final int rounds;
    private final Duration turn;
    private final Duration warmUp;
    private final Duration warmUpOfRows;
    private final int mostCalls;
    private final int mostWorkers;

    Scale(int rounds, Duration turn, Duration warmUp, Duration warmUpOfRows, int mostCalls, int mostWorkers) {
        this.rounds = rounds;
        this.turn = turn;
        this.warmUp = warmUp;
        this.warmUpOfRows = warmUpOfRows;
        this.mostCalls = mostCalls;
        this.mostWorkers = mostWorkers;
    }

    /** How often each figure is measured. */
    public int rounds() {
        return rounds;
    }

    /** About how long one turn lasts. */
    public Duration turn() {
        return turn;
    }

    /** How long the same work goes on before the first turn. */
    public Duration warmUp() {
        return warmUp;
    }

    /** The same for the rows of the comparison, each of which begins with a JVM that has done nothing. */
    public Duration warmUpOfRows() {
        return warmUpOfRows;
    }

    /** The largest number of calls at once. */
    int mostCalls() {
        return mostCalls;
    }

    /** The largest pool. */
    int mostWorkers() {
        return mostWorkers;
    }

    /** How long a task's size is searched at most: until turns agree, which a busy machine never does. */
    Duration patience() {
        return warmUp.multipliedBy(2).plusSeconds(2);
    }
}
