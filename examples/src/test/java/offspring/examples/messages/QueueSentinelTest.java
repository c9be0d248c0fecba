package offspring.examples.messages;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class QueueSentinelTest {

    @Test
    void shouldEndEveryConsumerWithASentinelOfItsOwn() throws Exception {
        ExampleRun run = ExampleRun.asProgram("queue-sentinel", "--items", "2", "--consumers", "2");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .hasSize(5)
                .contains("consumer 1 ends", "consumer 2 ends")
                .endsWith("all consumers have ended");
    }

    @Test
    void shouldRefuseWhenNobodyConsumes() {
        assertThat(ExampleRun.here("queue-sentinel", "--consumers", "0").exitCode())
                .isEqualTo(2);
    }
}
