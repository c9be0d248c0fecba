package offspring.examples.pools;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ParallelFunctionTest {

    @Test
    void shouldComputeInOtherProcesses() {
        ExampleRun run = ExampleRun.here("parallel", "--n", "11");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines()).hasSize(4);
        assertThat(run.lines().get(1)).startsWith("fibonacci(10) = 55, computed by process ");
        assertThat(run.lines().get(2)).startsWith("fibonacci(11) = 89, computed by process ");
        String here = " " + ProcessHandle.current().pid();
        assertThat(run.lines().get(3)).endsWith(here);
        assertThat(run.lines().subList(1, 3)).noneMatch(line -> line.endsWith(here));
    }

    @Test
    void shouldRefuseWhenTheNumberIsTooLarge() {
        assertThat(ExampleRun.here("parallel", "--n", "99").errors()).contains("--n must be 1 to 45, but is 99");
    }
}
