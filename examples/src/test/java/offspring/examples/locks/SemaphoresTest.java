package offspring.examples.locks;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class SemaphoresTest {

    @Test
    void shouldTakeTurns() {
        ExampleRun run = ExampleRun.here("semaphores", "--items", "2");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsExactly("produced 1", "         consumed 1", "produced 2", "         consumed 2");
    }

    @Test
    void shouldRefuseWhenNothingIsProduced() {
        assertThat(ExampleRun.here("semaphores", "--items", "0").errors()).contains("--items must be 1 to 1000000");
    }
}
