package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.multiprocessing.storm.Starts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Starts and ends in a row, and the deaths of those that stand by, leave nothing behind. The long form is {@code StartStorm}. */
@ExtendWith(FamilyCheck.class)
class StartsTest {

    @Test
    void shouldStandWhereItStoodBeforeWhenManyWereStartedAndKilled() throws Exception {
        Starts.Outcome outcome = Starts.storm(10, 12, 20261120L);

        assertThat(outcome.finished() + outcome.killed()).isEqualTo(12);
        assertThat(outcome.killed()).isLessThanOrEqualTo(outcome.kills());
        assertThat(outcome.finished()).isPositive();
    }
}
