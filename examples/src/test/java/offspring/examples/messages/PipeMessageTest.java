package offspring.examples.messages;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class PipeMessageTest {

    @Test
    void shouldReceiveWhatTheProcessHasSent() {
        ExampleRun run = ExampleRun.here("pipe-message");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines()).containsExactly("the process has sent [data, 123, true]");
    }
}
