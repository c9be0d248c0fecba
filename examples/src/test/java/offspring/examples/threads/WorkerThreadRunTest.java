package offspring.examples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class WorkerThreadRunTest {

    @Test
    void shouldWorkOnEverythingBeforeItIsClosed() {
        ExampleRun run = ExampleRun.here("worker-thread");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "the thread 'worker' works on hello",
                        "the thread 'worker' works on world",
                        "everything is done");
    }
}
