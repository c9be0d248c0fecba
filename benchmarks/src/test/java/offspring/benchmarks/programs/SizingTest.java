package offspring.benchmarks.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How large a task is. */
@Timeout(60)
class SizingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Test
    void shouldComeNearerToTheSizeThatTakesSoLong() {
        assertThat(Sizing.next(100, 1_000, 500)).isEqualTo(200);
        assertThat(Sizing.next(100, 1_000_000, 1)).isEqualTo(1_000);
        assertThat(Sizing.next(1, 10, 1_000)).isEqualTo(1);
    }

    @Test
    void shouldFindLargerTasksWhenTheyAreToTakeLonger() throws Exception {
        long small = Sizing.sizeOf(Job.PRIMES, 1e5, PATIENCE);
        long large = Sizing.sizeOf(Job.PRIMES, 1e7, PATIENCE);

        assertThat(small).isGreaterThan(1);
        assertThat(large).isGreaterThan(10 * small);
    }
}
