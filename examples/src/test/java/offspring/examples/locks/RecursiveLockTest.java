package offspring.examples.locks;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class RecursiveLockTest {

    @Test
    void shouldTakeTheRecursiveLockAgainButNotThePlainOne() {
        ExampleRun run = ExampleRun.here("rlock");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "a Lock is taken again: false",
                        "an RLock is taken on level 1",
                        "an RLock is taken on level 2",
                        "an RLock is taken on level 3",
                        "all levels given back; locked: false");
    }
}
