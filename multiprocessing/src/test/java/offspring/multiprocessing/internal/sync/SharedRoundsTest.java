package offspring.multiprocessing.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a round ended, for one who looks much later: one thread plays all. */
class SharedRoundsTest {

    private static final int MANY = 100;

    private Cell cell;
    private SharedRounds rounds;

    @BeforeEach
    void allocate() throws Exception {
        cell = Session.current().holdings().allocate();
        rounds = new SharedRounds(cell);
        rounds.initialize(2);
    }

    @AfterEach
    void release() {
        cell.release();
    }

    private long arrive() throws InterruptedException {
        return rounds.arrive(Deadlines.NEVER).round();
    }

    private long pass() throws InterruptedException {
        long round = arrive();
        SharedRounds.Arrival last = rounds.arrive(Deadlines.NEVER);
        assertThat(last.answer()).isEqualTo(SharedRounds.Answer.RUN);
        assertThat(rounds.passed(last.round())).isTrue();
        return round;
    }

    private void reset(int times) {
        for (int i = 0; i < times; i++) {
            rounds.reset();
        }
    }

    private boolean hasPassed(long round) throws InterruptedException {
        return rounds.await(round, Deadlines.NEVER);
    }

    @Test
    void shouldSayThatARoundWasResetWhenManyWereResetAfterIt() throws Exception {
        long first = arrive();
        reset(MANY);
        assertThat(hasPassed(first)).isFalse();
        pass();
        long second = arrive();
        reset(MANY);
        assertThat(hasPassed(second)).isFalse();
    }

    @Test
    void shouldSayThatARoundPassedWhenManyWereResetAfterIt() throws Exception {
        long first = pass();
        reset(MANY);
        assertThat(hasPassed(first)).isTrue();
        long second = pass();
        reset(MANY);
        assertThat(hasPassed(second)).isTrue();
    }

    @Test
    void shouldTellHowARoundEndedWhenManyPassedAfterItAndSomeWereReset() throws Exception {
        long passed = pass();
        long reset = arrive();
        rounds.reset();
        for (int i = 0; i < MANY; i++) {
            pass();
            if (i % 20 == 0) {
                rounds.reset();
            }
        }
        assertThat(hasPassed(passed)).isTrue();
        assertThat(hasPassed(reset)).isFalse();
    }
}
