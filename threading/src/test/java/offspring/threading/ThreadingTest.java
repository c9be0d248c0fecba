package offspring.threading;

import static offspring.testkit.Deadlines.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.BoundedSemaphore;
import offspring.core.Event;
import offspring.core.Thread;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import offspring.testkit.VirtualThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

@SuppressWarnings("try") // a hold or a crew is there for its close
class ThreadingTest {

    @Test
    void shouldKnowTheThreadThatRuns() throws Exception {
        var seen = new AtomicReference<Thread>();
        var thread = new Thread(() -> seen.set(Threading.currentThread()));
        thread.start();
        thread.join();

        assertThat(seen.get()).isSameAs(thread);
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_main_thread")
    void shouldKnowTheMainThread() throws Exception {
        Thread main = Threading.mainThread();
        assertThat(main.name()).isEqualTo("MainThread");
        assertThat(main).isSameAs(Threading.currentThread());
        assertThat(main.ident()).hasValue(Threading.getIdent());
        assertThat(main.daemon()).isFalse();
        assertThat(main.isAlive()).isTrue();
        assertThat(main.toJavaThread()).isSameAs(java.lang.Thread.currentThread());
        assertThat(main).asString().isEqualTo("<MainThread(MainThread, started " + Threading.getIdent() + ")>");
        assertThatIllegalStateException().isThrownBy(main::start);
        assertThatIllegalStateException().isThrownBy(main::join).withMessageContaining("wait for itself");
        assertThatIllegalStateException().isThrownBy(() -> main.setDaemon(true));

        var other = new AtomicReference<Thread>();
        var joined = new AtomicReference<Boolean>();
        var thread = new Thread(() -> {
            other.set(Threading.currentThread());
            joined.set(Threading.mainThread().join(Duration.ofMillis(1)));
        });
        thread.start();
        thread.join();
        assertThat(other.get()).isNotSameAs(main);
        assertThat(other.get().ident()).isNotEqualTo(main.ident());
        assertThat(joined.get()).isFalse();
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_ident_of_no_threading_threads")
    void shouldGiveIdentsToThreadsOfOthers() throws Exception {
        assertThat(Threading.currentThread().ident()).isPresent();
        var ident = new AtomicReference<Object>();
        var stranger = new java.lang.Thread(() -> {
            ident.set(Threading.currentThread().ident().orElseThrow());
            assertThat(Threading.getIdent()).isEqualTo(ident.get());
        });
        stranger.start();
        stranger.join();

        assertThat(ident.get()).isEqualTo(stranger.getId());
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_foreign_thread")
    void shouldRepresentAThreadOfOthersByADummy() throws Exception {
        var dummy = new AtomicReference<Thread>();
        var known = new Event();
        var end = new Event();
        try (var crew = Crew.start(1, () -> {
            dummy.set(Threading.currentThread());
            assertThat(Threading.currentThread()).isSameAs(dummy.get());
            known.set();
            end.await();
        })) {
            known.await();
            Thread it = dummy.get();
            assertThat(it.name()).matches("Dummy-\\d+");
            assertThat(it.daemon()).isTrue();
            assertThat(it.isAlive()).isTrue();
            assertThat(it.isVirtual()).isFalse();
            assertThat(it).asString().matches("<DummyThread\\(Dummy-\\d+, started daemon \\d+\\)>");
            assertThat(it.toJavaThread()).isSameAs(crew.member(0));
            assertThat(Threading.enumerate()).contains(it);
            assertThatIllegalStateException().isThrownBy(it::join).withMessageContaining("toJavaThread()");
            assertThatIllegalStateException().isThrownBy(() -> it.join(Duration.ZERO));
            assertThatIllegalStateException().isThrownBy(it::start);
            assertThatIllegalStateException().isThrownBy(() -> it.setDaemon(false));
            String below = crew.member(0).getName();
            it.setName("mine");
            assertThat(crew.member(0).getName()).isEqualTo(below);
            end.set();
        }
        assertThat(dummy.get().isAlive()).isFalse();
        assertThat(Threading.enumerate()).doesNotContain(dummy.get());
    }

    @Test
    void shouldForgetDummiesWhoseThreadsHaveEndedThoughNobodyAsks() throws Exception {
        List<java.lang.ref.WeakReference<Thread>> watched = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            var stranger = new java.lang.Thread(
                    () -> watched.add(new java.lang.ref.WeakReference<>(Threading.currentThread())));
            stranger.start();
            stranger.join();
        }
        eventually("most dummies are collected", () -> {
            System.gc();
            return watched.stream().filter(dummy -> dummy.get() != null).count() <= 200;
        });
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldRepresentAVirtualThreadOfOthersByADummy() {
        var dummy = new AtomicReference<Thread>();
        Crew.start(1, VirtualThreads.factory(), index -> dummy.set(Threading.currentThread()))
                .join();

        assertThat(dummy.get().isVirtual()).isTrue();
        assertThat(dummy.get().nativeId()).isEmpty();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldLetAVirtualThreadJoinTheMainThreadForATime() throws Exception {
        var ended = new AtomicReference<Boolean>();
        var thread = Thread.builder()
                .virtual(true)
                .target(() -> ended.set(Threading.mainThread().join(Duration.ofMillis(5))))
                .build();
        thread.start();
        thread.join();

        assertThat(ended.get()).isFalse();
    }

    @Test
    void shouldListThreadsWhileTheyLive() throws Exception {
        var end = new Event();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            threads.add(Thread.builder().target(end::await).daemon(i % 2 == 0).build());
        }
        assertThat(Threading.enumerate()).doesNotContainAnyElementsOf(threads);

        threads.forEach(Thread::start);
        assertThat(Threading.enumerate()).containsSubsequence(threads).startsWith(Threading.mainThread());
        assertThat(Threading.activeCount())
                .isEqualTo(Threading.enumerate().size())
                .isGreaterThanOrEqualTo(6);

        end.set();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(Threading.enumerate()).doesNotContainAnyElementsOf(threads);
    }

    @Test
    @FromCPython("test_threading.ThreadTests.test_enumerate_after_join")
    void shouldNotListAThreadThatWasJoined() throws Exception {
        for (int i = 0; i < 500; i++) {
            var thread = new Thread(() -> {});
            thread.start();
            thread.join();
            assertThat(Threading.enumerate()).doesNotContain(thread);
        }
    }

    @Test
    void shouldListWhileThreadsComeAndGo() throws Exception {
        var end = new Event();
        try (var crew = Crew.start(3, () -> {
            while (!end.isSet()) {
                var thread = new Thread(() -> {});
                thread.start();
                thread.join();
            }
        })) {
            for (int i = 0; i < 2_000; i++) {
                List<Thread> listed = Threading.enumerate();
                assertThat(listed).startsWith(Threading.mainThread()).doesNotHaveDuplicates();
            }
            end.set();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldKnowNativeIdsOfThreadsThatAsked() throws Exception {
        Set<Long> natives = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            var thread = new Thread(() -> {
                long own = Threading.getNativeId().orElseThrow();
                assertThat(Path.of("/proc/self/task/" + own)).exists();
                natives.add(own);
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
            assertThat(natives).contains(thread.nativeId().orElseThrow());
        }
        long main = Threading.getNativeId().orElseThrow();
        assertThat(Threading.mainThread().nativeId()).hasValue(main);
        assertThat(Files.isDirectory(Path.of("/proc/self/task/" + main))).isTrue();
        var silent = new Thread(() -> {});
        silent.start();
        silent.join();
        assertThat(silent.nativeId()).isEmpty();
    }

    @Test
    @FromCPython({
        "test_threading.ThreadTests.test_various_ops_small_stack",
        "test_threading.ThreadTests.test_various_ops_large_stack"
    })
    void shouldWorkOnSmallAndLargeStacks() throws Exception {
        for (long size : new long[] {262_144, 0x100000}) {
            assertThat(Threading.setStackSizeBytes(size)).isZero();
            try {
                assertThat(Threading.stackSizeBytes()).isEqualTo(size);
                runTenThreads();
            } finally {
                assertThat(Threading.setStackSizeBytes(0)).isEqualTo(size);
            }
        }
    }

    private static void runTenThreads() throws InterruptedException {
        var places = new BoundedSemaphore(3);
        Set<Long> idents = new HashSet<>();
        List<Thread> threads = new ArrayList<>();
        Set<Thread> ran = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 10; i++) {
            var thread = new Thread(() -> {
                try (var place = places.hold()) {
                    ran.add(Threading.currentThread());
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
            idents.add(thread.ident().orElseThrow());
        }
        assertThat(ran).containsExactlyInAnyOrderElementsOf(threads);
        assertThat(idents).hasSize(10);
    }

    @Test
    void shouldGiveNewThreadsTheStackSizeThatWasSet() throws Exception {
        int small = depthOfRecursion(262_144);
        int large = depthOfRecursion(8 * 1024 * 1024);

        assertThat(large).isGreaterThan(4 * small);
    }

    private static int depthOfRecursion(long stackSizeBytes) throws InterruptedException {
        Threading.setStackSizeBytes(stackSizeBytes);
        try {
            int[] depth = {0};
            var thread = new Thread(() -> {
                try {
                    dive(depth);
                } catch (StackOverflowError expected) {
                    // the depth reached is the answer
                }
            });
            thread.start();
            thread.join();
            return depth[0];
        } finally {
            Threading.setStackSizeBytes(0);
        }
    }

    private static void dive(int[] depth) {
        depth[0]++;
        dive(depth);
    }

    @Test
    void shouldRefuseAStackThatIsTooSmall() {
        for (long size : new long[] {-1, 1, 32_767}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Threading.setStackSizeBytes(size))
                    .withMessageContaining("stackSizeBytes=" + size);
        }
        assertThat(Threading.stackSizeBytes()).isZero();
    }
}
