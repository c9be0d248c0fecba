package offspring.examples.messages;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class JoinableQueueRunTest {

    @Test
    void shouldWaitUntilEveryItemIsDealtWith() throws Exception {
        ExampleRun run = ExampleRun.asProgram("joinable-queue", "--items", "3");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactly(
                        "consumer has got 1", "consumer has got 2", "consumer has got 3", "every item is dealt with");
    }

    @Test
    void shouldRefuseWhenThereIsNoItem() {
        assertThat(ExampleRun.here("joinable-queue", "--items", "0").exitCode()).isEqualTo(2);
    }
}
