package offspring.examples.processes;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class GilProcessesTest {

    @Test
    void shouldMeasureOneThreadAndTwoProcesses() {
        ExampleRun run = ExampleRun.here("gil-processes", "--count", "1000000");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().get(1))
                .matches("two processes:      \\d+\\.\\d{3} s with their start, \\d+\\.\\d times as fast");
    }

    @Test
    void shouldRefuseWhenThereIsNothingToCount() {
        assertThat(ExampleRun.here("gil-processes", "--count", "-5").exitCode()).isEqualTo(2);
    }
}
