package offspring.examples.speedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much work, and in which order. */
class PlanTest {

    @Test
    void shouldGiveOutTheDearestFirstWhenCostsDiffer() {
        Plan plan = new Plan(List.of(5L, 90L, 7L), 2);

        assertThat(plan.checks()).isEqualTo(6);
        assertThat(plan.dearestFirst()).containsExactly(1, 1, 2, 2, 0, 0);
    }

    @Test
    void shouldRepeatAsOftenAsComesNearestToTheWantedTime() {
        assertThat(SequentialRun.repeatsFor(Duration.ofSeconds(10), 700_000_000))
                .isEqualTo(14);
        assertThat(SequentialRun.repeatsFor(Duration.ZERO, 700_000_000)).isEqualTo(1);
        assertThat(SequentialRun.repeatsFor(Duration.ofSeconds(1), 5_000_000_000L))
                .isEqualTo(1);
        assertThat(SequentialRun.repeatsFor(Duration.ofHours(1), 0)).isEqualTo(1_000_000);
    }
}
