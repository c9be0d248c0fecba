package offspring.examples.life;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import offspring.examples.NoChildLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(NoChildLeft.class)
class MonteCarloTest {

    @Test
    void shouldCountEveryWalkOfAllProcesses() {
        ExampleRun run = ExampleRun.here("monte-carlo", "--walks", "54321");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.lines())
                .hasSize(12)
                .last()
                .asString()
                .startsWith("108642 walks of 64 steps end ")
                .containsPattern("end (7\\.9|8\\.0)\\d steps from home; theory says 8.00");
        assertThat(run.lines().get(5)).startsWith("  +0 ").endsWith(" " + "#".repeat(50));
    }
}
