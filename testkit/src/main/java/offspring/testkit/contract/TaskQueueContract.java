package offspring.testkit.contract;

import static offspring.testkit.Deadlines.PATIENCE;
import static offspring.testkit.Deadlines.SHORT;
import static offspring.testkit.Deadlines.assertTook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.queue.TaskQueue;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/** What every {@link TaskQueue} promises about its tasks. */
public abstract class TaskQueueContract extends BoundedQueueContract {

    @Override
    protected abstract TaskQueue<Integer> newQueue(int maxsize);

    @Override
    protected TaskQueue<Integer> newQueue() {
        return newQueue(0);
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_queue_task_done")
    void shouldRefuseTaskDoneWhenNothingWasPut() {
        TaskQueue<Integer> queue = newQueue();
        assertThatIllegalStateException().isThrownBy(queue::taskDone).withMessageContaining("too many");
        assertThat(queue.unfinishedTasks()).isZero();
    }

    @Test
    @FromCPython("test_queue.BaseQueueTestMixin.test_queue_join")
    void shouldJoinWhenEveryTaskIsDone() throws InterruptedException {
        TaskQueue<Integer> queue = newQueue();
        for (int round = 0; round < 2; round++) {
            var sum = new AtomicInteger();
            try (var workers = Crew.start(2, () -> work(queue, sum))) {
                for (int i = 0; i < 100; i++) {
                    queue.put(i);
                }
                queue.join();
                assertThat(sum).hasValue(4950);
                queue.put(-1);
                queue.put(-1);
                queue.join();
                workers.join();
            }
            assertThatIllegalStateException().isThrownBy(queue::taskDone);
        }
    }

    private static void work(TaskQueue<Integer> queue, AtomicInteger sum) throws InterruptedException {
        for (int item = queue.get(); item >= 0; item = queue.get()) {
            sum.addAndGet(item);
            queue.taskDone();
        }
        queue.taskDone();
    }

    @Test
    void shouldCountTasksUntilTheyAreDoneNotUntilTheyAreTaken() throws InterruptedException {
        TaskQueue<Integer> queue = newQueue();
        queue.put(1);
        queue.put(2);
        assertThat(queue.unfinishedTasks()).isEqualTo(2);
        queue.get();
        assertThat(queue.unfinishedTasks()).isEqualTo(2);
        queue.taskDone();
        assertThat(queue.unfinishedTasks()).isEqualTo(1);
        assertThat(queue.join(Duration.ZERO)).isFalse();
        queue.get(PATIENCE);
        blockedAction(queue::join, queue::taskDone);
        assertThat(queue.join(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldReturnFalseOnTimeWhenTasksRemain() throws InterruptedException {
        TaskQueue<Integer> queue = newQueue();
        queue.put(1);
        long start = System.nanoTime();
        assertThat(queue.join(SHORT)).isFalse();
        assertTook(start, SHORT);
        queue.get(PATIENCE);
        assertThat(blocked(() -> queue.join(PATIENCE), queue::taskDone)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> queue.join(Duration.ofNanos(-1)));
    }

    @Test
    void shouldThrowWhenInterruptedWhileJoining() throws InterruptedException {
        TaskQueue<Integer> queue = newQueue();
        queue.put(1);
        assertInterrupted(queue::join);
        assertInterrupted(() -> queue.join(PATIENCE));
        queue.get(PATIENCE);
        queue.taskDone();
        queue.join();
    }

    @Test
    void shouldReleaseEveryJoiner() throws InterruptedException {
        TaskQueue<Integer> queue = newQueue();
        queue.put(1);
        try (var joiners = Crew.start(5, () -> queue.join())) {
            joiners.awaitBlocked();
            assertThat(joiners.finished()).isZero();
            queue.get(PATIENCE);
            queue.taskDone();
        }
    }

    @Test
    void shouldCountEachTaskDoneOnceWhenManyThreadsCallIt() throws InterruptedException {
        TaskQueue<Integer> queue = newQueue();
        int tasks = 20_000;
        for (int i = 0; i < tasks; i++) {
            queue.put(i);
        }
        var refused = new AtomicInteger();
        try (var crew = Crew.start(4, () -> {
            for (int i = 0; i < tasks / 2; i++) {
                try {
                    queue.taskDone();
                } catch (IllegalStateException e) {
                    refused.incrementAndGet();
                }
            }
        })) {
            queue.join();
            crew.join();
        }
        assertThat(refused).hasValue(tasks);
        for (int i = 0; i < tasks; i++) {
            queue.get(PATIENCE);
        }
    }
}
