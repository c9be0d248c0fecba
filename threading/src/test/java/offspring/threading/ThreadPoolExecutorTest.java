package offspring.threading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.function.CheckedFunction;
import offspring.futures.BrokenExecutorException;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.futures.Futures;
import offspring.futures.ResultIterator;
import offspring.futures.contract.ExecutorContract;
import offspring.futures.contract.Tasks;
import offspring.testkit.ChildJava;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import offspring.threading.children.ForgetsItsExecutor;
import offspring.threading.children.ShutsDownWithoutWaiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class ThreadPoolExecutorTest extends ExecutorContract {

    @Override
    protected Executor newExecutor(int workers) {
        return new ThreadPoolExecutor(workers);
    }

    @Test
    @FromCPython("test_thread_pool.ThreadPoolExecutorTest.test_default_workers")
    void shouldHavePythonsNumberOfThreads() {
        try (var executor = new ThreadPoolExecutor()) {
            int expected = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
            assertThat(executor.toString()).isEqualTo("<ThreadPoolExecutor state=open workers=" + expected + ">");
        }
    }

    @Test
    void shouldUseAnIdleThreadBeforeItStartsOne() throws Exception {
        try (var executor = new ThreadPoolExecutor(8)) {
            for (int i = 0; i < 300; i++) {
                int x = i;
                assertThat(executor.submit(() -> Tasks.square(x)).result()).isEqualTo(x * x);
            }
            assertThat(executor.statistics().workers()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    @FromCPython("test_thread_pool.ThreadPoolExecutorTest.test_saturation")
    void shouldNeverHaveMoreThreadsThanAllowed() throws Exception {
        var gate = new CountDownLatch(1);
        try (var executor = new ThreadPoolExecutor(4)) {
            for (int i = 0; i < 15 * 4; i++) {
                executor.submit(() -> gate.await());
            }
            assertThat(executor.statistics().workers()).isEqualTo(4);
            assertThat(executor.statistics().unfinished()).isEqualTo(60);
            gate.countDown();
        }
    }

    @Test
    @FromCPython("test_thread_pool.ThreadPoolExecutorTest.test_map_submits_without_iteration")
    void shouldBeginAMapBeforeAnybodyIterates() {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        try (var executor = new ThreadPoolExecutor(2)) {
            executor.map(seen::add, List.of(1, 2, 3));
        }
        assertThat(seen).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    @FromCPython({
        "test_shutdown.ThreadPoolShutdownTest.test_thread_names_assigned",
        "test_shutdown.ThreadPoolShutdownTest.test_thread_names_default"
    })
    void shouldNameItsThreads() throws Exception {
        try (var named = ThreadPoolExecutor.builder()
                        .maxWorkers(2)
                        .threadNamePrefix("SpecialPool")
                        .build();
                var unnamed = new ThreadPoolExecutor(2)) {
            assertThat(named.submit(() -> java.lang.Thread.currentThread().getName())
                            .result())
                    .isEqualTo("SpecialPool_0");
            assertThat(unnamed.submit(() -> java.lang.Thread.currentThread().getName())
                            .result())
                    .matches("ThreadPoolExecutor-\\d+_0");
        }
    }

    @Test
    @FromCPython({
        "test_shutdown.ThreadPoolShutdownTest.test_threads_terminate",
        "test_shutdown.ThreadPoolShutdownTest.test_shutdown_no_wait"
    })
    void shouldEndItsThreadsWithoutAWait() throws Exception {
        Executor executor = newExecutor(3);
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int x = i;
            futures.add(executor.submit(() -> Tasks.square(x)));
        }
        executor.shutdown(false, false);
        assertThat(Futures.await(futures).done()).hasSize(10).noneMatch(Future::cancelled);
        Deadlines.eventually("the threads end", executor::isTerminated);
    }

    @Test
    @FromCPython("test_shutdown.ThreadPoolShutdownTest.test_del_shutdown")
    void shouldShutDownWhenForgotten() {
        Future<Integer> future = forgotten();
        Deadlines.eventually("the work is done", future::done);
        Deadlines.eventually("the threads end", () -> {
            System.gc();
            return Threading.enumerate().stream()
                    .noneMatch(thread -> thread.name().startsWith("forgotten"));
        });
    }

    private static Future<Integer> forgotten() {
        return ThreadPoolExecutor.builder()
                .threadNamePrefix("forgotten")
                .build()
                .submit(() -> Tasks.square(2));
    }

    @Test
    @FromCPython({"test_init.InitializerMixin.test_initializer", "test_init.FailingInitializerMixin.test_initializer"})
    void shouldInitializeItsThreadsOrBreak() throws Exception {
        var state = new AtomicInteger();
        try (var executor = ThreadPoolExecutor.builder()
                .maxWorkers(1)
                .initializer(state::incrementAndGet)
                .build()) {
            assertThat(executor.submit(() -> state.get()).result()).isEqualTo(1);
        }
        var cause = new IllegalStateException("no licence");
        try (var executor = ThreadPoolExecutor.builder()
                .maxWorkers(2)
                .initializer(() -> {
                    throw cause;
                })
                .build()) {
            Future<Integer> future = executor.submit(() -> Tasks.square(1));
            assertThatThrownBy(future::result)
                    .isInstanceOf(BrokenExecutorException.class)
                    .hasCause(cause);
            assertThatExceptionOfType(BrokenExecutorException.class)
                    .isThrownBy(() -> executor.submit(() -> 1))
                    .withMessageContaining("initializer");
        }
    }

    @Test
    @FromCPython("test_wait.ThreadPoolWaitTests.test_pending_calls_race")
    void shouldWaitForAHundredFuturesThatEndAtOnce() throws Exception {
        var gate = new CountDownLatch(1);
        try (var executor = new ThreadPoolExecutor(4)) {
            List<Future<Object>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                futures.add(executor.submit(() -> {
                    gate.await();
                    return null;
                }));
            }
            gate.countDown();
            assertThat(Futures.await(futures).done()).hasSize(100);
        }
    }

    @Test
    void shouldStartAThreadForACallThatADoneCallbackWaitsFor() throws Exception {
        try (var executor = new ThreadPoolExecutor(2)) {
            var inner = new AtomicInteger();
            Future<Integer> outer = executor.submit(() -> 1);
            outer.addDoneCallback(
                    f -> inner.set(executor.submit(() -> Tasks.square(7)).result()));
            Deadlines.eventually("the callback is through", () -> inner.get() == 49);
        }
    }

    @Test
    @FromCPython("test_thread_pool.ThreadPoolExecutorTest.test_executor_map_current_future_cancel")
    void shouldNotBeginWhatIsLeftOfAMapWhoseTimeIsOver() throws Exception {
        var log = new ConcurrentLinkedQueue<String>();
        var gate = new CountDownLatch(1);
        CheckedFunction<String, Object> work = name -> {
            log.add(name + " started");
            gate.await();
            log.add(name + " stopped");
            return null;
        };
        try (var executor = new ThreadPoolExecutor(1)) {
            Future<Object> first = executor.submit(() -> work.apply("first"));
            Deadlines.eventually("the first runs", () -> !log.isEmpty());
            try (ResultIterator<Object> rest = executor.map(work, List.of("second", "third"), Duration.ZERO, 1, 10)) {
                assertThatThrownBy(rest::next).hasCauseInstanceOf(TimeoutException.class);
            }
            gate.countDown();
            first.result();
        }
        assertThat(log).containsExactly("first started", "first stopped");
    }

    @Test
    void shouldServeManySubmittersAndLoseNothing() {
        var done = new AtomicInteger();
        try (var executor = new ThreadPoolExecutor(3)) {
            try (var crew = Crew.start(4, () -> {
                for (int i = 0; i < 5_000; i++) {
                    executor.execute(done::incrementAndGet);
                }
            })) {
                crew.join();
            }
        }
        assertThat(done).hasValue(20_000);
    }

    @Test
    void shouldAcceptOrRefuseButNeverLoseACallWhileItShutsDown() throws Exception {
        for (int round = 0; round < 200; round++) {
            var executor = new ThreadPoolExecutor(2);
            var accepted = new AtomicInteger();
            var done = new AtomicInteger();
            try (var crew = Crew.start(2, () -> {
                try {
                    while (true) {
                        executor.execute(done::incrementAndGet);
                        accepted.incrementAndGet();
                    }
                } catch (RejectedExecutionException over) {
                    // as it must end
                }
            })) {
                executor.shutdown(true, false);
                crew.join();
            }
            executor.shutdown(true, false);
            assertThat(done).hasValue(accepted.get());
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldRunOnVirtualThreads() throws Exception {
        try (var executor =
                ThreadPoolExecutor.builder().maxWorkers(4).virtual(true).build()) {
            assertThat(executor.submit(() -> java.lang.Thread.currentThread().isDaemon())
                            .result())
                    .isTrue();
            assertThat(executor.submit(() -> Threading.currentThread().isVirtual())
                            .result())
                    .isTrue();
        }
    }

    @Test
    @FromCPython("test_shutdown.ExecutorShutdownTest.test_hang_gh83386")
    void shouldLetTheProgramEndAfterItsWorkWhenShutDownWithoutWaiting() {
        ChildJava.Result result = ChildJava.run(ShutsDownWithoutWaiting.class);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("apple\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @FromCPython("test_shutdown.ExecutorShutdownTest.test_interpreter_shutdown")
    void shouldLetTheProgramEndAfterItsWork() {
        ChildJava.Result result = ChildJava.run(ForgetsItsExecutor.class);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("apple\n49\n");
        assertThat(result.exitCode()).isZero();
    }
}
