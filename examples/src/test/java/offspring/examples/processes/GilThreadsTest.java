package offspring.examples.processes;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class GilThreadsTest {

    @Test
    void shouldMeasureOneThreadAndTwo() {
        ExampleRun run = ExampleRun.here("gil-threads", "--count", "1000000");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().get(0)).matches("one thread, twice:  \\d+\\.\\d{3} s");
        assertThat(run.lines().get(1)).matches("two threads:        \\d+\\.\\d{3} s, \\d+\\.\\d times as fast");
    }

    @Test
    void shouldRefuseWhenThereIsNothingToCount() {
        assertThat(ExampleRun.here("gil-threads", "--count", "0").errors()).contains("--count must be 1 to 2147483647");
    }
}
