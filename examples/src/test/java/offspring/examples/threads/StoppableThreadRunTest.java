package offspring.examples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class StoppableThreadRunTest {

    @Test
    void shouldRestWhenSuspendedAndEndWhenTerminated() {
        ExampleRun run = ExampleRun.here("stoppable-thread");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "it runs: at least 3 steps are made",
                        "it rests: 0 steps more, moved: false",
                        "it runs again",
                        "it has ended; alive: false");
    }
}
