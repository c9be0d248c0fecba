package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import offspring.multiprocessing.storm.PoolCallers;
import offspring.multiprocessing.storm.PoolKills;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The storms over pools, for some seconds; the module {@code stress} has them for minutes. */
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class ProcessPoolStormTest {

    private static final int TASKS = 160;

    @Test
    void shouldGiveEveryTaskItsOutcomeWhileWorkersAreKilled(@TempDir Path folder) throws Exception {
        PoolKills.Outcome outcome = PoolKills.storm(folder, TASKS, 20261120L);

        assertThat(outcome.tasks()).isEqualTo(TASKS);
        assertThat(outcome.returned()).isBetween(TASKS / 4, TASKS);
        assertThat(outcome.lost()).isPositive();
        assertThat(outcome.pools()).isGreaterThan(1);
    }

    @Test
    void shouldAnswerEveryCallerWhenManyThreadsCallFewWorkers() throws Exception {
        int pools = 3;
        int turns = 40;

        long calls = PoolCallers.storm(pools, turns, 20261128L);

        assertThat(calls).isGreaterThan((long) pools * turns);
    }
}
