package offspring.testkit.contract;

import static offspring.testkit.Deadlines.PATIENCE;
import static offspring.testkit.Deadlines.SHORT;
import static offspring.testkit.Deadlines.assertTook;
import static offspring.testkit.Deadlines.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.core.function.CheckedSupplier;
import offspring.queue.EmptyException;
import offspring.queue.MessageQueue;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MessageQueue} promises, with a bound or without, of threads and of processes. {@link
 * BoundedQueueContract}, {@link TaskQueueContract} and {@link ShutdownContract} add what only some promise.
 *
 * <p>Between processes, an item may be on its way for a moment after {@code put} returned; so a test takes items with a
 * timeout, and asks {@link #eventuallyHolds} for counts.
 */
public abstract class QueueContract {

    private static final int THREADS = 50;

    /** A new, empty queue without bound. */
    protected abstract MessageQueue<Integer> newQueue();

    /** The order in which the queue gives these items, put in one after the other. The default is first in, first out. */
    protected List<Integer> orderOf(List<Integer> items) {
        return items;
    }

    @Test
    @FromCPython("test_queue.BaseSimpleQueueTest.test_basic")
    void shouldGiveEachItemOnceInItsOrder() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue();
        assertThat(queue.empty()).isTrue();
        List<Integer> items = List.of(1, 4, 2, 3);
        queue.put(1);
        eventuallyHolds(queue, 1);
        assertThat(queue.empty()).isFalse();
        queue.put(4, true);
        queue.putNowait(2);
        queue.put(3, Duration.ofSeconds(1));
        eventuallyHolds(queue, 4);
        List<Integer> expected = orderOf(items);
        assertThat(queue.get()).isEqualTo(expected.get(0));
        assertThat(queue.getNowait()).isEqualTo(expected.get(1));
        assertThat(queue.get(false)).isEqualTo(expected.get(2));
        assertThat(queue.get(Duration.ofMillis(100))).isEqualTo(expected.get(3));
        eventuallyHolds(queue, 0);
        assertThat(queue.empty()).isTrue();
        assertThat(queue.full()).isFalse();
    }

    @Test
    @FromCPython("test_queue.BaseSimpleQueueTest.test_basic")
    void shouldThrowEmptyWhenThereIsNoItem() {
        MessageQueue<Integer> queue = newQueue();
        assertThatExceptionOfType(EmptyException.class).isThrownBy(queue::getNowait);
        assertThatExceptionOfType(EmptyException.class).isThrownBy(() -> queue.get(false));
        assertThatExceptionOfType(EmptyException.class).isThrownBy(() -> queue.get(Duration.ZERO));
        assertThatExceptionOfType(EmptyException.class).isThrownBy(() -> queue.get(Duration.ofMillis(1)));
        assertThat(queue.qsize()).isZero();
    }

    @Test
    void shouldGiveUpOnTimeWhenNoItemComes() {
        MessageQueue<Integer> queue = newQueue();
        long start = System.nanoTime();
        assertThatExceptionOfType(EmptyException.class)
                .isThrownBy(() -> queue.get(SHORT))
                .withMessageContaining(SHORT.toString());
        assertTook(start, SHORT);
    }

    @Test
    @SuppressWarnings("NullAway") // null is what the test is about
    void shouldHoldNullAsAnItem() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue();
        queue.put(null);
        eventuallyHolds(queue, 1);
        assertThat(queue.get(PATIENCE)).isNull();
        assertThatExceptionOfType(EmptyException.class).isThrownBy(queue::getNowait);
    }

    @Test
    @FromCPython({
        "test_queue.BaseSimpleQueueTest.test_negative_timeout_raises_exception",
        "test_queue.BaseQueueTestMixin.test_negative_timeout_raises_exception"
    })
    void shouldRefuseNegativeTimeoutEvenWhenItNeedNotWait() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.put(1, Duration.ofNanos(-1)))
                .withMessageContaining("timeout");
        eventuallyHolds(queue, 0);
        queue.put(1);
        eventuallyHolds(queue, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> queue.get(Duration.ofSeconds(-1)));
        assertThat(queue.get(PATIENCE)).isEqualTo(1);
    }

    @Test
    void shouldWaitForAnItemWhenEmpty() {
        MessageQueue<Integer> queue = newQueue();
        assertThat(blocked(() -> queue.get(), () -> queue.put(1))).isEqualTo(1);
        assertThat(blocked(() -> queue.get(true), () -> queue.put(2))).isEqualTo(2);
        assertThat(blocked(() -> queue.get(PATIENCE), () -> queue.putNowait(3))).isEqualTo(3);
    }

    @Test
    void shouldWaitForEverWhenTheTimeoutIsTooLongToCount() {
        MessageQueue<Integer> queue = newQueue();
        Duration eternity = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(blocked(() -> queue.get(eternity), () -> queue.put(1, eternity)))
                .isEqualTo(1);
    }

    @Test
    void shouldThrowAndTakeNothingWhenInterruptedWhileWaitingForAnItem() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue();
        assertInterrupted(queue::get);
        assertInterrupted(() -> queue.get(PATIENCE));
        queue.put(1);
        assertThat(queue.get(PATIENCE)).isEqualTo(1);
    }

    @Test
    void shouldThrowAndTakeNothingWhenInterruptedBefore() throws InterruptedException {
        MessageQueue<Integer> queue = newQueue();
        queue.put(1);
        eventuallyHolds(queue, 1);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(queue::get);
        assertThat(Thread.interrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> queue.get(PATIENCE));
        assertThat(queue.qsize()).isEqualTo(1);
    }

    @Test
    void shouldIgnoreTheInterruptWhenNotWaiting() {
        MessageQueue<Integer> queue = newQueue();
        Thread.currentThread().interrupt();
        queue.putNowait(1);
        eventuallyHoldsDespiteInterrupt(queue, 1);
        assertThat(queue.getNowait()).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldWakeOneGetterForEachItem() {
        MessageQueue<Integer> queue = newQueue();
        var taken = new ConcurrentLinkedQueue<Integer>();
        try (var crew = Crew.start(5, () -> taken.add(queue.get()))) {
            crew.awaitBlocked();
            for (int i = 0; i < 5; i++) {
                queue.putNowait(i);
            }
        }
        assertThat(taken).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    @FromCPython("test_queue.BaseSimpleQueueTest.test_many_threads")
    void shouldPassEachItemOnceWhenManyThreadsWait() {
        passThroughManyThreads(10_000, MessageQueue::get);
    }

    @Test
    @FromCPython("test_queue.BaseSimpleQueueTest.test_many_threads_nonblock")
    void shouldPassEachItemOnceWhenManyThreadsPoll() {
        passThroughManyThreads(10_000, QueueContract::poll);
    }

    @Test
    @FromCPython("test_queue.BaseSimpleQueueTest.test_many_threads_timeout")
    void shouldPassEachItemOnceWhenManyThreadsWaitForAShortTime() {
        passThroughManyThreads(1_000, QueueContract::getImpatiently);
    }

    private void passThroughManyThreads(int items, CheckedFunction<MessageQueue<Integer>, Integer> get) {
        MessageQueue<Integer> queue = newQueue();
        var taken = new ConcurrentLinkedQueue<Integer>();
        int share = items / THREADS;
        try (var producers = Crew.start(THREADS, (Integer index) -> {
                    for (int i = 0; i < share; i++) {
                        queue.put(index * share + i);
                    }
                });
                var consumers = Crew.start(THREADS, () -> {
                    for (int i = 0; i < share; i++) {
                        taken.add(get.applyChecked(queue));
                    }
                })) {
            producers.join();
            consumers.join();
        }
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, items).boxed().toList());
        assertThat(queue.qsize()).isZero();
    }

    private static Integer poll(MessageQueue<Integer> queue) {
        while (true) {
            try {
                return queue.getNowait();
            } catch (EmptyException e) {
                LockSupport.parkNanos(10_000);
            }
        }
    }

    private static Integer getImpatiently(MessageQueue<Integer> queue) throws InterruptedException {
        while (true) {
            try {
                return queue.get(Duration.ofNanos(10_000));
            } catch (EmptyException e) {
                LockSupport.parkNanos(10_000);
            }
        }
    }

    /** Waits until the queue says that it holds so many items. */
    protected static void eventuallyHolds(MessageQueue<?> queue, int size) {
        eventually(queue + " holds " + size, () -> queue.qsize() == size);
    }

    private static void eventuallyHoldsDespiteInterrupt(MessageQueue<?> queue, int size) {
        boolean interrupted = Thread.interrupted();
        eventuallyHolds(queue, size);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes a call that has to wait, then what ends the wait; returns what the call returned. */
    @SuppressWarnings("NullAway") // a call may return null
    protected static <R> R blocked(CheckedSupplier<R> call, CheckedRunnable trigger) {
        var result = new AtomicReference<R>();
        try (var crew = Crew.start(1, () -> result.set(call.getChecked()))) {
            crew.awaitBlocked();
            assertThat(crew.finished()).isZero();
            trigger.run();
        }
        return result.get();
    }

    /** As {@link #blocked}, for a call that returns nothing. */
    protected static void blockedAction(CheckedRunnable call, CheckedRunnable trigger) {
        try (var crew = Crew.start(1, call)) {
            crew.awaitBlocked();
            assertThat(crew.finished()).isZero();
            trigger.run();
        }
    }

    /** Makes a call that has to wait, and interrupts it. */
    protected static void assertInterrupted(CheckedRunnable call) {
        try (var crew = Crew.start(
                1, () -> assertThatExceptionOfType(InterruptedException.class).isThrownBy(call::runChecked))) {
            crew.awaitBlocked();
            crew.interrupt();
        }
    }
}
