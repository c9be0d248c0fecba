package offspring.testkit.contract;

import static offspring.testkit.Deadlines.PATIENCE;
import static offspring.testkit.Deadlines.SHORT;
import static offspring.testkit.Deadlines.assertTook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offspring.queue.EmptyException;
import offspring.queue.FullException;
import offspring.queue.MessageQueue;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/** What every {@link MessageQueue} promises that can be made with a bound. */
public abstract class BoundedQueueContract extends QueueContract {

    private static final int BOUND = 5;

    /** A new, empty queue; {@code maxsize} of zero or less is no bound. */
    protected abstract MessageQueue<Integer> newQueue(int maxsize);

    @Override
    protected MessageQueue<Integer> newQueue() {
        return newQueue(0);
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_basic")
    void shouldFillUpAndDrainTimeAndAgain() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue(BOUND);
        for (int round = 0; round < 2; round++) {
            assertThat(queue.empty()).isTrue();
            assertThat(queue.full()).isFalse();
            List<Integer> items = List.of(111, 333, 222);
            for (Integer item : items) {
                queue.put(item);
            }
            eventuallyHolds(queue, items.size());
            List<Integer> taken = List.of(queue.get(), queue.get(), queue.get());
            assertThat(taken).isEqualTo(orderOf(items));
            fill(queue);
            assertFull(queue);
            assertEmptyAfter(queue);
        }
    }

    private static void fill(MessageQueue<Integer> queue) throws InterruptedException {
        for (int i = 1; i < BOUND; i++) {
            queue.put(i);
            eventuallyHolds(queue, i);
            assertThat(queue.full()).isFalse();
        }
        queue.put(2 * BOUND);
        eventuallyHolds(queue, BOUND);
        assertThat(queue.full()).isTrue();
        assertThat(queue.empty()).isFalse();
    }

    private static void assertFull(MessageQueue<Integer> queue) {
        int more = 3 * 2 * BOUND;
        assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.put(more, false));
        assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.put(more, Duration.ZERO));
        assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.put(more, Duration.ofMillis(10)));
        blockedAction(() -> queue.put(more), queue::get);
        blockedAction(() -> queue.put(more, PATIENCE), queue::get);
    }

    private static void assertEmptyAfter(MessageQueue<Integer> queue) throws InterruptedException {
        for (int i = 0; i < BOUND; i++) {
            assertThat(queue.get(PATIENCE)).isNotNull();
        }
        assertThat(queue.empty()).isTrue();
        assertThatExceptionOfType(EmptyException.class).isThrownBy(() -> queue.get(false));
        assertThatExceptionOfType(EmptyException.class).isThrownBy(() -> queue.get(Duration.ofMillis(10)));
        assertThat(blocked(() -> queue.get(), () -> queue.put(7))).isEqualTo(7);
        assertThat(blocked(() -> queue.get(PATIENCE), () -> queue.put(8))).isEqualTo(8);
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_nowait")
    void shouldThrowAtOnceWhenToldNotToWait() {
        MessageQueue<Integer> queue = newQueue(BOUND);
        for (int i = 0; i < BOUND; i++) {
            queue.putNowait(1);
        }
        assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.putNowait(1));
        eventuallyHolds(queue, BOUND);
        for (int i = 0; i < BOUND; i++) {
            queue.getNowait();
        }
        assertThatExceptionOfType(EmptyException.class).isThrownBy(queue::getNowait);
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_negative_timeout_raises_exception")
    void shouldRefuseNegativeTimeoutOnABoundedQueue() {
        MessageQueue<Integer> queue = newQueue(BOUND);
        assertThatIllegalArgumentException().isThrownBy(() -> queue.put(1, Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> queue.get(Duration.ofSeconds(-1)));
        eventuallyHolds(queue, 0);
    }

    @Test
    void shouldGiveUpOnTimeWhenNoRoomComes() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue(1);
        queue.put(1);
        long start = System.nanoTime();
        assertThatExceptionOfType(FullException.class)
                .isThrownBy(() -> queue.put(2, SHORT))
                .withMessageContaining(SHORT.toString());
        assertTook(start, SHORT);
        assertThat(queue.get(PATIENCE)).isEqualTo(1);
        assertThatExceptionOfType(EmptyException.class).isThrownBy(queue::getNowait);
    }

    @Test
    void shouldThrowAndPutNothingWhenInterruptedWhileWaitingForRoom() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue(1);
        queue.put(1);
        assertInterrupted(() -> queue.put(2));
        assertInterrupted(() -> queue.put(3, PATIENCE));
        assertThat(queue.get(PATIENCE)).isEqualTo(1);
        assertThatExceptionOfType(EmptyException.class).isThrownBy(queue::getNowait);
    }

    @Test
    void shouldThrowAndPutNothingWhenInterruptedBeforePut() {
        MessageQueue<Integer> queue = newQueue(BOUND);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> queue.put(1));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> queue.put(1, PATIENCE));
        assertThat(queue.empty()).isTrue();
    }

    @Test
    void shouldWakeOnePutterForEachItemTaken() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue(1);
        queue.put(-1);
        List<Integer> taken = new ArrayList<>();
        try (var crew = Crew.start(5, (Integer index) -> queue.put(index))) {
            crew.awaitBlocked();
            for (int i = 0; i < 6; i++) {
                taken.add(queue.get(PATIENCE));
            }
        }
        assertThat(taken).containsExactlyInAnyOrder(-1, 0, 1, 2, 3, 4);
        assertThat(queue.empty()).isTrue();
    }

    @Test
    void shouldTreatANegativeBoundAsNone() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue(-1);
        for (int i = 0; i < 1_000; i++) {
            queue.put(i, false);
        }
        assertThat(queue.full()).isFalse();
        eventuallyHolds(queue, 1_000);
        for (int i = 0; i < 1_000; i++) {
            queue.get(PATIENCE);
        }
    }
}
