package offspring.benchmarks.report;

import java.time.Duration;

/**
 * How much time a report takes.
 *
 * @param rounds how often each figure is measured
 * @param turn about how long one turn lasts
 * @param warmUp how long the same work goes on before the first turn
 * @param mostCalls the largest number of calls at once
 * @param largestMessage the largest message, in bytes
 * @param mostWorkers the largest pool
 */
record Scale(int rounds, Duration turn, Duration warmUp, int mostCalls, int largestMessage, int mostWorkers) {

    /** Less than half an hour on two processors. */
    static final Scale FULL = new Scale(5, Duration.ofMillis(300), Duration.ofMillis(1_500), 1_000_000, 1 << 26, 64);

    /** A few minutes. */
    static final Scale QUICK = new Scale(1, Duration.ofMillis(20), Duration.ofMillis(20), 100_000, 1 << 26, 8);
}
