package offspring.examples.processes;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ClockProcessTest {

    @Test
    void shouldTellTheTimeInTheProcess() throws Exception {
        ExampleRun run = ExampleRun.asProgram("clock-process", "--interval", "0.001", "--ticks", "2");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines()).hasSize(3).endsWith("the clock has stopped: 0");
        assertThat(run.lines().subList(0, 2)).allMatch(line -> line.startsWith("the time is "));
    }

    @Test
    void shouldRefuseWhenOptionsMakeNoSense() {
        assertThat(ExampleRun.here("clock-process", "--ticks", "0").errors())
                .contains("--ticks must be 1 to 1000, but is 0");
        assertThat(ExampleRun.here("clock-process", "--interval", "-1").exitCode())
                .isEqualTo(2);
    }
}
