package offspring.examples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ClockThreadTest {

    @Test
    void shouldTellTheTimeAsOftenAsAsked() {
        ExampleRun run = ExampleRun.here("clock-thread", "--interval", "0.001", "--ticks", "2");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .filteredOn(line -> line.startsWith("the time is "))
                .hasSize(2);
        assertThat(run.lines())
                .anyMatch(line -> line.matches("started Thread-\\d+.*"))
                .endsWith("the clock has stopped");
    }

    @Test
    void shouldRefuseWhenOptionsMakeNoSense() {
        assertThat(ExampleRun.here("clock-thread", "--interval", "0").exitCode())
                .isEqualTo(2);
        assertThat(ExampleRun.here("clock-thread", "--interval", "NaN").exitCode())
                .isEqualTo(2);
        assertThat(ExampleRun.here("clock-thread", "--ticks", "0").errors())
                .contains("--ticks must be 1 to 1000, but is 0");
    }
}
