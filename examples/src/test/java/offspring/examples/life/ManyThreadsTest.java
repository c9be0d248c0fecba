package offspring.examples.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ManyThreadsTest {

    @Test
    void shouldWakeAllThreadsThatWait() {
        ExampleRun run = ExampleRun.here("many-threads");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        List<String> lines = run.lines();
        if (Runtime.version().feature() >= 21) {
            assertThat(lines).hasSize(2).last().isEqualTo("10000 threads were woken, and have ended");
        } else {
            assertThat(lines).hasSize(3).last().isEqualTo("200 threads were woken, and have ended");
            assertThat(lines.get(0)).contains("has no virtual threads");
        }
        assertThat(lines.get(lines.size() - 2)).contains(" threads wait; for them the system has ");
    }
}
