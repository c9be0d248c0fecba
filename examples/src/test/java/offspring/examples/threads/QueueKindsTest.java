package offspring.examples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;

class QueueKindsTest {

    @Test
    void shouldGiveTheItemsInThreeOrders() {
        ExampleRun run = ExampleRun.here("queue-kinds");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "Queue:         [sweep, put out the fire, lunch]",
                        "LifoQueue:     [lunch, put out the fire, sweep]",
                        "PriorityQueue: [put out the fire, lunch, sweep]");
    }
}
