package offspring.examples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ClockThreadClassTest {

    @Test
    void shouldTellTheTimeAsOftenAsAsked() {
        ExampleRun run = ExampleRun.here("clock-thread-class", "--interval", "0.001", "--ticks", "2");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(3).endsWith("clock is alive: false");
        assertThat(run.lines().subList(0, 2)).allMatch(line -> line.startsWith("the time is "));
    }

    @Test
    void shouldRefuseWhenOptionsMakeNoSense() {
        assertThat(ExampleRun.here("clock-thread-class", "--interval", "0").exitCode())
                .isEqualTo(2);
        assertThat(ExampleRun.here("clock-thread-class", "--interval", "NaN").exitCode())
                .isEqualTo(2);
        assertThat(ExampleRun.here("clock-thread-class", "--ticks", "0").errors())
                .contains("--ticks must be 1 to 1000, but is 0");
    }
}
