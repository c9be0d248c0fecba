package offspring.examples.processes;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ProcessStartTest {

    @Test
    void shouldWaitForTheEndOfTheProcess() throws Exception {
        ExampleRun run = ExampleRun.asProgram("process-start", "--seconds", "0.001");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactlyInAnyOrder(
                        "the main program waits",
                        "the process begins",
                        "the process ends",
                        "the main program has ended; exit code of the process: 0");
        assertThat(run.lines().get(3)).startsWith("the main program has ended");
    }

    @Test
    void shouldRefuseWhenTheTimeMakesNoSense() {
        assertThat(ExampleRun.here("process-start", "--seconds", "0").errors())
                .contains("--seconds must be more than 0");
    }
}
