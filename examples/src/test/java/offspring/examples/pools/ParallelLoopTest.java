package offspring.examples.pools;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ParallelLoopTest {

    @Test
    void shouldDoEveryRoundThatDoesNotFail() {
        ExampleRun run = ExampleRun.here("parallelize", "--rounds", "5");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactly(
                        "squares:   [0, 1, 4, 9, 16]",
                        "one round has failed: / by zero",
                        "quotients: [0, 100, 50, 33, 25]");
    }

    @Test
    void shouldRefuseWhenNobodyWorks() {
        assertThat(ExampleRun.here("parallelize", "--workers", "0").errors())
                .contains("--workers must be 1 to 16, but is 0");
    }
}
