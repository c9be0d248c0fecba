package offspring.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import offspring.benchmarks.Benchmarks;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StartupCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = Benchmarks.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(args);
    }

    @Test
    void shouldFindEveryStepOfBothKindsOfChildren() {
        assertThat(run("startup", "--rounds", "1")).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("A child that shares nothing", "A child that sends a message")
                .contains("lambda is linked", "first message", "seen by the parent", "all, without the log")
                .contains("A child in a JVM that stood by", "first line of the target");
    }

    @Test
    void shouldRefuseNoRounds() {
        assertThat(run("startup", "--rounds", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--rounds must be 1 to 10000");
    }
}
