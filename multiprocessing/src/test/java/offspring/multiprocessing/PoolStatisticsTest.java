package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class PoolStatisticsTest {

    private static final List<Integer> NUMBERS =
            IntStream.range(0, 5000).boxed().toList();

    private static int rest(int millis) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        return never ? -1 : millis;
    }

    private static int litter(int bytes) {
        return new byte[bytes].length;
    }

    private static byte[] restAndReturnMuch(int millis) throws InterruptedException {
        return new byte[rest(millis) * 10_000];
    }

    /** Its words fail. */
    private record Mute(int millis) implements java.io.Serializable {
        private static int rest(Mute mute) throws InterruptedException {
            return PoolStatisticsTest.rest(mute.millis);
        }

        @Override
        public String toString() {
            throw new UnsupportedOperationException("mute");
        }
    }

    @Test
    void shouldTellWhereTheTimeOfWorkersWent() throws Exception {
        try (var pool = new ProcessPool(1)) {
            pool.apply(PoolStatisticsTest::rest, 0);
            assertThat(rest(120)).isEqualTo(120);
            pool.apply(PoolStatisticsTest::rest, 150);
            WorkerStatistics worker = pool.workerStatistics().get(0);
            WorkerStatistics.Times times = worker.times();
            assertThat(times.startUp()).isPositive();
            assertThat(times.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            assertThat(times.busy()).isGreaterThanOrEqualTo(Duration.ofMillis(150));
            assertThat(times.transfer()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(times.startUp()).isLessThan(worker.age());
            assertThat(times.waited().plus(times.busy()).plus(times.transfer())).isLessThanOrEqualTo(worker.age());
            assertThat(worker.tasksServed()).isEqualTo(2);
        }
    }

    @Test
    void shouldTellOfTheMemoryOfWorkers() throws Exception {
        try (var pool = new ProcessPool(2)) {
            pool.map(PoolStatisticsTest::litter, List.of(1 << 20, 1 << 20, 1 << 20, 1 << 20));
            Deadlines.eventually(
                    "both workers are ready and answer",
                    () -> pool.workerStatistics().stream()
                            .allMatch(worker -> worker.memory().isPresent()));
            List<WorkerStatistics> workers = pool.workerStatistics();
            assertThat(workers).hasSize(2).allSatisfy(worker -> {
                assertThat(worker.memory()).isPresent();
                assertThat(worker.memory().get().heapBytes()).isPositive();
                assertThat(worker.memory().get().gcTime()).get().isNotNull();
            });
            long allocated = workers.stream()
                    .mapToLong(worker -> worker.memory().get().allocatedBytes().orElseThrow())
                    .sum();
            assertThat(allocated).isGreaterThanOrEqualTo(4 << 20);
        }
    }

    @Test
    void shouldTellLessOfTheMemoryOfAWorkerWhoseJvmHasNoManagement() throws Exception {
        var options =
                ProcessOptions.builder().jvmArgs("--limit-modules", "java.base").build();
        try (var pool = ProcessPool.builder().maxWorkers(1).options(options).build()) {
            pool.apply(PoolStatisticsTest::litter, 1);
            WorkerStatistics.Memory memory =
                    pool.workerStatistics().get(0).memory().orElseThrow();
            assertThat(memory.gcTime()).isEmpty();
            assertThat(memory.allocatedBytes()).isEmpty();
            assertThat(memory.heapBytes()).isPositive();
        }
    }

    @Test
    void shouldSayNothingOfTheMemoryOfAWorkerThatDoesNotAnswer() throws Exception {
        try (var pool = new ProcessPool(1)) {
            long pid = pool.apply(() -> ProcessHandle.current().pid());
            signal("STOP", pid);
            try {
                assertThat(pool.workerStatistics().get(0).memory()).isEmpty();
            } finally {
                signal("CONT", pid);
            }
            Deadlines.eventually(
                    "it answers again",
                    () -> pool.workerStatistics().get(0).memory().isPresent());
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void shouldCountCallsAndWorkersThoseIncludedThatAreGone() throws Exception {
        try (var pool =
                ProcessPool.builder().maxWorkers(1).maxTasksPerChild(2500).build()) {
            pool.map(x -> x, NUMBERS);
            Deadlines.eventually(
                    "the second worker is replaced",
                    () -> pool.poolStatistics().workersStarted() == 3
                            && pool.workerStatistics().size() == 1);
            PoolStatistics all = pool.poolStatistics();
            assertThat(all.done()).isEqualTo(5000);
            assertThat(all.waiting()).isZero();
            assertThat(all.running()).isZero();
            assertThat(all.lost()).isZero();
            assertThat(all.times().busy()).isPositive();
            assertThat(all.times().busy())
                    .isGreaterThan(all.workers().get(0).times().busy());
        }
    }

    @Test
    void shouldNameTheSlowestCalls() throws Exception {
        try (var pool = new ProcessPool(2)) {
            pool.map(x -> x, NUMBERS);
            pool.map(PoolStatisticsTest::rest, List.of(1, 1000, 2, 250, 3));
            pool.apply(Mute::rest, new Mute(120));
            assertThat(pool.apply(PoolStatisticsTest::restAndReturnMuch, 500)).hasSize(5_000_000);
            pool.apply(PoolStatisticsTest::rest, 1);
            List<PoolStatistics.SlowCall> slowest = pool.poolStatistics().slowest();
            assertThat(slowest).hasSizeBetween(4, 10);
            assertThat(slowest)
                    .extracting(PoolStatistics.SlowCall::call)
                    .containsSubsequence(
                            "PoolStatisticsTest::rest of 1000",
                            "PoolStatisticsTest::restAndReturnMuch of 500",
                            "PoolStatisticsTest::rest of 250",
                            "PoolStatisticsTest::rest of a Mute whose toString() fails");
            assertThat(slowest.get(0).time()).isGreaterThanOrEqualTo(Duration.ofMillis(1000));
            assertThat(slowest.get(0).worker()).startsWith("ProcessPool-");
        }
    }

    @Test
    void shouldShortenLongArguments() {
        assertThat(CallText.of(new Object(), "x".repeat(200))).isEqualTo("Object of " + "x".repeat(79) + "…");
        assertThat(CallText.of(new Object(), null)).isEqualTo("Object");
    }
}
