package offspring.examples.processes;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class FactorialsTest {

    @Test
    void shouldComputeEachFactorialInAProcess() throws Exception {
        ExampleRun run = ExampleRun.asProgram("factorials");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactlyInAnyOrder(
                        "the factorial of 5 is 120",
                        "the factorial of 6 is 720",
                        "the factorial of 7 is 5040",
                        "all processes have ended, with exit codes [0, 0, 0]")
                .endsWith("all processes have ended, with exit codes [0, 0, 0]");
    }

    @Test
    void shouldRefuseWhenANumberHasNoFactorial() {
        assertThat(ExampleRun.here("factorials", "--", "-1").errors())
                .contains("each number must be 0 to 1000, but is -1");
        assertThat(ExampleRun.here("factorials", "many").exitCode()).isEqualTo(2);
    }
}
