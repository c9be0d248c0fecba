package offspring.benchmarks.jmh.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import offspring.benchmarks.jmh.StartBenchmark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JMH in JVMs of its own; that it measures is seen in the report's test. */
@Timeout(120)
class JmhRunsTest {

    private static final JmhRun.Effort ONE_SHOT = new JmhRun.Effort(1, 0, 1, Duration.ofMillis(10));

    private final StringWriter out = new StringWriter();
    private final JmhRuns runs = new JmhRuns(true, new PrintWriter(out, true));

    @Test
    void shouldFailAndShowTheWordsOfJmhWhenABenchmarkFails() {
        JmhRun run = new JmhRun(List.of(StartBenchmark.class), Map.of("method", List.of("NO_SUCH_METHOD")), ONE_SHOT);

        assertThatIOException().isThrownBy(() -> runs.results(run)).withMessageContaining("StartBenchmark");
        assertThat(out.toString()).contains("NO_SUCH_METHOD");
    }

    @Test
    void shouldNameEveryFigureOfEverySuiteDifferently() {
        assertThat(Labels.ofLock("RLockBenchmark.contendedJuc"))
                .isEqualTo(new JmhFigure.Label("RLock, two threads", "java.util.concurrent"));
        assertThat(Labels.ofQueue(Map.of("kind", "OURS", "pairs", "2")))
                .isEqualTo(new JmhFigure.Label("two to two", "Queue"));
        assertThat(Labels.ofStart("StartBenchmark.startAndJoin", Map.of("method", "STANDBY")))
                .isEqualTo(new JmhFigure.Label("Process (STANDBY)", "Offspring"));
        assertThat(Labels.ofCrew(Map.of("job", "SHA256", "crew", "FORK_JOIN")))
                .isEqualTo(new JmhFigure.Label("SHA-256", "ForkJoinPool"));
    }
}
