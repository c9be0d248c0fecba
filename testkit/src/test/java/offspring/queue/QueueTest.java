package offspring.queue;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import offspring.testkit.contract.ShutdownContract;
import org.junit.jupiter.api.Test;

class QueueTest extends ShutdownContract {

    @Override
    protected Queue<Integer> newQueue(int maxsize) {
        return new Queue<>(maxsize);
    }

    @Override
    protected void shutdown(TaskQueue<Integer> queue, boolean immediate) {
        ((Queue<Integer>) queue).shutdown(immediate);
    }

    @Override
    protected boolean isShutdown(TaskQueue<Integer> queue) {
        return ((Queue<Integer>) queue).isShutdown();
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_shrinking_queue")
    void shouldRefuseItemsWhenShrunkBelowWhatIsInside() throws InterruptedException {
        Queue<Integer> queue = newQueue(3);
        queue.put(1);
        queue.put(2);
        queue.put(3);
        assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.putNowait(4));
        assertThat(queue.qsize()).isEqualTo(3);
        queue.setMaxsize(2);
        assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.putNowait(4));
        assertThat(queue.get()).isEqualTo(1);
        assertThat(queue.full()).isTrue();
        assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.putNowait(4));
        assertThat(queue.get()).isEqualTo(2);
        queue.putNowait(4);
    }

    @Test
    void shouldLetPuttersGoOnWhenTheBoundIsRaised() throws InterruptedException {
        Queue<Integer> queue = newQueue(1);
        queue.put(0);
        try (var putters = Crew.start(3, () -> queue.put(1))) {
            putters.awaitBlocked();
            queue.setMaxsize(3);
            Deadlines.eventually("two putters go on", () -> queue.qsize() == 3);
            Deadlines.eventually("one sleeps again", () -> queue.statistics().waitingPutters() == 1);
            queue.setMaxsize(0);
        }
        assertThat(queue.qsize()).isEqualTo(4);
        assertThat(queue.maxsize()).isZero();
    }

    @Test
    void shouldKeepOrderAcrossManySegments() throws InterruptedException {
        Queue<Integer> queue = newQueue(0);
        int in = 0;
        int out = 0;
        for (int swing : List.of(1, 15, 16, 17, 255, 256, 257, 3_000, 0)) {
            for (int i = 0; i < swing; i++) {
                queue.put(in++);
            }
            for (int i = 0; i < swing - swing / 3; i++) {
                assertThat(queue.get()).isEqualTo(out++);
            }
            assertThat(queue.qsize()).isEqualTo(in - out);
        }
        while (out < in) {
            assertThat(queue.getNowait()).isEqualTo(out++);
        }
        assertThat(queue.empty()).isTrue();
    }

    @Test
    void shouldWorkOnAfterAnImmediateShutdownAcrossSegments() throws InterruptedException {
        Queue<Integer> queue = newQueue(0);
        for (int i = 0; i < 1_000; i++) {
            queue.put(i);
        }
        for (int i = 0; i < 300; i++) {
            queue.get();
        }
        queue.shutdown(true);
        assertThat(queue.qsize()).isZero();
        assertThatExceptionOfType(ShutDownException.class).isThrownBy(queue::getNowait);
        assertThat(queue.unfinishedTasks()).isEqualTo(300);
        assertThat(queue.statistics().discarded()).isEqualTo(700);
        assertThat(queue.statistics().gets()).isEqualTo(300);
    }

    @Test
    @FromCPython("test_queue.BaseSimpleQueueTest.test_references")
    void shouldNotHoldOnToItemsThatWereTaken() throws InterruptedException {
        Queue<Object> queue = new Queue<>();
        List<WeakReference<Object>> references = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Object item = new Object();
            references.add(new WeakReference<>(item));
            queue.put(item);
        }
        for (int i = 0; i < 600; i++) {
            queue.get();
        }
        Deadlines.eventually("the items are collected", () -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.get() == null);
        });
    }

    @Test
    void shouldSayWhatItHasCounted() throws InterruptedException {
        Queue<Integer> queue = newQueue(2);
        queue.put(1);
        queue.put(2);
        queue.get();
        queue.taskDone();
        queue.put(3);
        try (var putter = Crew.start(1, () -> queue.put(4));
                var joiner = Crew.start(1, () -> queue.join())) {
            Deadlines.eventually(
                    "both sleep",
                    () -> queue.statistics().waitingPutters() == 1
                            && queue.statistics().waitingJoiners() == 1);
            assertThat(queue.statistics()).isEqualTo(new Queue.Statistics(2, 2, 3, 1, 0, 2, 1, 0, 1, false));
            queue.get();
            putter.join();
            queue.shutdown(true);
            queue.taskDone();
            joiner.join();
        }
        assertThat(queue.statistics()).isEqualTo(new Queue.Statistics(2, 0, 4, 2, 2, 0, 0, 0, 0, true));
    }

    @Test
    void shouldCountSleepingGetters() {
        Queue<Integer> queue = newQueue(0);
        try (var getters = Crew.start(3, () -> queue.get(PATIENCE))) {
            Deadlines.eventually("three sleep", () -> queue.statistics().waitingGetters() == 3);
            queue.putNowait(1);
            Deadlines.eventually("two sleep", () -> queue.statistics().waitingGetters() == 2);
            queue.putNowait(2);
            queue.putNowait(3);
            getters.join();
        }
        assertThat(queue.statistics().waitingGetters()).isZero();
    }

    @Test
    void shouldPrintItselfAsPythonDoes() throws InterruptedException {
        Queue<Integer> queue = newQueue(2);
        queue.put(1);
        assertThat(queue.toString())
                .matches("<offspring\\.queue\\.Queue at 0x[0-9a-f]+: qsize=1, maxsize=2, unfinished=1>");
        queue.shutdown();
        assertThat(queue.toString()).endsWith(", shut down>");
        assertThatExceptionOfType(ShutDownException.class)
                .isThrownBy(() -> queue.put(2))
                .withMessageContaining(queue.toString());
    }
}
