package offspring.core;

import static offspring.testkit.Deadlines.PATIENCE;
import static offspring.testkit.Deadlines.SHORT;
import static offspring.testkit.Deadlines.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.function.CheckedRunnable;
import offspring.testkit.CapturedErr;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a hold or a crew is there for its close
class ThreadTest {

    static void crunch() {}

    /** A target without a name, as Python's callable objects. */
    private static final class Callable implements CheckedRunnable {
        private static final long serialVersionUID = 1L;

        @Override
        public void runChecked() {}
    }

    /** A thread that is alive until it is told to end. */
    private static Thread waitingFor(Event end) {
        var thread = new Thread(end::await, "waiting");
        thread.start();
        return thread;
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_name")
    void shouldBeNamedAfterNumberAndTarget() {
        assertThat(new Thread(null, "myname1").name()).isEqualTo("myname1");
        assertThat(new Thread(ThreadTest::crunch, "myname2").name()).isEqualTo("myname2");
        assertThat(new Thread(null, "").name()).matches("Thread-\\d+");
        assertThat(new Thread(null, null).name()).matches("Thread-\\d+");
        assertThat(new Thread() {}.name()).matches("Thread-\\d+");
        assertThat(new Thread(ThreadTest::crunch).name()).matches("Thread-\\d+ \\(crunch\\)");
        assertThat(new Thread(new Event()::set).name()).matches("Thread-\\d+ \\(set\\)");
        assertThat(new Thread(Lock::new).name()).matches("Thread-\\d+ \\(Lock\\)");
        assertThat(new Thread(() -> {}).name()).matches("Thread-\\d+ \\(<lambda>\\)");
        assertThat(new Thread(new Callable()).name()).matches("Thread-\\d+");
    }

    @Test
    void shouldCountItsNamesUpwards() {
        int first = Integer.parseInt(new Thread() {}.name().substring("Thread-".length()));

        assertThat(new Thread() {}.name()).isEqualTo("Thread-" + (first + 1));
    }

    @Test
    void shouldRenameTheThreadBelow() throws Exception {
        var end = new Event();
        Thread thread = waitingFor(end);

        thread.setName("renamed");

        assertThat(thread.name()).isEqualTo("renamed");
        assertThat(thread.toJavaThread().getName()).isEqualTo("renamed");
        assertThatNullPointerException().isThrownBy(() -> thread.setName(null));
        end.set();
        thread.join();
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_args_argument")
    void shouldGiveTheTargetWhatItCaptured() throws Exception {
        List<Object> seen = new ArrayList<>();
        for (Object argument : List.of(1, "str", List.of(1))) {
            var thread = new Thread(() -> seen.add(argument));
            thread.start();
            thread.join();
        }
        assertThat(seen).containsExactly(1, "str", List.of(1));
    }

    /** Ten of these, at most three of which may work at a time. */
    private static final class Task extends Thread {
        private final BoundedSemaphore places;
        private final RLock mutex;
        private final AtomicInteger running;
        private final List<String> faults;

        Task(int number, BoundedSemaphore places, RLock mutex, AtomicInteger running, List<String> faults) {
            super(null, "<thread " + number + ">");
            this.places = places;
            this.mutex = mutex;
            this.running = running;
            this.faults = faults;
        }

        @Override
        public void run() throws Exception {
            try (var place = places.hold()) {
                count(1);
                java.lang.Thread.yield();
                count(-1);
            }
        }

        private void count(int step) throws InterruptedException {
            try (var held = mutex.hold()) {
                int now = running.addAndGet(step);
                if (now < 0 || now > 3) {
                    faults.add(name() + " saw " + now);
                }
            }
        }
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_various_ops")
    void shouldShowIdentsAndStatesOfTenThreads() throws Exception {
        var places = new BoundedSemaphore(3);
        var mutex = new RLock();
        var running = new AtomicInteger();
        List<String> faults = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            var task = new Task(i, places, mutex, running, faults);
            assertThat(task.ident()).isEmpty();
            assertThat(task).asString().matches("<Task\\(<thread \\d>, initial\\)>");
            tasks.add(task);
            task.start();
            assertThat(task.ident()).isPresent();
        }
        Set<Long> idents = new HashSet<>(Set.of(java.lang.Thread.currentThread().getId()));
        for (Task task : tasks) {
            task.join();
            assertThat(task.isAlive()).isFalse();
            assertThat(task).asString().matches("<Task\\(<thread \\d>, stopped \\d+\\)>");
            idents.add(task.ident().orElseThrow());
        }
        assertThat(idents).hasSize(11).doesNotContain(0L);
        assertThat(faults).isEmpty();
        assertThat(running).hasValue(0);
    }

    @Test
    void shouldStartOnlyOnceWhenManyTryAtOnce() {
        var runs = new AtomicInteger();
        var refused = new AtomicInteger();
        for (int round = 0; round < 50; round++) {
            var thread = new Thread(runs::incrementAndGet);
            Crew.start(3, () -> {
                        try {
                            thread.start();
                        } catch (IllegalStateException e) {
                            refused.incrementAndGet();
                        }
                    })
                    .join();
            eventually("the thread ends", () -> !thread.isAlive());
        }
        assertThat(runs).hasValue(50);
        assertThat(refused).hasValue(100);
    }

    @Test
    @FromCPython("test_threading.ThreadingExceptionTests.test_start_thread_again")
    void shouldRefuseToStartAgain() throws Exception {
        var thread = new Thread() {};
        thread.start();

        assertThatIllegalStateException().isThrownBy(thread::start).withMessageContaining("a thread runs once");
        thread.join();
        assertThatIllegalStateException().isThrownBy(thread::start);
    }

    @Test
    @FromCPython("test_threading.ThreadingExceptionTests.test_joining_inactive_thread")
    void shouldRefuseToJoinBeforeTheStart() {
        var thread = new Thread() {};

        assertThatIllegalStateException().isThrownBy(thread::join).withMessageContaining("call start() first");
        assertThatIllegalStateException().isThrownBy(() -> thread.join(Duration.ZERO));
        assertThatIllegalStateException().isThrownBy(thread::interrupt);
        assertThatIllegalStateException().isThrownBy(thread::toJavaThread);
    }

    @Test
    @FromCPython("test_threading.ThreadingExceptionTests.test_joining_current_thread")
    void shouldRefuseToJoinItself() throws Exception {
        var refusal = new AtomicReference<Throwable>();
        var thread = new Thread() {
            @Override
            public void run() throws Exception {
                try {
                    join();
                } catch (IllegalStateException e) {
                    refusal.set(e);
                }
            }
        };
        thread.start();
        thread.join();

        assertThat(refusal.get()).hasMessageContaining("wait for itself");
    }

    @Test
    @FromCPython("test_threading.ThreadingExceptionTests.test_daemonize_active_thread")
    void shouldRefuseToChangeDaemonAfterTheStart() throws Exception {
        var thread = new Thread() {};
        thread.start();

        assertThatIllegalStateException().isThrownBy(() -> thread.setDaemon(true));
        thread.join();
        assertThatIllegalStateException().isThrownBy(() -> thread.setDaemon(true));
    }

    @Test
    @FromCPython("test_threading.ThreadingExceptionTests.test_releasing_unacquired_lock")
    void shouldRefuseToReleaseAnUnheldLockInAThread() throws Exception {
        var refusal = new AtomicReference<Throwable>();
        var thread = new Thread(() -> {
            try {
                new Lock().release();
            } catch (IllegalStateException e) {
                refusal.set(e);
            }
        });
        thread.start();
        thread.join();

        assertThat(refusal.get()).isNotNull();
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_join_with_timeout")
    void shouldReportInTimedJoinWhetherTheThreadEnded() throws Exception {
        var end = new Event();
        Thread thread = waitingFor(end);

        assertThat(thread.join(Duration.ZERO)).isFalse();
        long start = System.nanoTime();
        assertThat(thread.join(SHORT)).isFalse();
        Deadlines.assertTook(start, SHORT);
        assertThat(thread.isAlive()).isTrue();

        end.set();
        assertThat(thread.join(PATIENCE)).isTrue();
        assertThat(thread.isAlive()).isFalse();
        assertThat(thread.join(Duration.ZERO)).isTrue();
        assertThat(thread.join(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> thread.join(Duration.ofNanos(-1)))
                .withMessageContaining("negative");
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_join_from_multiple_threads")
    void shouldLetManyJoinOneThread() throws Exception {
        for (int joiners = 2; joiners < 20; joiners++) {
            var end = new Event();
            Thread joined = waitingFor(end);
            try (var crew = Crew.start(joiners, () -> {
                joined.join();
                assertThat(joined.isAlive()).isFalse();
            })) {
                end.set();
            }
            joined.join();
        }
    }

    @Test
    void shouldLeaveNoThreadBelowWhenJoined() throws Exception {
        for (int i = 0; i < 200; i++) {
            var thread = new Thread(() -> {});
            thread.start();
            thread.join();
            assertThat(thread.toJavaThread().isAlive()).isFalse();
        }
    }

    @Test
    void shouldLeaveTheThreadAloneWhenItsJoinerIsInterrupted() throws Exception {
        var end = new Event();
        Thread joined = waitingFor(end);
        var interrupted = new AtomicInteger();
        try (var crew = Crew.start(2, (Integer index) -> {
            try {
                if (index == 0) {
                    joined.join();
                } else {
                    joined.join(PATIENCE);
                }
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        })) {
            crew.awaitBlocked();
            crew.interrupt();
        }
        assertThat(interrupted).hasValue(2);
        assertThat(joined.isAlive()).isTrue();
        end.set();
        joined.join();
    }

    @Test
    void shouldInterruptWhatTheThreadWaitsIn() throws Exception {
        var interrupted = new Event();
        var thread = new Thread(() -> {
            try {
                new Event().await();
            } catch (InterruptedException e) {
                interrupted.set();
            }
        });
        thread.start();

        thread.interrupt();

        assertThat(interrupted.await(PATIENCE)).isTrue();
        thread.join();
        thread.interrupt();
    }

    @Test
    void shouldMakeVisibleWhatWasDoneBeforeStartAndBeforeTheEnd() throws Exception {
        for (int i = 0; i < 500; i++) {
            int[] plain = {i};
            var thread = new Thread(() -> plain[0]++);
            thread.start();
            if ((i & 1) == 0) {
                thread.join();
            } else {
                while (thread.isAlive()) {
                    java.lang.Thread.onSpinWait();
                }
            }
            assertThat(plain[0]).isEqualTo(i + 1);
            thread.join();
        }
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_no_refcycle_through_target")
    void shouldReleaseItsTargetWhenItHasRun() throws Exception {
        for (boolean fails : new boolean[] {false, true}) {
            var captured = new AtomicReference<Object>(new Object());
            var watched = new WeakReference<>(captured.get());
            var thread = new Thread(holding(captured.getAndSet(null), fails));
            thread.start();
            thread.join();

            eventually("the captured object is collected", () -> {
                System.gc();
                return watched.get() == null;
            });
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private static CheckedRunnable holding(Object captured, boolean fails) {
        return () -> {
            if (captured == null) {
                throw new AssertionError("captured nothing");
            }
            if (fails) {
                throw new ThreadExitException("enough");
            }
        };
    }

    @Test
    void shouldRunItsTargetOnceWhenRunIsCalledDirectly() throws Exception {
        var runs = new AtomicInteger();
        var thread = new Thread(runs::incrementAndGet);

        thread.run();

        assertThat(runs).hasValue(1);
        assertThatIllegalStateException().isThrownBy(thread::run).withMessageContaining("was dropped");
        assertThat(thread.ident()).isEmpty();
    }

    @Test
    void shouldPassOnWhatTheTargetThrowsWhenRunIsCalledDirectly() {
        var thread = new Thread(() -> {
            throw new IOException("checked");
        });

        assertThatThrownBy(thread::run).isInstanceOf(IOException.class).hasMessage("checked");
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_repr_daemon")
    void shouldSayDaemonInItsText() {
        var thread = new Thread() {};
        assertThat(thread.toString()).doesNotContain("daemon");

        thread.setDaemon(true);

        assertThat(thread.toString()).contains("initial daemon");
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_daemon_param")
    void shouldBeTheDaemonItWasBuiltAs() {
        assertThat(new Thread() {}.daemon()).isFalse();
        assertThat(Thread.builder().build().daemon()).isFalse();
        assertThat(Thread.builder().daemon(false).build().daemon()).isFalse();
        assertThat(Thread.builder().daemon(true).build().daemon()).isTrue();
    }

    @Test
    void shouldInheritDaemonFromItsCreator() throws Exception {
        var inherited = new AtomicBoolean();
        var below = new AtomicBoolean();
        var parent = Thread.builder()
                .daemon(true)
                .target(() -> {
                    var child = new Thread(
                            () -> below.set(java.lang.Thread.currentThread().isDaemon()));
                    inherited.set(child.daemon());
                    child.start();
                    child.join();
                })
                .build();
        parent.start();
        parent.join();

        assertThat(inherited).isTrue();
        assertThat(below).isTrue();
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_repr_stopped")
    void shouldSayStoppedInItsTextWithoutBeingJoined() throws Exception {
        var end = new Event();
        Thread thread = waitingFor(end);
        assertThat(thread.toString()).matches("<Thread\\(waiting, started \\d+\\)>");

        end.set();

        eventually("the text says stopped", () -> thread.toString().contains("stopped"));
        thread.join();
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_BoundedSemaphore_limit")
    void shouldReleaseABoundedSemaphoreFromOtherThreadsUpToItsBound() throws Exception {
        for (int limit = 1; limit < 10; limit++) {
            var semaphore = new BoundedSemaphore(limit);
            runAll(limit, semaphore::acquire);
            runAll(limit, semaphore::release);
            assertThatIllegalStateException().isThrownBy(semaphore::release);
        }
    }

    private static void runAll(int count, CheckedRunnable target) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(new Thread(target));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_leak_without_join")
    void shouldLeaveNothingBehindWhenNotJoined() {
        var watched = new WeakReference<>(new Thread(() -> {}));
        watched.get().start();

        eventually("the thread object is collected", () -> {
            System.gc();
            return watched.get() == null;
        });
    }

    @Test
    void shouldPrintAnUncaughtExceptionAndEnd() throws Exception {
        try (var err = CapturedErr.open()) {
            var thread = new Thread(
                    () -> {
                        throw new IOException("disk on fire");
                    },
                    "burner");
            thread.start();
            thread.join();

            assertThat(thread.isAlive()).isFalse();
            assertThat(err.text())
                    .startsWith("Exception in thread burner:" + System.lineSeparator())
                    .contains("java.io.IOException: disk on fire")
                    .contains("at " + ThreadTest.class.getName());
        }
    }

    @Test
    void shouldBearAMissingErrorStream() throws Exception {
        var before = System.err;
        System.setErr(null);
        try {
            var thread = new Thread(() -> {
                throw new IllegalArgumentException("unheard");
            });
            thread.start();
            assertThat(thread.join(PATIENCE)).isTrue();
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void shouldRefuseAStackThatIsTooSmall() {
        for (long size : new long[] {-1, 1, 32_767}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Thread.builder().stackSizeBytes(size))
                    .withMessageContaining("stackSizeBytes=" + size);
        }
    }

    @Test
    void shouldRecurseDeeperOnALargerStack() throws Exception {
        int small = depth(256 * 1024);
        int large = depth(8 * 1024 * 1024);

        assertThat(large).isGreaterThan(4 * small);
    }

    private static int depth(long stackSizeBytes) throws InterruptedException {
        int[] depth = {0};
        var thread = Thread.builder()
                .stackSizeBytes(stackSizeBytes)
                .target(() -> {
                    try {
                        dive(depth);
                    } catch (StackOverflowError expected) {
                        // the depth reached is the answer
                    }
                })
                .build();
        thread.start();
        thread.join();
        return depth[0];
    }

    private static void dive(int[] depth) {
        depth[0]++;
        dive(depth);
    }
}
