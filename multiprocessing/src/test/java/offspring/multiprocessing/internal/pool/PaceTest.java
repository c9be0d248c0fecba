package offspring.multiprocessing.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private final Pace pace = new Pace();

    private int next() {
        return pace.nextBatch(1_000_000, 2, Long.MAX_VALUE);
    }

    /** So many answers of calls that took so long each, in batches as they are asked for. */
    private void answers(int times, long nanosEach) {
        for (int i = 0; i < times; i++) {
            int batch = next();
            pace.learn(batch * nanosEach, batch, false);
        }
    }

    @Test
    void shouldGiveOneCallWhileNothingIsKnown() {
        assertThat(next()).isEqualTo(1);
        assertThat(next()).isEqualTo(1);
    }

    @Test
    void shouldGiveAsManyCallsAsFillTheTarget() {
        answers(10, 10 * MICRO);
        assertThat(next()).isEqualTo(Pace.TARGET_MICROS / 10);
    }

    @Test
    void shouldForgetTheFirstCallsOfWorkersWithTheNextAnswer() {
        pace.learn(20 * MILLI, 1, true);
        pace.learn(30 * MILLI, 1, true);
        assertThat(next()).isEqualTo(1);
        pace.learn(20 * MICRO, 1, false);
        assertThat(next()).as("four times as many").isEqualTo(4);
        assertThat(next()).as("as many as fill the target").isEqualTo(15);
    }

    @Test
    void shouldNotBeMovedByTheFirstCallsOfWorkersWhenMoreIsKnown() {
        answers(10, 10 * MICRO);
        pace.learn(50 * MILLI, 1, true);
        assertThat(next()).isEqualTo(30);
    }

    @Test
    void shouldHalveBatchesAtMostAfterOneSlowAnswer() {
        answers(10, 10 * MICRO);
        pace.learn(50 * MILLI, 1, false);
        assertThat(next()).isEqualTo(15);
        answers(20, 10 * MICRO);
        assertThat(next()).as("soon as before").isBetween(29, 30);
    }

    @Test
    void shouldGiveOneCallAtATimeSoonAfterCallsHaveBecomeSlow() {
        answers(10, 10 * MICRO);
        answers(8, 5 * MILLI);
        assertThat(next()).isEqualTo(1);
    }

    @Test
    void shouldLeaveSomethingForTheOtherWorkers() {
        answers(10, 1 * MICRO);
        assertThat(pace.nextBatch(20, 2, Long.MAX_VALUE)).isEqualTo(5);
        assertThat(pace.nextBatch(1_000, 2, 3))
                .as("no more than the worker may do")
                .isEqualTo(3);
    }
}
