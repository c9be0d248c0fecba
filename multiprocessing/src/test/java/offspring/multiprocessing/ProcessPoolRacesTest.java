package offspring.multiprocessing;

import static offspring.testkit.Deadlines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import offspring.core.function.CheckedFunction;
import offspring.futures.AsyncResult;
import offspring.futures.Future;
import offspring.multiprocessing.Bomb.Place;
import offspring.multiprocessing.storm.Fault;
import offspring.multiprocessing.storm.Signals;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a pool must not do to a call that has done nothing. */
@Timeout(60)
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
class ProcessPoolRacesTest {

    /** A worker is stopped until the time of its call is over and it is told to end; when it goes on, it answers before it ends. */
    @Test
    void shouldGiveNoCallToAWorkerThatWasToldToEnd() throws Exception {
        try (var begun = new Event();
                var executor = ProcessPoolExecutor.builder()
                        .maxWorkers(1)
                        .taskTimeout(Duration.ofSeconds(1))
                        .gracePeriod(Duration.ofSeconds(1))
                        .build()) {
            long pid = executor.submit(() -> ProcessHandle.current().pid()).result(PATIENCE);
            assumeTrue(Signals.canTell(pid), "only Linux shows which signals wait");
            Future<?> late = executor.submit(() -> computeUntilStopped(begun));
            Future<Long> next = executor.submit(ProcessPoolRacesTest::computeForAMoment);
            begun.await();
            assertThat(Signals.send(pid, "STOP")).isTrue();
            Deadlines.eventually(
                    "the worker is told to end", () -> waitingSignals(pid).contains(15));
            assertThat(Signals.send(pid, "CONT")).isTrue();
            assertThatThrownBy(() -> late.result(PATIENCE)).isInstanceOf(TaskTimeoutException.class);
            assertThat(next.result(PATIENCE)).isNotEqualTo(pid);
        }
    }

    /** Returns at once when its process goes on after it stood for half a second. */
    private static void computeUntilStopped(Event begun) throws Exception {
        begun.set();
        long last = System.nanoTime();
        for (long now = last; now - last < TimeUnit.MILLISECONDS.toNanos(500); now = System.nanoTime()) {
            last = now;
        }
    }

    private static long computeForAMoment() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(300)) {
            Thread.onSpinWait();
        }
        return ProcessHandle.current().pid();
    }

    private static List<Integer> waitingSignals(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            long bits = lines.filter(line -> line.startsWith("ShdPnd:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).trim(), 16))
                    .findFirst()
                    .orElseThrow();
            return IntStream.rangeClosed(1, 64)
                    .filter(signal -> (bits >>> (signal - 1) & 1) == 1)
                    .boxed()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The function of a map kills whoever decodes it: that is the end of its calls, not of one worker after the other. */
    @Test
    void shouldFailAMapWhoseFunctionEndsEveryWorkerThatDecodesIt() throws Exception {
        var pool = new ProcessPool(1);
        try {
            Bomb deadly = Bomb.of(1, Fault.HALT, Place.ARGUMENT);
            CheckedFunction<Integer, Integer> function = x -> deadly.number() + x;
            AsyncResult<List<Integer>> result = pool.mapAsync(function, List.of(1, 2, 3));
            assertThat(result.await(PATIENCE)).as("it ends").isTrue();
            assertThatThrownBy(result::get).isInstanceOf(WorkerLostException.class);
            assertThat(pool.applyAsync(() -> 6 * 7).get(PATIENCE)).isEqualTo(42);
        } finally {
            pool.terminate();
            pool.join();
        }
    }

    /** Callers that read answers for others must leave no worker without its next calls. */
    @Test
    void shouldAnswerAllThreadsThatCallOneWorkerAgainAndAgain() throws Exception {
        var pool = new ProcessPool(1);
        try {
            List<FutureTask<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                var caller = new FutureTask<>(() -> countUp(pool, 10_000));
                callers.add(caller);
                Thread thread = new Thread(caller::run);
                thread.setDaemon(true);
                thread.start();
            }
            for (FutureTask<Integer> caller : callers) {
                assertThat(caller.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(10_000);
            }
        } finally {
            pool.terminate();
            pool.join();
        }
    }

    /** Who reads the answers also sends the next calls: it must not wait for a worker that waits until its answers are read. */
    @Test
    void shouldMapWhenItemsAndResultsAreLargerThanThePipe() throws Exception {
        byte[] item = new byte[200_000];
        item[item.length - 1] = 7;
        var pool = new ProcessPool(1);
        try {
            for (int i = 0; i < 5; i++) {
                AsyncResult<List<byte[]>> results = pool.mapAsync(bytes -> bytes, Collections.nCopies(100, item));
                assertThat(results.await(PATIENCE)).as("it ends").isTrue();
                assertThat(results.get())
                        .hasSize(100)
                        .allSatisfy(result -> assertThat(result).isEqualTo(item));
            }
        } finally {
            pool.terminate();
            pool.join();
        }
    }

    private static int countUp(ProcessPool pool, int times) throws InterruptedException {
        int count = 0;
        for (int i = 0; i < times; i++) {
            count = pool.apply(x -> x + 1, count);
        }
        return count;
    }
}
