package offspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import offspring.benchmarks.programs.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's side of the curves. */
@Timeout(120)
class PythonProgramsTest {

    @Test
    void shouldRunEveryFunctionThatTakesNumbers() throws Exception {
        try (PythonPrograms programs = PythonPrograms.open("python3")) {
            assumeTrue(programs.areHere(), "there is no python3 here");
            check(programs.start("pipe_bytes", 100_000));
            check(programs.start("pool_echo_bytes", 100_000));
            check(programs.start("pool_map_of", 2, 10));
            check(programs.start("submit_at_once", 2, 10));
        }
    }

    /** More operations than go at once, and not a multiple of them. */
    private static void check(Program started) throws Exception {
        try (Program program = started) {
            assertThat(program.run(25)).isPositive();
        }
    }

    @Test
    void shouldBeAbsentWhenThereIsNoPython() throws IOException, InterruptedException {
        try (PythonPrograms programs = PythonPrograms.open("no-such-python")) {
            assertThat(programs.areHere()).isFalse();
            assertThatIOException().isThrownBy(() -> programs.start("pipe_bytes", 8));
        }
    }
}
