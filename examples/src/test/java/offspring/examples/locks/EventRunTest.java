package offspring.examples.locks;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class EventRunTest {

    @Test
    void shouldRunWhenTheShotIsHeard() {
        ExampleRun run = ExampleRun.here("event", "--runners", "2");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(5);
        assertThat(run.lines().subList(0, 2)).containsExactlyInAnyOrder("runner 1 is ready", "runner 2 is ready");
        assertThat(run.lines().get(2)).isEqualTo("the shot");
        assertThat(run.lines().subList(3, 5)).containsExactlyInAnyOrder("runner 1 runs", "runner 2 runs");
    }

    @Test
    void shouldRefuseWhenNobodyRuns() {
        assertThat(ExampleRun.here("event", "--runners", "0").exitCode()).isEqualTo(2);
    }
}
