package offspring.examples.locks;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class BarrierRunTest {

    @Test
    void shouldWaitForEachOtherAtEveryHut() {
        ExampleRun run = ExampleRun.here("barrier", "--hikers", "2", "--huts", "2");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(6);
        assertThat(run.lines().subList(0, 2))
                .containsExactlyInAnyOrder("hiker 1 arrives at hut 1", "hiker 2 arrives at hut 1");
        assertThat(run.lines().get(2)).isEqualTo("all are at hut 1");
        assertThat(run.lines().subList(3, 5))
                .containsExactlyInAnyOrder("hiker 1 arrives at hut 2", "hiker 2 arrives at hut 2");
        assertThat(run.lines().get(5)).isEqualTo("all are at hut 2");
    }

    @Test
    void shouldRefuseWhenNobodyWalks() {
        assertThat(ExampleRun.here("barrier", "--hikers", "0").exitCode()).isEqualTo(2);
        assertThat(ExampleRun.here("barrier", "--huts", "-1").exitCode()).isEqualTo(2);
    }
}
