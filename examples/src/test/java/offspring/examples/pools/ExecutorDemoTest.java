package offspring.examples.pools;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ExecutorDemoTest {

    @Test
    void shouldTakeTheResultsInOrder() {
        ExampleRun run = ExampleRun.here("executor-demo", "--unit", "0.002");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(17).allMatch(line -> line.matches("\\[\\d\\d:\\d\\d:\\d\\d\\.\\d{3}] .*"));
        assertThat(run.lines().stream().map(line -> line.substring(15)).filter(line -> line.startsWith("result")))
                .containsExactly("result 0: 0", "result 1: 10", "result 2: 20", "result 3: 30", "result 4: 40");
    }

    @Test
    void shouldRefuseWhenNobodyWorks() {
        assertThat(ExampleRun.here("executor-demo", "--workers", "0").errors())
                .contains("--workers must be 1 to 1000, but is 0");
        assertThat(ExampleRun.here("executor-demo", "--unit", "1e9").exitCode()).isEqualTo(2);
    }
}
