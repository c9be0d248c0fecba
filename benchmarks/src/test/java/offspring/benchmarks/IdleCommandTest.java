package offspring.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting, and what it costs. */
@Timeout(120)
class IdleCommandTest {

    private final StringWriter out = new StringWriter();

    @Test
    void shouldUseNoProcessorWhenChildrenAreBlocked() {
        int exitCode =
                Benchmarks.commandLine().setOut(new PrintWriter(out, true)).execute("idle", "--seconds", "4");

        assertThat(out.toString())
                .contains("Connection.recv()", "Queue.get()", "Lock.acquire()", "Event.await()")
                .doesNotContain("NOT MET");
        assertThat(exitCode).isZero();
    }
}
