package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import offspring.multiprocessing.storm.QueueKills;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the others get when a process is killed or stopped that puts into a queue or gets from one. */
@ExtendWith(FamilyCheck.class)
class QueueDeathTest {

    // ---- at any instruction

    @Test
    void shouldKeepAllPromisesWhileProducersAndConsumersAreKilled(@TempDir Path folder) throws Exception {
        QueueKills.Outcome outcome = QueueKills.storm(folder, 12, 20261120L);

        assertThat(outcome.kills()).isEqualTo(12);
        assertThat(outcome.consumersKilled()).isBetween(1, 11);
        assertThat(outcome.received()).isGreaterThan(outcome.kills());
    }
}
