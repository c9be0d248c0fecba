package offspring.examples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class TimerRunTest {

    @Test
    void shouldFireOneTimerAndCancelTheOther() {
        ExampleRun run = ExampleRun.here("timer", "--after", "0.01");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsExactlyInAnyOrder(
                        "two timers run",
                        "the tea is ready",
                        "the alarm is cancelled in time: true",
                        "the tea can no longer be cancelled: true")
                .doesNotContain("time to get up");
    }

    @Test
    void shouldRefuseWhenTheTimeMakesNoSense() {
        ExampleRun run = ExampleRun.here("timer", "--after", "-1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("--after must be more than 0 and at most 3600 seconds, but is -1.0");
    }
}
