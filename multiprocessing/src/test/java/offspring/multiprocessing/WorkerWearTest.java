package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import offspring.futures.AsyncResult;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class WorkerWearTest {

    /** What calls have left behind in their worker: more than it may grow, and less than its heap, however fast they come. */
    private static final List<byte[]> LEFT = new ArrayList<>();

    private static final int MOST_LEFT = 64;

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static long leave(int bytes) {
        if (LEFT.size() < MOST_LEFT) {
            LEFT.add(new byte[bytes]);
        }
        return pid();
    }

    private static long litter(int bytes) {
        return new byte[bytes].length + pid() - bytes;
    }

    @Test
    void shouldReplaceAWorkerWhenItsHeapHasGrown() throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(1)
                .maxHeap("256m")
                .maxMemoryGrowth("16m")
                .build()) {
            long first = pool.apply(WorkerWearTest::pid);
            Deadlines.eventually("the worker is replaced", () -> call(pool, 1 << 20) != first);
        }
    }

    private static long call(ProcessPool pool, int bytes) {
        try {
            return pool.apply(WorkerWearTest::leave, bytes);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldKeepAWorkerThatOnlyMakesGarbage() throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(1)
                .maxHeap("256m")
                .maxMemoryGrowth("16m")
                .build()) {
            long first = pool.apply(WorkerWearTest::pid);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1); // several looks at the heap
            while (System.nanoTime() - end < 0) {
                assertThat(pool.<Integer, Long>apply(WorkerWearTest::litter, 1 << 20))
                        .isEqualTo(first);
            }
        }
    }

    @Test
    void shouldReplaceAWorkerThatIsOldWhileItIsIdle() throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(1)
                .maxWorkerAge(Duration.ofMillis(300))
                .build()) {
            long first = pool.apply(WorkerWearTest::pid);
            Deadlines.eventually("another worker is there", () -> {
                List<WorkerStatistics> now = pool.workerStatistics();
                return now.size() == 1 && now.get(0).pid() != first;
            });
            assertThat(pool.apply(WorkerWearTest::pid)).isNotEqualTo(first);
        }
    }

    @Test
    void shouldFinishTheCallOfAWorkerThatIsOld() throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(1)
                .maxWorkerAge(Duration.ofMillis(200))
                .build()) {
            AsyncResult<Long> result = pool.applyAsync(() -> {
                boolean never = new CountDownLatch(1).await(1, TimeUnit.SECONDS);
                return never ? 0 : pid();
            });
            long first = result.get(Deadlines.PATIENCE);
            assertThat(pool.apply(WorkerWearTest::pid)).isNotEqualTo(first);
        }
    }

    @Test
    void shouldLoseNothingWhileWorkersAreReplaced() throws Exception {
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            items.add(i);
        }
        try (var pool = ProcessPool.builder()
                .maxWorkers(2)
                .maxWorkerAge(Duration.ofMillis(150))
                .build()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (System.nanoTime() - end < 0) {
                assertThat(pool.map(x -> x, items)).isEqualTo(items);
            }
        }
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> ProcessPool.builder().maxWorkerAge(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxWorkerAge=PT0S");
        assertThatThrownBy(() -> ProcessPool.builder().maxMemoryGrowth("much"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxMemoryGrowth is \"much\"");
        assertThat(ProcessOptions.bytesOf("x", "64m")).isEqualTo(64L << 20);
        assertThat(ProcessOptions.bytesOf("x", "2G")).isEqualTo(2L << 30);
        assertThat(ProcessOptions.bytesOf("x", "4096")).isEqualTo(4096);
    }
}
