package offspring.examples.messages;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class QueueOfTwoTest {

    @Test
    void shouldConsumeInOrderWhatTheOtherProcessProduced() throws Exception {
        ExampleRun run = ExampleRun.asProgram("process-queue", "--items", "3");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactly("received 0", "received 1", "received 2", "both have ended; the queue is empty: true");
    }

    @Test
    void shouldRefuseWhenTheCountIsNegative() {
        assertThat(ExampleRun.here("process-queue", "--items", "-1").errors())
                .contains("--items must be 0 to 100000, but is -1");
    }
}
