package offspring.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import offspring.testkit.contract.QueueContract;
import org.junit.jupiter.api.Test;

class SimpleQueueTest extends QueueContract {

    @Override
    protected SimpleQueue<Integer> newQueue() {
        return new SimpleQueue<>();
    }

    @Test
    @FromCPython("test_queue.BaseSimpleQueueTest.test_order")
    void shouldKeepTheOrderOfOneProducer() {
        SimpleQueue<Integer> queue = newQueue();
        List<Integer> taken = new ArrayList<>();
        try (var consumer = Crew.start(1, () -> {
                    for (Integer item = queue.get(); item != null; item = queue.get()) {
                        taken.add(item);
                    }
                });
                var producer = Crew.start(1, () -> {
                    for (int i = 0; i < 10_000; i++) {
                        queue.put(i);
                    }
                    queue.put(null);
                })) {
            producer.join();
            consumer.join();
        }
        assertThat(taken).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void shouldPutDespiteAnInterrupt() {
        SimpleQueue<Integer> queue = newQueue();
        Thread.currentThread().interrupt();
        queue.put(1);
        queue.put(2, true);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(queue.qsize()).isEqualTo(2);
        assertThat(queue.full()).isFalse();
        assertThat(queue.statistics()).isEqualTo(new SimpleQueue.Statistics(2, 2, 0, 0));
        assertThat(queue.toString()).matches("<offspring\\.queue\\.SimpleQueue at 0x[0-9a-f]+: qsize=2>");
    }
}
