package offspring.benchmarks.curves;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.benchmarks.compare.Summary;
import org.junit.jupiter.api.Test;

/** What is computed for the curves, without measuring. */
class CurvesTest {

    @Test
    void shouldGoOneWorkerBeyondTheProcessors() {
        assertThat(JobSuite.workers(1)).containsExactly(1, 2);
        assertThat(JobSuite.workers(2)).containsExactly(1, 2, 3);
        assertThat(JobSuite.workers(24)).containsExactly(1, 2, 4, 8, 16, 24, 25);
    }

    @Test
    void shouldFillATurnWithTasksOfAnySize() {
        assertThat(JobSuite.tasks(1e3, 300_000_000)).isEqualTo(100_000);
        assertThat(JobSuite.tasks(1e6, 300_000_000)).isEqualTo(300);
        assertThat(JobSuite.tasks(1e8, 300_000_000)).isEqualTo(4);
    }

    @Test
    void shouldGrowUpToTheLargest() {
        assertThat(GrowthSuite.sizes(1 << 26)).startsWith(8, 64, 512).endsWith(1 << 24, 1 << 26);
        assertThat(GrowthSuite.counts(64)).containsExactly(1, 2, 4, 8, 16, 32, 64);
    }

    @Test
    void shouldTellTheRateWhenTheTimeIsKnown() {
        assertThat(GrowthSuite.rate(1 << 20, new Summary(1e9, 5e8, 2e9))).isEqualTo(new Summary(1, 0.5, 2));
    }
}
