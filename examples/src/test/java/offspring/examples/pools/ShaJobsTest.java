package offspring.examples.pools;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class ShaJobsTest {

    @Test
    void shouldMeasureProcesses() {
        ExampleRun run = ExampleRun.here("sha-jobs", "--workers", "1", "--jobs", "3", "--kib", "4");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().get(0)).matches("1 worker:  \\d+\\.\\d{3} s, 1\\.0 times as fast as one");
        assertThat(run.lines().get(1))
                .startsWith("3 jobs, the same results each time; with the start of the processes;");
    }

    @Test
    void shouldGiveTheSameResultsWithEveryNumberOfThreads() {
        ExampleRun run = ExampleRun.here("sha-jobs", "--threads", "--workers", "3", "--jobs", "5", "--kib", "4");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines()).hasSize(4);
        assertThat(run.lines().get(3)).startsWith("5 jobs, the same results each time; with the start of the threads;");
    }

    @Test
    void shouldRefuseWhenNobodyWorks() {
        assertThat(ExampleRun.here("sha-jobs", "--workers", "0").errors())
                .contains("--workers must be 1 to 64, but is 0");
        assertThat(ExampleRun.here("sha-jobs", "--jobs", "0").exitCode()).isEqualTo(2);
        assertThat(ExampleRun.here("sha-jobs", "--kib", "-1").exitCode()).isEqualTo(2);
    }

    /** What Python's hashlib says of the same bytes. */
    @Test
    void shouldComputeTheDigest() throws Exception {
        assertThat(ShaJobs.digest(1, 1)).isEqualTo("ac2fcdf9c9b73cdafdc81b871c8f8808560ef0addf02e9c16311b8ecbb91bf30");
    }
}
