package offspring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessPool;
import org.junit.jupiter.api.Test;

/** Children of a test, in each way in which Surefire and Failsafe give a fork its classes; the build runs it once for each. */
class SurefireForkTest {

    @Test
    @Environment("forks of Surefire and Failsafe")
    void shouldStartChildrenFromAForkOfSurefire() throws Exception {
        String fork = System.getProperty("app.fork");
        assertThat(hasNamedModule()).as("in fork " + fork).isEqualTo(fork.equals("module path"));
        assertThat(System.getProperty("sun.java.command").split(" ", 2)[0].endsWith(".jar"))
                .as("in fork " + fork)
                .isEqualTo(fork.equals("manifest jar"));

        try (Pipe pipe = Pipe.duplex()) {
            var theirs = pipe.second();
            Process child = new Process(() -> theirs.send("from a child in fork " + fork));
            child.start();
            child.join();
            assertThat(child.exitcode()).hasValue(0);
            assertThat(pipe.first().recv()).isEqualTo("from a child in fork " + fork);
        }
        try (ProcessPool pool = new ProcessPool(1)) {
            assertThat(pool.map(SurefireForkTest::square, List.of(2, 3))).containsExactly(4, 9);
        }
    }

    private static int square(int n) {
        return n * n;
    }

    private static boolean hasNamedModule() {
        return SurefireForkTest.class.getModule().isNamed();
    }
}
