package offspring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The memory of those who wait. */
@Timeout(120)
class MemoryCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Benchmarks.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldMeasureWorkersAndThoseThatStandBy() {
        assertThat(run("memory", "--workers", "1", "--python", "no-such-python"))
                .as(err.toString())
                .isZero();

        String[] line = out.toString().lines().toList().get(2).strip().split(" +");
        assertThat(line).hasSize(5).startsWith("1").endsWith("-", "-");
        assertThat(Double.parseDouble(line[1].replace(',', '.'))).isBetween(5.0, 200.0);
        assertThat(Double.parseDouble(line[2].replace(',', '.'))).isBetween(5.0, 200.0);
        assertThat(err.toString()).contains("no-such-python cannot be started");
    }

    @Test
    void shouldRefuseNoWorkers() {
        assertThat(run("memory", "--workers", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--workers must be 1 to 256, but is 0");
    }
}
