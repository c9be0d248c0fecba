package offspring.examples.pools;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ArcfourJobsTest {

    @Test
    void shouldGiveTheSameResultsWithEveryNumberOfProcesses() {
        ExampleRun run = ExampleRun.here("arcfour-jobs", "--workers", "2", "--jobs", "3", "--kib", "4");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().get(0)).matches("1 worker:  \\d+\\.\\d{3} s, 1\\.0 times as fast as one");
        assertThat(run.lines().get(1)).matches("2 workers: \\d+\\.\\d{3} s, \\d+\\.\\d times as fast as one");
        assertThat(run.lines().get(2))
                .startsWith("3 jobs, the same results each time; with the start of the processes;");
    }

    @Test
    void shouldGiveTheSameResultsWithEveryNumberOfThreads() {
        ExampleRun run = ExampleRun.here("arcfour-jobs", "--threads", "--workers", "3", "--jobs", "5", "--kib", "4");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines()).hasSize(4);
        assertThat(run.lines().get(3)).startsWith("5 jobs, the same results each time; with the start of the threads;");
    }

    @Test
    void shouldRefuseWhenNobodyWorks() {
        assertThat(ExampleRun.here("arcfour-jobs", "--workers", "0").errors())
                .contains("--workers must be 1 to 64, but is 0");
        assertThat(ExampleRun.here("arcfour-jobs", "--jobs", "0").exitCode()).isEqualTo(2);
        assertThat(ExampleRun.here("arcfour-jobs", "--kib", "-1").exitCode()).isEqualTo(2);
    }
}
