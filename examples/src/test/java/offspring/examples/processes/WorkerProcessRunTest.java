package offspring.examples.processes;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class WorkerProcessRunTest {

    @Test
    void shouldServeTheSameSenderAsTheThread() throws Exception {
        ExampleRun run = ExampleRun.asProgram("worker-process");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactly(
                        "the thread 'worker' works on hello",
                        "the thread 'worker' works on world",
                        "everything is done",
                        "the process 'worker' works on hello",
                        "the process 'worker' works on world",
                        "everything is done");
    }
}
