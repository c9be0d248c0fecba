package offspring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Parallel} finds the processes, whatever way it is that services are found by. */
class ParallelTest {

    private static final String APP = ParallelApp.class.getName();

    @TempDir
    Path folder;

    @Test
    void shouldRunInProcessesOnTheModulePath() throws Exception {
        assertInProcesses(
                Started.in(folder).run("-p", Artifacts.path(Artifacts.all()), "-m", "offspring.integration/" + APP));
    }

    @Test
    void shouldRunInProcessesFromAShadedJar() throws Exception {
        assertInProcesses(Started.in(folder).run("-cp", Artifacts.shaded().toString(), APP));
    }

    private static void assertInProcesses(Started.Result result) {
        assertThat(result.out()).as(result.err()).containsExactly("parallel: in another process");
        assertThat(result.exitCode()).isZero();
    }
}
