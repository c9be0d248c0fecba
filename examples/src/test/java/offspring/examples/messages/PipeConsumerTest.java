package offspring.examples.messages;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class PipeConsumerTest {

    @Test
    void shouldEndWhenNobodyHoldsTheOtherEnd() throws Exception {
        ExampleRun run = ExampleRun.asProgram("pipe-consumer", "--items", "2");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactly(
                        "received 1", "received 2", "the consumer ends", "the consumer has ended; exit code 0");
    }

    @Test
    void shouldRefuseWhenTheCountIsNegative() {
        assertThat(ExampleRun.here("pipe-consumer", "--items", "-1").exitCode()).isEqualTo(2);
    }
}
