package offspring.multiprocessing;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import offspring.queue.EmptyException;
import offspring.queue.FullException;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What queues carry from process to process, and what the death of one costs the others. */
@ExtendWith(FamilyCheck.class)
class QueueAcrossProcessesTest {

    private static final int BLOCK = 1_000;

    // ---- as CPython tests them

    @Test
    @FromCPython("_test_multiprocessing._TestQueue.test_put")
    void shouldBeFullUntilAChildHasTakenItems() throws Exception {
        try (var queue = new Queue<Integer>(6);
                var start = new Event();
                var go = new Event()) {
            Process child = Kin.begin(() -> {
                start.await();
                for (int i = 0; i < 6; i++) {
                    queue.get();
                }
                go.set();
            });
            for (int i = 1; i <= 6; i++) {
                queue.put(i, i % 2 == 0);
            }
            assertThat(queue.full()).isTrue();
            assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.put(7, Duration.ofMillis(20)));
            start.set();
            assertThat(go.await(PATIENCE)).isTrue();
            assertThat(queue.empty()).isTrue();
            assertThat(queue.full()).isFalse();
            Kin.join(child);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestQueue.test_get")
    void shouldBeEmptyUntilAChildHasPutItems() throws Exception {
        try (var queue = new Queue<Integer>();
                var go = new Event()) {
            Process child = Kin.begin(() -> {
                for (int i = 2; i <= 5; i++) {
                    queue.put(i);
                }
                go.set();
            });
            assertThat(go.await(PATIENCE)).isTrue();
            assertThat(queue.empty()).isFalse();
            assertThat(List.of(queue.get(true), queue.get(), queue.get(Duration.ofSeconds(1)), queue.getNowait()))
                    .containsExactly(2, 3, 4, 5);
            assertThat(queue.empty()).isTrue();
            assertThatExceptionOfType(EmptyException.class).isThrownBy(() -> queue.get(false));
            Kin.join(child);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestQueue.test_fork")
    void shouldCarryWhatWasPutBeforeTheStartAndAfter() throws Exception {
        try (var queue = new Queue<Integer>()) {
            for (int i = 0; i < 10; i++) {
                queue.put(i);
            }
            Process child = new Process(() -> {
                for (int i = 10; i < 20; i++) {
                    queue.put(i);
                }
            });
            child.start();
            for (int i = 0; i < 20; i++) {
                assertThat(queue.get(PATIENCE)).isEqualTo(i);
            }
            assertThatExceptionOfType(EmptyException.class).isThrownBy(queue::getNowait);
            Kin.join(child);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestQueue.test_task_done")
    void shouldJoinWhenFourWorkersHaveDoneAllTasks() throws Exception {
        try (var queue = new JoinableQueue<Integer>();
                var results = new Queue<Integer>()) {
            List<Process> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workers.add(Kin.begin(() -> {
                    for (Integer n = queue.get(); n != null; n = queue.get()) {
                        results.put(n);
                        queue.taskDone();
                    }
                    queue.taskDone();
                }));
            }
            for (int i = 0; i < 10; i++) {
                queue.put(i);
            }
            assertThat(queue.join(PATIENCE)).isTrue();
            assertThat(results.qsize()).isEqualTo(10);
            for (int i = 0; i < 4; i++) {
                queue.put(null);
            }
            assertThat(queue.join(PATIENCE)).isTrue();
            for (Process worker : workers) {
                Kin.join(worker);
            }
            assertThatIllegalStateException().isThrownBy(queue::taskDone);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing.TestSimpleQueue.test_empty")
    void shouldSeeAcrossProcessesWhetherASimpleQueueIsEmpty() throws Exception {
        try (var queue = new SimpleQueue<Boolean>()) {
            assertThat(queue.empty()).isTrue();
            Kin.run(() -> {
                queue.put(queue.empty());
                queue.put(queue.empty());
            });
            assertThat(queue.empty()).isFalse();
            assertThat(queue.get()).isTrue();
            assertThat(queue.get()).isFalse();
            assertThat(queue.empty()).isTrue();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing.TestSimpleQueue.test_empty_exceptions")
    void shouldNotSayWhetherAClosedSimpleQueueIsEmpty() throws Exception {
        var queue = new SimpleQueue<String>();
        queue.put("unread");
        queue.close();
        assertThatIllegalStateException().isThrownBy(queue::empty).withMessageContaining("is closed");
    }

    @Test
    @FromCPython("_test_multiprocessing.TestStdinBadfiledescriptor.test_queue_in_process")
    void shouldBeMadeInAChildWhoseInputIsNotItsOwn() throws Exception {
        int code = Kin.run(() -> {
            try (var queue = new Queue<String>()) {
                Process grandchild = new Process(() -> {
                    assertThatExceptionOfType(EmptyException.class).isThrownBy(() -> queue.get(false));
                    queue.put("from a grandchild");
                });
                assertThat(Kin.run(grandchild)).isZero();
                assertThat(queue.get(PATIENCE)).isEqualTo("from a grandchild");
            }
        });
        assertThat(code).isZero();
    }

    // ---- many

    @Test
    void shouldLoseAndDoubleNothingBetweenSeveralProducersAndConsumers() throws Exception {
        int each = 20_000;
        try (var queue = new Queue<int[]>(500);
                var seen = new SimpleQueue<int[]>()) {
            List<Process> all = new ArrayList<>();
            for (int p = 0; p < 2; p++) {
                int producer = p;
                all.add(Kin.begin(() -> {
                    for (int i = 0; i < each; i++) {
                        queue.put(new int[] {producer, i});
                    }
                    queue.put(null);
                }));
                all.add(Kin.begin(() -> consume(queue, seen)));
            }
            Map<Integer, List<Integer>> got = new HashMap<>();
            for (int ends = 0; ends < 2; ) {
                int[] block = seen.get(PATIENCE);
                if (block == null) {
                    ends++;
                } else {
                    for (int i = 0; i < block.length; i += 2) {
                        got.computeIfAbsent(block[i], key -> new ArrayList<>()).add(block[i + 1]);
                    }
                }
            }
            for (int p = 0; p < 2; p++) {
                List<Integer> numbers = got.get(p);
                assertThat(numbers).hasSize(each).doesNotHaveDuplicates();
            }
            for (Process process : all) {
                Kin.join(process);
            }
            assertThat(queue.qsize()).isZero();
        }
    }

    /** Sends on what it gets, in blocks, after it has checked that each producer's numbers grow. */
    private static void consume(Queue<int[]> queue, SimpleQueue<int[]> seen) throws InterruptedException {
        int[] last = {-1, -1};
        int[] block = new int[2 * BLOCK];
        int filled = 0;
        for (int[] item = queue.get(); item != null; item = queue.get()) {
            if (item[1] <= last[item[0]]) {
                throw new AssertionError(item[1] + " of producer " + item[0] + " came after " + last[item[0]]);
            }
            last[item[0]] = item[1];
            block[filled++] = item[0];
            block[filled++] = item[1];
            if (filled == block.length) {
                seen.put(block);
                filled = 0;
            }
        }
        seen.put(Arrays.copyOf(block, filled));
        seen.put(null);
    }

    @Test
    void shouldCarryItemsLongerThanItsMemory() throws Exception {
        try (var queue = new Queue<byte[]>()) {
            Process child = Kin.begin(() -> {
                for (int i = 0; i < 10; i++) {
                    byte[] item = new byte[5_000_000];
                    Arrays.fill(item, (byte) i);
                    queue.put(item);
                }
            });
            for (int i = 0; i < 10; i++) {
                byte[] item = queue.get(PATIENCE);
                assertThat(item).hasSize(5_000_000);
                assertThat(item[0]).isEqualTo((byte) i);
                assertThat(item[4_999_999]).isEqualTo((byte) i);
            }
            Kin.join(child);
        }
    }

    // ---- travelling

    @Test
    void shouldBeTheSameQueueWhenSentThroughAQueue() throws Exception {
        try (var queues = new Queue<List<Queue<String>>>()) {
            Process child = Kin.begin(() -> {
                Queue<String> inner = queues.get().get(0);
                inner.put("through the inner one");
                inner.close();
            });
            try (var inner = new Queue<String>()) {
                queues.put(List.of(inner));
                assertThat(inner.get(PATIENCE)).isEqualTo("through the inner one");
            }
            Kin.join(child);
        }
    }

    @Test
    void shouldLiveInAnUnreadItemWhenNobodyElseHoldsIt() throws Exception {
        try (var queues = new Queue<Queue<String>>()) {
            var inner = new JoinableQueue<String>();
            inner.put("kept");
            queues.put(inner);
            inner.close();
            try (var arrived = queues.get(PATIENCE)) {
                assertThat(arrived).isInstanceOf(JoinableQueue.class);
                assertThat(arrived.get(PATIENCE)).isEqualTo("kept");
            }
        }
    }

    // ---- ends

    @Test
    void shouldFlushWhatWasPutBeforeTheProcessEnds() throws Exception {
        int items = 30_000;
        try (var queue = new Queue<Integer>()) {
            Process child = new Process(() -> {
                for (int i = 0; i < items; i++) {
                    queue.put(i);
                }
            });
            child.start();
            for (int i = 0; i < items; i++) {
                assertThat(queue.get(PATIENCE)).isEqualTo(i);
            }
            Kin.join(child);
            assertThat(child.exitcode()).hasValue(0);
        }
    }

    @Test
    void shouldEndWithoutFlushingWhenToldSo() throws Exception {
        try (var queue = new Queue<Integer>()) {
            Process child = new Process(() -> {
                queue.cancelJoinThread();
                for (int i = 0; i < 30_000; i++) {
                    queue.put(i);
                }
            });
            child.start();
            Kin.join(child);
            Deadlines.eventually("what was buffered is lost", () -> queue.qsize() < 30_000);
            int left = queue.qsize();
            for (int i = 0; i < left; i++) {
                assertThat(queue.get(PATIENCE)).isEqualTo(i);
            }
            assertThat(queue.empty()).isTrue();
        }
    }

    @Test
    void shouldGoOnWaitingForATaskWhoseWorkerWasKilled() throws Exception {
        try (var queue = new JoinableQueue<String>();
                var taken = new Event()) {
            queue.put("work");
            Process worker = Kin.begin(() -> {
                queue.get();
                taken.set();
                Kin.sleepForEver();
            });
            assertThat(taken.await(PATIENCE)).isTrue();
            worker.kill();
            Kin.join(worker);
            assertThat(queue.join(Duration.ofMillis(50))).isFalse();
            queue.taskDone();
            assertThat(queue.join(Duration.ZERO)).isTrue();
        }
    }

    @Test
    void shouldForgetWhatAKilledProducerHadBuffered() throws Exception {
        try (var queue = new JoinableQueue<Integer>(40_000);
                var put = new Event()) {
            Process producer = Kin.begin(() -> {
                for (int i = 0; i < 40_000; i++) {
                    queue.put(i);
                }
                put.set();
                Kin.sleepForEver();
            });
            assertThat(put.await(PATIENCE)).isTrue();
            assertThat(queue.full()).isTrue();
            producer.kill();
            Kin.join(producer);
            Deadlines.eventually("there is room again", () -> !queue.full());
            int left = queue.qsize();
            assertThat(left).isPositive();
            for (int i = 0; i < left; i++) {
                assertThat(queue.get(PATIENCE)).isEqualTo(i);
                queue.taskDone();
            }
            assertThat(queue.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void shouldGoOnWhoeverIsKilledWhereverItIs() throws Exception {
        Random random = new Random(20);
        try (var queue = new Queue<byte[]>(4)) {
            for (int round = 0; round < 20; round++) {
                int seed = round;
                Process producer = Kin.begin(() -> {
                    Random sizes = new Random(seed);
                    while (true) {
                        queue.put(new byte[sizes.nextInt(10) == 0 ? 300_000 : sizes.nextInt(2_000)]);
                    }
                });
                Process consumer = Kin.begin(() -> {
                    while (true) {
                        queue.get();
                    }
                });
                long until = System.nanoTime() + random.nextInt(30_000_000);
                while (System.nanoTime() < until) {
                    java.lang.Thread.onSpinWait();
                }
                (round % 2 == 0 ? producer : consumer).kill();
                Kin.join(round % 2 == 0 ? producer : consumer);
                (round % 2 == 0 ? consumer : producer).kill();
                Kin.join(round % 2 == 0 ? consumer : producer);

                drain(queue);
                for (int i = 0; i < 4; i++) {
                    queue.put(new byte[i], PATIENCE);
                }
                assertThat(queue.full()).isTrue();
                assertThatExceptionOfType(FullException.class).isThrownBy(() -> queue.putNowait(new byte[0]));
                for (int i = 0; i < 4; i++) {
                    assertThat(queue.get(PATIENCE)).hasSize(i);
                }
                assertThat(queue.empty()).isTrue();
            }
        }
    }

    private static void drain(Queue<byte[]> queue) throws InterruptedException {
        while (true) {
            try {
                queue.get(Duration.ofMillis(5));
            } catch (EmptyException e) {
                return;
            }
        }
    }
}
