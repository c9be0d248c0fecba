package offspring.examples.locks;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class CriticalSectionTest {

    @Test
    void shouldTearNothingWhenTheLockIsHeld() {
        ExampleRun run = ExampleRun.here("critical-section", "--threads", "3");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .hasSize(3)
                .contains("try … finally:  150 pairs written, 0 torn", "with a hold:    150 pairs written, 0 torn");
        assertThat(run.lines().get(0)).startsWith("without a lock: 150 pairs written, ");
    }

    @Test
    void shouldRefuseWhenNobodyWouldWrite() {
        ExampleRun run = ExampleRun.here("critical-section", "--threads", "0");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("--threads must be 1 to 100, but is 0");
    }
}
