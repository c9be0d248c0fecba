package offspring.multiprocessing;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import offspring.core.function.CheckedFunction;
import offspring.futures.AsyncResult;
import offspring.futures.BrokenExecutorException;
import offspring.futures.Future;
import offspring.futures.ResultIterator;
import offspring.multiprocessing.storm.Fault;
import offspring.multiprocessing.storm.Signals;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The deaths of workers that need an arrangement: in the middle of a large message, in the initializer, during a shutdown. */
@Timeout(60)
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class ProcessPoolDeathsTest {

    private static final int LARGE = 8 << 20;

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static void stop(long pid) throws IOException, InterruptedException {
        assumeTrue(Signals.canTell(pid), "only Linux shows whether a thread stands");
        assertThat(Signals.send(pid, "STOP")).isTrue();
        Deadlines.eventually("the worker stands", () -> Signals.isStopped(pid));
    }

    // ---- in the middle of a large message

    @Test
    void shouldDoACallElsewhereWhenItsWorkerIsKilledWhileALargeArgumentTravels() throws Exception {
        try (var executor = new ProcessPoolExecutor(1)) {
            long first = executor.submit(() -> pid()).result(PATIENCE);
            stop(first); // it does not read, so the argument does not fit into the pipe
            byte[] large = large();
            var future = new AtomicReference<Future<Long>>();
            try (var crew = Crew.start(1, () -> future.set(executor.submit(() -> sum(large) + pid())))) {
                crew.awaitBlocked();
                assertThat(Signals.send(first, "KILL")).isTrue();
            }
            assertThat(future.get().result(PATIENCE) - sum(large)).isNotEqualTo(first);
        }
    }

    private static byte[] large() {
        byte[] large = new byte[LARGE];
        Arrays.fill(large, (byte) 1);
        return large;
    }

    private static long sum(byte[] bytes) {
        long sum = 0;
        for (byte one : bytes) {
            sum += one;
        }
        return sum;
    }

    @Test
    void shouldTellThatTheResultIsLostWhenItsWorkerDiesWhileALargeResultTravels() throws Exception {
        try (var pool = new ProcessPool(1)) {
            int lost = 0;
            while (lost == 0) { // most die in the middle of the result, some only after it
                AsyncResult<byte[]> result = pool.applyAsync(ProcessPoolDeathsTest::dieWhileItIsSent, LARGE);
                try {
                    assertThat(result.get(PATIENCE)).hasSize(LARGE);
                } catch (WorkerLostException loss) {
                    assertThat(loss.exitCode()).isEqualTo(Fault.HALT_CODE);
                    assertThat(loss.certainty()).isEqualTo(Certainty.RESULT_LOST);
                    lost++;
                }
            }
            assertThat(pool.apply(() -> 6 * 7)).isEqualTo(42);
        }
    }

    /** Gives so many bytes, and halts this JVM as soon as their way begins. */
    private static byte[] dieWhileItIsSent(int size) {
        Thread main = Thread.currentThread();
        Thread watcher = new Thread(() -> {
            while (Arrays.stream(main.getStackTrace())
                    .noneMatch(frame -> frame.getClassName().contains(".internal.ring.RingWriter"))) {
                Thread.onSpinWait();
            }
            Runtime.getRuntime().halt(Fault.HALT_CODE);
        });
        watcher.setDaemon(true);
        watcher.start();
        return new byte[size];
    }

    @Test
    @FromCPython("test_deadlock.ExecutorDeadlockTest.test_crash_big_data")
    void shouldFailEveryItemThatCrashesWithMoreThanAPipeHolds() throws Exception {
        try (var executor = new ProcessPoolExecutor(2)) {
            ResultIterator<Integer> results =
                    executor.map(ProcessPoolDeathsTest::halt, Collections.nCopies(10, new byte[4 << 20]));
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> results.next(PATIENCE)).isInstanceOf(WorkerLostException.class);
            }
            assertThat(results.hasNext()).isFalse();
        }
    }

    private static int halt(Object data) {
        Runtime.getRuntime().halt(Fault.HALT_CODE);
        return 0;
    }

    // ---- before a call has begun

    @Test
    void shouldGiveToAnIdleWorkerWhatADeadOneHadNotBegun() throws Exception {
        try (var executor = new ProcessPoolExecutor(2);
                var both = new Barrier(2)) {
            CheckedFunction<Integer, Long> meet = x -> {
                both.await();
                return pid();
            };
            List<Long> pids = new ArrayList<>();
            executor.map(meet, List.of(1, 2)).forEachRemaining(pids::add);
            for (long pid : pids) {
                stop(pid);
            }
            Future<Long> call = executor.submit(() -> pid());
            Deadlines.eventually(
                    "a worker has it",
                    () -> executor.workerStatistics().stream().anyMatch(worker -> !worker.idle()));
            long victim = executor.workerStatistics().stream()
                    .filter(worker -> !worker.idle())
                    .findFirst()
                    .orElseThrow()
                    .pid();
            long other = pids.get(0) == victim ? pids.get(1) : pids.get(0);
            assertThat(Signals.send(other, "CONT")).isTrue();
            assertThat(Signals.send(victim, "KILL")).isTrue();
            assertThat(call.result(PATIENCE)).isNotEqualTo(victim);
        }
    }

    // ---- in the initializer

    @ParameterizedTest
    @EnumSource(names = {"THROW", "HEAP", "EXIT", "HALT", "KILL"})
    void shouldBreakWithTheCauseWhenNoWorkerGetsThroughItsInitializer(Fault fault) throws Exception {
        try (var pool = ProcessPool.builder()
                .maxWorkers(2)
                .maxHeap("48m")
                .initializer(() -> fault.strike("no database"))
                .build()) {
            checkBroken(fault, () -> pool.applyAsync(() -> 1).get(PATIENCE));
            checkBroken(fault, () -> pool.mapAsync(x -> x, List.of(1, 2, 3)).get(PATIENCE));
        }
        try (var executor = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .maxHeap("48m")
                .initializer(() -> fault.strike("no database"))
                .build()) {
            Future<Integer> first = executor.submit(() -> 1);
            checkBroken(fault, () -> first.result(PATIENCE));
            checkBroken(fault, () -> executor.submit(() -> 1));
        }
    }

    private static void checkBroken(Fault fault, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(BrokenExecutorException.class).satisfies(broken -> {
            Throwable cause = broken.getCause();
            switch (fault) {
                case THROW ->
                    assertThat(cause).isInstanceOf(IllegalStateException.class).hasMessage("no database");
                case HEAP -> assertThat(cause).isInstanceOf(OutOfMemoryError.class);
                default ->
                    assertThat(cause)
                            .isInstanceOfSatisfying(
                                    WorkerLostException.class,
                                    lost -> assertThat(lost.exitCode()).isEqualTo(fault.exitCode()));
            }
        });
    }

    /** An initializer has no time limit; who does not want to wait for it terminates the pool. */
    @Test
    void shouldBeTerminatedWhenItsWorkersStandInTheirInitializer() throws Exception {
        var pool = ProcessPool.builder()
                .maxWorkers(2)
                .initializer(() -> Fault.STOP.strike(""))
                .build();
        AsyncResult<Integer> waits = pool.applyAsync(() -> 1);
        List<Long> pids =
                pool.workerStatistics().stream().map(WorkerStatistics::pid).toList();
        assertThat(pids).hasSize(2);
        assumeTrue(Signals.canTell(pids.get(0)), "only Linux shows whether a thread stands");
        Deadlines.eventually("both stand", () -> pids.stream().allMatch(Signals::isStopped));
        assertThat(waits.ready()).isFalse();
        pool.terminate();
        assertThat(waits.toFuture().cancelled()).isTrue();
        assertThat(pool.join(PATIENCE)).isTrue();
    }

    // ---- with a lock

    @Test
    void shouldHandOnALockToOtherCallsWhenItsHolderDies() throws Exception {
        try (var executor = new ProcessPoolExecutor(3);
                var lock = new Lock()) {
            List<Future<Integer>> futures = IntStream.range(0, 30)
                    .mapToObj(x -> executor.submit(() -> guarded(lock, x)))
                    .toList();
            for (int i = 0; i < futures.size(); i++) {
                if (i == 10 || i == 20) {
                    assertThat(futures.get(i).exception(PATIENCE)).isInstanceOf(WorkerLostException.class);
                } else {
                    assertThat(futures.get(i).result(PATIENCE)).isEqualTo(i);
                }
            }
        }
    }

    private static int guarded(Lock lock, int x) throws Exception {
        lock.acquire();
        if (x == 10) {
            Fault.KILL.strike("");
        } else if (x == 20) {
            Fault.EXIT.strike("");
        }
        lock.release();
        return x;
    }

    // ---- during a shutdown

    @Test
    @FromCPython("test_deadlock.ExecutorDeadlockTest.test_shutdown_deadlock")
    void shouldEndWhenAWorkerDiesDuringTheShutdown() throws Exception {
        try (var executor = new ProcessPoolExecutor(2);
                var now = new Event()) {
            Future<Integer> crash = executor.submit(() -> {
                now.await();
                return halt(null);
            });
            try (var crew = Crew.start(1, () -> executor.shutdown(true, false))) {
                Deadlines.eventually("the shutdown has begun", executor::isShutdown);
                assertThat(crew.finished()).isZero();
                now.set();
            }
            assertThat(executor.isTerminated()).isTrue();
            assertThatThrownBy(() -> crash.result(Duration.ZERO)).isInstanceOf(WorkerLostException.class);
        }
    }

    /** Cannot be written. */
    private static final class Unwritable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("not to be written");
        }
    }

    @Test
    @FromCPython({
        "test_deadlock.ExecutorDeadlockTest.test_error_at_task_pickle",
        "test_deadlock.ExecutorDeadlockTest.test_shutdown_deadlock_pickle"
    })
    void shouldEndWhenAnArgumentCannotBeWrittenBeforeAShutdownThatDoesNotWait() throws Exception {
        var executor = new ProcessPoolExecutor(2);
        assertThat(executor.submit(() -> 42).result(PATIENCE)).isEqualTo(42);
        var bad = new Unwritable();
        Future<String> future = executor.submit(bad::toString);
        executor.shutdown(false, false);
        assertThat(future.exception(PATIENCE))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("not to be written");
        assertThat(executor.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                .isTrue();
    }

    @Test
    @FromCPython("test_deadlock.ExecutorDeadlockTest.test_gh105829_should_not_deadlock_if_wakeup_pipe_full")
    void shouldTakeAHundredCallsWhileNobodyHearsOfResults() throws Exception {
        var held = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        try (var executor = new ProcessPoolExecutor(1)) {
            Future<Integer> first = executor.submit(() -> -1);
            first.addDoneCallback(done -> {
                held.countDown();
                gate.await(); // holds up the answers of the worker
            });
            held.await();
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int x = i;
                futures.add(executor.submit(() -> x));
            }
            gate.countDown();
            for (int i = 0; i < 100; i++) {
                assertThat(futures.get(i).result(PATIENCE)).isEqualTo(i);
            }
        }
    }
}
