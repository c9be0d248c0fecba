package offspring.examples.messages;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class PipeClientServerTest {

    @Test
    void shouldAddNumbersAndStrings() throws Exception {
        ExampleRun run = ExampleRun.asProgram("pipe-client-server");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactly(
                        "3 + 4 = 7",
                        "0.5 + 2 = 2.5",
                        "Hello + World = HelloWorld",
                        "seven + 7 = ? a String and a Integer cannot be added",
                        "the server ends",
                        "the server has ended; exit code 0");
    }

    @Test
    void shouldNotOverflowWhenNumbersAreLarge() {
        assertThat(PipeClientServer.sum(Integer.MAX_VALUE, 1)).isEqualTo(1L + Integer.MAX_VALUE);
    }
}
