package offspring.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.VirtualThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes while many threads put and get: the bound, the shutdown, the kind of threads. */
class LoadTest {

    private static final int SLEEPERS = 10_000;

    static Stream<IntFunction<Queue<Integer>>> queues() {
        return Stream.of(Queue::new, LifoQueue::new, PriorityQueue::new);
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldLoseNothingWhenTheBoundChangesUnderLoad(IntFunction<Queue<Integer>> make) {
        Queue<Integer> queue = make.apply(1);
        int items = 40_000;
        AtomicLong sum = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        try (var producers = Crew.start(2, () -> {
                    for (int i = 1; i <= items; i++) {
                        queue.put(i);
                    }
                });
                var consumers = Crew.start(2, () -> {
                    for (int i = 1; i <= items; i++) {
                        sum.addAndGet(queue.get());
                    }
                });
                var changer = Crew.start(1, () -> changeBound(queue, over))) {
            producers.join();
            consumers.join();
            over.set(true);
            changer.join();
        } finally {
            over.set(true);
        }
        assertThat(sum).hasValue(items * (items + 1L));
        assertThat(queue.empty()).isTrue();
    }

    private static void changeBound(Queue<Integer> queue, AtomicBoolean over) {
        Random random = new Random(3);
        while (!over.get()) {
            queue.setMaxsize(random.nextInt(20) - 1);
            LockSupport.parkNanos(20_000);
        }
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldAccountForEveryItemWhenShutDownUnderLoad(IntFunction<Queue<Integer>> make) {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            boolean immediate = round % 2 == 0;
            Queue<Integer> queue = make.apply(random.nextInt(6));
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger taken = new AtomicInteger();
            int after = random.nextInt(2_000);
            try (var producers = Crew.start(2, () -> countUntilShutDown(() -> queue.put(1), accepted));
                    var consumers = Crew.start(
                            2,
                            () -> countUntilShutDown(
                                    () -> {
                                        queue.get();
                                        queue.taskDone();
                                    },
                                    taken));
                    var joiner = Crew.start(1, () -> queue.join())) {
                Deadlines.eventually("some items went through", () -> taken.get() >= after);
                queue.shutdown(immediate);
                producers.join();
                consumers.join();
                joiner.join();
            }
            Queue.Statistics counts = queue.statistics();
            assertThat(counts.puts()).isEqualTo(accepted.get());
            assertThat(counts.gets()).isEqualTo(taken.get());
            assertThat(counts.gets() + counts.discarded()).isEqualTo(counts.puts());
            assertThat(counts.unfinishedTasks()).isZero();
            assertThat(immediate || counts.discarded() == 0).isTrue();
        }
    }

    private interface Step {
        void take() throws InterruptedException;
    }

    private static void countUntilShutDown(Step step, AtomicInteger count) throws InterruptedException {
        try {
            while (true) {
                step.take();
                count.incrementAndGet();
            }
        } catch (ShutDownException e) {
            assertThat(e).hasMessageContaining("shut down");
        }
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldNeverHoldMoreThanItsBound(IntFunction<Queue<Integer>> make) {
        Queue<Integer> queue = make.apply(3);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger most = new AtomicInteger();
        try (var watcher = Crew.start(1, () -> {
                    while (!over.get()) {
                        most.accumulateAndGet(queue.qsize(), Math::max);
                    }
                });
                var producers = Crew.start(3, () -> {
                    for (int i = 0; i < 10_000; i++) {
                        queue.put(i);
                    }
                });
                var consumers = Crew.start(3, () -> {
                    for (int i = 0; i < 10_000; i++) {
                        queue.get();
                    }
                })) {
            producers.join();
            consumers.join();
            over.set(true);
            watcher.join();
        } finally {
            over.set(true);
        }
        assertThat(most.get()).isBetween(0, 3);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldWakeTenThousandVirtualThreadsThatWaitForAnItem() {
        Queue<Integer> queue = new Queue<>();
        AtomicLong sum = new AtomicLong();
        try (var getters =
                Crew.start(SLEEPERS, VirtualThreads.factory(), (Integer index) -> sum.addAndGet(queue.get()))) {
            Deadlines.eventually("all sleep", () -> queue.statistics().waitingGetters() == SLEEPERS);
            for (int i = 0; i < SLEEPERS; i++) {
                queue.putNowait(i);
            }
            getters.join();
        }
        assertThat(sum).hasValue(SLEEPERS * (SLEEPERS - 1L) / 2);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldWakeTenThousandVirtualThreadsThatWaitForRoomOrShutdown() throws InterruptedException {
        Queue<Integer> queue = new Queue<>(1);
        queue.put(-1);
        AtomicInteger refused = new AtomicInteger();
        try (var putters = Crew.start(SLEEPERS, VirtualThreads.factory(), (Integer index) -> {
            try {
                queue.put(index);
            } catch (ShutDownException e) {
                refused.incrementAndGet();
            }
        })) {
            Deadlines.eventually("all sleep", () -> queue.statistics().waitingPutters() == SLEEPERS);
            for (int i = 0; i <= SLEEPERS / 2; i++) {
                queue.get();
            }
            queue.shutdown();
            putters.join();
        }
        assertThat(refused.get()).isBetween(SLEEPERS / 2 - 2, SLEEPERS / 2);
        assertThatExceptionOfType(ShutDownException.class).isThrownBy(() -> {
            queue.getNowait();
            queue.getNowait();
        });
    }
}
