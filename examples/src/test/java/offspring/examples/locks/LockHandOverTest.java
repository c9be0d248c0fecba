package offspring.examples.locks;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class LockHandOverTest {

    @Test
    void shouldHandTheLockOver() {
        ExampleRun run = ExampleRun.here("lock-hand-over");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "main has taken the lock",
                        "the other thread prepares something",
                        "main has the lock again; ready: true");
    }
}
