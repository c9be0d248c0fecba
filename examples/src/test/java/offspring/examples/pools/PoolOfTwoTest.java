package offspring.examples.pools;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class PoolOfTwoTest {

    @Test
    void shouldGiveTheResultsInTheOrderOfTheTasks() throws Exception {
        ExampleRun run = ExampleRun.asProgram("pool-of-two", "--unit", "0.01");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines()).hasSize(13);
        assertThat(run.lines().subList(0, 8))
                .contains("Task-1 begins, and takes 4 units of time", "Task-4 ends")
                .doesNotHaveDuplicates();
        assertThat(run.lines().subList(8, 13))
                .containsExactly(
                        "results, in the order of the tasks:",
                        "Task-1 is done",
                        "Task-2 is done",
                        "Task-3 is done",
                        "Task-4 is done");
    }

    @Test
    void shouldRefuseWhenNobodyWorks() {
        assertThat(ExampleRun.here("pool-of-two", "--workers", "0").errors())
                .contains("--workers must be 1 to 16, but is 0");
    }
}
