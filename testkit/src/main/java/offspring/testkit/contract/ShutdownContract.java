package offspring.testkit.contract;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import offspring.core.function.CheckedRunnable;
import offspring.queue.EmptyException;
import offspring.queue.ShutDownException;
import offspring.queue.TaskQueue;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TaskQueue} promises that can be shut down. */
public abstract class ShutdownContract extends TaskQueueContract {

    /** Shuts the queue down. */
    protected abstract void shutdown(TaskQueue<Integer> queue, boolean immediate);

    /** Whether the queue was shut down. */
    protected abstract boolean isShutdown(TaskQueue<Integer> queue);

    private static void assertShut(CheckedRunnable call) {
        assertThatExceptionOfType(ShutDownException.class).isThrownBy(call::runChecked);
    }

    private TaskQueue<Integer> queueOf(int maxsize, List<Integer> items) throws InterruptedException {
        TaskQueue<Integer> queue = newQueue(maxsize);
        for (Integer item : items) {
            queue.put(item);
        }
        eventuallyHolds(queue, items.size());
        return queue;
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_shutdown_empty")
    void shouldThrowShutDownWhenEmpty() {
        TaskQueue<Integer> queue = newQueue();
        shutdown(queue, false);
        assertShut(() -> queue.put(1));
        assertShut(queue::get);
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_shutdown_nonempty")
    void shouldGiveWhatIsInsideBeforeItThrowsShutDown() throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(0, List.of(1));
        shutdown(queue, false);
        assertThat(queue.get()).isEqualTo(1);
        assertShut(queue::get);
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_shutdown_immediate")
    void shouldThrowAwayWhatIsInsideWhenImmediate() throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(0, List.of(1));
        shutdown(queue, true);
        assertShut(queue::get);
        assertThat(queue.qsize()).isZero();
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_shutdown_allowed_transitions")
    void shouldStayShutDownAndMayBecomeImmediate() throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(0, List.of(1));
        assertThat(isShutdown(queue)).isFalse();
        shutdown(queue, false);
        assertThat(isShutdown(queue)).isTrue();
        assertThat(queue.qsize()).isEqualTo(1);
        shutdown(queue, true);
        assertThat(isShutdown(queue)).isTrue();
        assertThat(queue.qsize()).isZero();
        shutdown(queue, false);
        assertThat(isShutdown(queue)).isTrue();
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_shutdown_all_methods_in_one_thread")
    void shouldDrainThenThrowFromEveryMethod() throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(2, List.of(1, 2));
        shutdown(queue, false);
        assertPutsThrow(queue);
        for (int i = 0; i < 2; i++) {
            assertThat(queue.get()).isIn(1, 2);
            queue.taskDone();
        }
        queue.join();
        assertGetsThrow(queue);
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_shutdown_immediate_all_methods_in_one_thread")
    void shouldThrowFromEveryMethodWhenImmediate() throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(2, List.of(1, 2));
        shutdown(queue, true);
        assertPutsThrow(queue);
        assertGetsThrow(queue);
        assertThatIllegalStateException().isThrownBy(queue::taskDone);
        queue.join();
    }

    private static void assertPutsThrow(TaskQueue<Integer> queue) {
        assertShut(() -> queue.put(3));
        assertShut(() -> queue.put(3, false));
        assertShut(() -> queue.put(3, Duration.ZERO));
        assertShut(() -> queue.put(3, PATIENCE));
        assertShut(() -> queue.putNowait(3));
    }

    private static void assertGetsThrow(TaskQueue<Integer> queue) {
        assertShut(queue::get);
        assertShut(() -> queue.get(false));
        assertShut(() -> queue.get(Duration.ZERO));
        assertShut(() -> queue.get(PATIENCE));
        assertShut(queue::getNowait);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @FromCPython({
        "test_queue.BaseQueueTestMixin.test_shutdown_all_methods_in_many_threads",
        "test_queue.BaseQueueTestMixin.test_shutdown_immediate_all_methods_in_many_threads"
    })
    void shouldReleaseProducersConsumersAndJoinersWhenShutDownUnderLoad(boolean immediate) throws Exception {
        TaskQueue<Integer> queue = newQueue();
        int before = 1_000;
        var start = new CyclicBarrier(4 + 6 + 1);
        var accepted = new AtomicInteger();
        var taken = new AtomicInteger();
        try (var producers = Crew.start(4, () -> {
                    for (int i = 0; i < before; i++) {
                        queue.put(i);
                        accepted.incrementAndGet();
                    }
                    start.await();
                    putUntilShutDown(queue, accepted);
                });
                var consumers = Crew.start(6, () -> {
                    takeOne(queue, taken);
                    start.await();
                    takeUntilShutDown(queue, taken);
                })) {
            start.await();
            shutdown(queue, immediate);
            producers.join();
            consumers.join();
        }
        queue.join();
        assertThat(queue.empty()).isTrue();
        assertThat(queue.unfinishedTasks()).isZero();
        if (immediate) {
            assertThat(taken.get()).isLessThanOrEqualTo(accepted.get());
        } else {
            assertThat(taken.get()).isEqualTo(accepted.get());
        }
    }

    private static void putUntilShutDown(TaskQueue<Integer> queue, AtomicInteger accepted) throws InterruptedException {
        try {
            while (true) {
                queue.put(1);
                accepted.incrementAndGet();
            }
        } catch (ShutDownException e) {
            assertThat(e).hasMessageContaining("put");
        }
    }

    private static void takeUntilShutDown(TaskQueue<Integer> queue, AtomicInteger taken) {
        while (true) {
            try {
                queue.getNowait();
                taken.incrementAndGet();
                queue.taskDone();
            } catch (EmptyException e) {
                LockSupport.parkNanos(10_000);
            } catch (ShutDownException e) {
                return;
            }
        }
    }

    private static void takeOne(TaskQueue<Integer> queue, AtomicInteger taken) throws InterruptedException {
        queue.get();
        taken.incrementAndGet();
        queue.taskDone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @FromCPython({
        "test_queue.BaseQueueTestMixin.test_shutdown_get",
        "test_queue.BaseQueueTestMixin.test_shutdown_immediate_get"
    })
    void shouldGiveOnlyWhatIsInsideToGettersThatComeLater(boolean immediate) throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(2, List.of(1, 2));
        var go = new CountDownLatch(1);
        var got = new AtomicInteger();
        var refused = new AtomicInteger();
        try (var getters = Crew.start(3, () -> {
            go.await();
            countGet(queue, got, refused);
        })) {
            shutdown(queue, immediate);
            go.countDown();
            getters.join();
        }
        assertThat(got).hasValue(immediate ? 0 : 2);
        assertThat(refused).hasValue(immediate ? 3 : 1);
    }

    private static void countGet(TaskQueue<Integer> queue, AtomicInteger got, AtomicInteger refused)
            throws InterruptedException {
        try {
            queue.get();
            got.incrementAndGet();
        } catch (ShutDownException e) {
            refused.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @FromCPython({
        "test_queue.BaseQueueTestMixin.test_shutdown_put",
        "test_queue.BaseQueueTestMixin.test_shutdown_immediate_put"
    })
    void shouldThrowFromPuttersThatAreBlocked(boolean immediate) throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(2, List.of(1, 2));
        try (var putters = Crew.start(2, () -> assertShut(() -> queue.put(3)));
                var timed = Crew.start(2, () -> assertShut(() -> queue.put(3, PATIENCE)))) {
            putters.awaitBlocked();
            timed.awaitBlocked();
            shutdown(queue, immediate);
        }
        assertThat(queue.qsize()).isEqualTo(immediate ? 0 : 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @FromCPython("test_queue.BaseQueueTestMixin.test_shutdown_pending_get")
    void shouldThrowFromGettersThatAreBlocked(boolean immediate) {
        TaskQueue<Integer> queue = newQueue();
        try (var getters = Crew.start(2, () -> assertShut(queue::get));
                var timed = Crew.start(2, () -> assertShut(() -> queue.get(PATIENCE)))) {
            getters.awaitBlocked();
            timed.awaitBlocked();
            shutdown(queue, immediate);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @FromCPython({
        "test_queue.BaseQueueTestMixin.test_shutdown_join",
        "test_queue.BaseQueueTestMixin.test_shutdown_immediate_join"
    })
    void shouldReleaseJoinersWhenTheLastTaskIsDoneOrThrownAway(boolean immediate) throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(0, List.of(1));
        try (var joiners = Crew.start(2, () -> queue.join())) {
            joiners.awaitBlocked();
            shutdown(queue, immediate);
            if (!immediate) {
                assertThat(queue.unfinishedTasks()).isEqualTo(1);
                queue.get();
                queue.taskDone();
            }
        }
        assertThat(queue.unfinishedTasks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @FromCPython({
        "test_queue.BaseQueueTestMixin.test_shutdown_put_join",
        "test_queue.BaseQueueTestMixin.test_shutdown_immediate_put_join"
    })
    void shouldRefusePutsAndReleaseJoiners(boolean immediate) throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(2, List.of(1));
        var go = new CountDownLatch(1);
        try (var putter = Crew.start(1, () -> {
                    go.await();
                    assertShut(() -> queue.put(2));
                });
                var joiner = Crew.start(1, () -> queue.join())) {
            joiner.awaitBlocked();
            shutdown(queue, immediate);
            go.countDown();
            putter.join();
            if (!immediate) {
                assertThat(queue.getNowait()).isEqualTo(1);
                queue.taskDone();
            }
            assertShut(queue::getNowait);
            joiner.join();
        }
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_shutdown_get_task_done_join")
    void shouldReleaseJoinersWhenConsumersFinishAfterShutdown() throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(2, List.of(1, 2));
        assertThat(queue.unfinishedTasks()).isEqualTo(queue.qsize());
        var go = new CountDownLatch(1);
        var taken = new AtomicInteger();
        try (var joiners = Crew.start(2, () -> queue.join());
                var consumers = Crew.start(2, () -> {
                    go.await();
                    takeOne(queue, taken);
                })) {
            joiners.awaitBlocked();
            go.countDown();
            shutdown(queue, false);
            consumers.join();
            joiners.join();
        }
        assertThat(taken).hasValue(2);
    }

    @Test
    void shouldKeepJoinersWaitingForWhatWasTakenBeforeTheShutdown() throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(0, List.of(1, 2, 3));
        queue.get();
        try (var joiner = Crew.start(1, () -> queue.join())) {
            joiner.awaitBlocked();
            shutdown(queue, true);
            assertThat(queue.unfinishedTasks()).isEqualTo(1);
            assertThat(queue.join(Duration.ofMillis(20))).isFalse();
            assertThat(joiner.finished()).isZero();
            queue.taskDone();
        }
        assertThatIllegalStateException().isThrownBy(queue::taskDone);
    }

    @Test
    void shouldNotCountBelowZeroWhenTasksWereDoneEarly() throws InterruptedException {
        TaskQueue<Integer> queue = queueOf(0, List.of(1, 2));
        queue.taskDone();
        queue.taskDone();
        shutdown(queue, true);
        assertThat(queue.unfinishedTasks()).isZero();
    }
}
