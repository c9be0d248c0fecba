package offspring.examples.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ParallelFunctionTest {

    @Test
    void shouldComputeInOtherProcesses() throws Exception {
        ExampleRun run = ExampleRun.asProgram("parallel", "--n", "11"); // its processes end with the program

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(4);
        assertThat(run.lines().get(1)).startsWith("fibonacci(10) = 55, computed by process ");
        assertThat(run.lines().get(2)).startsWith("fibonacci(11) = 89, computed by process ");
        List<String> processes = run.lines().stream()
                .skip(1)
                .map(line -> line.substring(line.lastIndexOf(' ')))
                .toList();
        assertThat(processes.get(2)).isNotIn(processes.subList(0, 2));
    }

    @Test
    void shouldRefuseWhenTheNumberIsTooLarge() {
        assertThat(ExampleRun.here("parallel", "--n", "99").errors()).contains("--n must be 1 to 45, but is 99");
    }
}
