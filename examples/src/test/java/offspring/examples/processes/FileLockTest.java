package offspring.examples.processes;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class FileLockTest {

    @Test
    void shouldKeepEveryLineWhole() {
        ExampleRun run = ExampleRun.here("file-lock");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactlyInAnyOrder(
                        "the file has 5 lines:",
                        "begin 1 end 1",
                        "begin 2 end 2",
                        "begin 3 end 3",
                        "begin 4 end 4",
                        "begin 5 end 5");
    }

    @Test
    void shouldRefuseWhenNobodyWrites() {
        assertThat(ExampleRun.here("file-lock", "--processes", "0").errors())
                .contains("--processes must be 1 to 32, but is 0");
    }
}
