package offspring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Acquirable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/**
 * What a lock does, reentrant or not.
 *
 * @param <L> the lock
 */
@SuppressWarnings("try") // holds are closed, not looked at
public abstract class MutualExclusionContract<L extends Acquirable> {

    private static final int THREADS = 5;

    /** A new, free lock. */
    protected abstract L newLock();

    /** Whether anybody holds it. */
    protected abstract boolean locked(L lock);

    /** Whether waiters get it in the order of their coming; else in any order. */
    protected boolean isFair() {
        return true;
    }

    /** What its text looks like, as a regular expression. */
    protected String text(boolean locked) {
        return ".*<" + (locked ? "locked" : "unlocked") + " .* object (.*)?at .*>.*";
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_constructor")
    void shouldBeFreeWhenNew() {
        assertThat(locked(newLock())).isFalse();
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_repr")
    void shouldSayUnlockedWhenFree() {
        L lock = newLock();
        assertThat(lock.toString()).matches(text(false));
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_locked_repr")
    void shouldSayLockedWhenHeld() throws Exception {
        L lock = newLock();
        lock.acquire();
        assertThat(lock.toString()).matches(text(true));
        lock.release();
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_acquire_release")
    void shouldBeHeldUntilReleased() throws Exception {
        L lock = newLock();
        assertThat(lock.acquire()).isTrue();
        assertThat(locked(lock)).isTrue();
        lock.release();
        assertThat(locked(lock)).isFalse();
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_try_acquire")
    void shouldBeAcquiredByOneTryWhenFree() throws Exception {
        L lock = newLock();
        assertThat(lock.acquire(false)).isTrue();
        assertThat(locked(lock)).isTrue();
        lock.release();
        assertThat(lock.acquire(true)).isTrue();
        lock.release();
        assertThat(lock.acquire(Duration.ZERO)).isTrue();
        lock.release();
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_try_acquire_contended")
    void shouldRefuseOneTryWhenAnotherThreadHoldsIt() throws Exception {
        L lock = newLock();
        lock.acquire();
        try (var crew = Crew.start(1, () -> {
            assertThat(lock.acquire(false)).isFalse();
            assertThat(lock.acquire(Duration.ZERO)).isFalse();
        })) {
            crew.join();
        }
        lock.release();
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_acquire_contended")
    void shouldLetAllWaitersPassOnceReleased() throws Exception {
        L lock = newLock();
        lock.acquire();
        try (var crew = Crew.start(THREADS, () -> {
            lock.acquire();
            lock.release();
        })) {
            crew.awaitBlocked();
            assertThat(crew.finished()).isZero();
            lock.release();
            crew.join();
            assertThat(crew.finished()).isEqualTo(THREADS);
        }
        assertThat(locked(lock)).isFalse();
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_with")
    void shouldReleaseAtTheEndOfAHoldEvenIfTheBlockThrows() throws Exception {
        L lock = newLock();
        try (var held = lock.hold()) {
            assertThat(locked(lock)).isTrue();
        }
        assertThatFreeForAnotherThread(lock);
        assertThatThrownBy(() -> {
                    try (var held = lock.hold()) {
                        throw new UnsupportedOperationException("on purpose");
                    }
                })
                .isInstanceOf(UnsupportedOperationException.class)
                .hasNoSuppressedExceptions();
        assertThatFreeForAnotherThread(lock);
    }

    private void assertThatFreeForAnotherThread(L lock) {
        Crew.start(1, () -> {
                    assertThat(lock.acquire(false)).isTrue();
                    lock.release();
                })
                .join();
    }

    @Test
    void shouldReleaseOnceWhenAHoldIsClosedTwice() throws Exception {
        L lock = newLock();
        var first = lock.hold();
        first.close();
        var second = lock.hold();
        first.close();
        assertThat(locked(lock)).isTrue();
        second.close();
        assertThat(locked(lock)).isFalse();
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_thread_leak")
    void shouldServeThreadsThatItHasNeverSeen() {
        L lock = newLock();
        Crew.start(15, () -> {
                    lock.acquire();
                    lock.release();
                })
                .join(); // LeakCheck asserts that none of them is left
        assertThat(locked(lock)).isFalse();
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_timeout")
    void shouldRefuseANegativeTimeoutAndSaturateALongOne() throws Exception {
        L lock = newLock();
        assertThatThrownBy(() -> lock.acquire(Duration.ofSeconds(-100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout")
                .hasMessageContaining("PT-1M-40S");
        assertThatThrownBy(() -> lock.acquire(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(locked(lock)).isFalse();
        assertThat(lock.acquire(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                .isTrue();
        lock.release();
        assertThat(lock.acquire(Duration.ofNanos(Long.MAX_VALUE))).isTrue();
        lock.release();
    }

    @Test
    void shouldWaitForEverWithTheLongestTimeout() throws Exception {
        L lock = newLock();
        lock.acquire();
        try (var crew = Crew.start(1, () -> {
            assertThat(lock.acquire(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                    .isTrue();
            lock.release();
        })) {
            crew.awaitBlocked();
            lock.release();
        }
    }

    @Test
    @FromCPython("lock_tests.BaseLockTests.test_timeout")
    void shouldGiveUpWhenTheTimeIsOverAndNotWaitWhenFree() throws Exception {
        L lock = newLock();
        long start = System.nanoTime();
        assertThat(lock.acquire(Duration.ofSeconds(5))).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        Crew.start(1, () -> {
                    long begin = System.nanoTime();
                    assertThat(lock.acquire(Deadlines.SHORT)).isFalse();
                    Deadlines.assertTook(begin, Deadlines.SHORT);
                })
                .join();
        lock.release();
    }

    @Test
    void shouldAcquireWhenReleasedBeforeTheTimeIsOver() throws Exception {
        L lock = newLock();
        lock.acquire();
        try (var crew = Crew.start(1, () -> {
            assertThat(lock.acquire(Deadlines.PATIENCE)).isTrue();
            lock.release();
        })) {
            crew.awaitBlocked();
            lock.release();
        }
    }

    @Test
    void shouldRefuseAReleaseThatNobodyEarned() throws Exception {
        L lock = newLock();
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
        lock.acquire();
        lock.release();
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
        assertThat(lock.acquire(false)).isTrue();
        lock.release();
    }

    @Test
    void shouldThrowInterruptedExceptionAndStayUsableWhenInterrupted() throws Exception {
        L lock = newLock();
        lock.acquire();
        try (var crew = Crew.start(2, index -> {
            if (index == 0) {
                assertThatThrownBy(lock::acquire).isInstanceOf(InterruptedException.class);
            } else {
                assertThatThrownBy(() -> lock.acquire(Deadlines.PATIENCE)).isInstanceOf(InterruptedException.class);
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(lock.acquire(false)).isFalse();
        })) {
            crew.awaitBlocked();
            crew.interrupt();
        }
        assertThat(locked(lock)).isTrue();
        lock.release();
        assertThatFreeForAnotherThread(lock);
    }

    @Test
    void shouldNotAcquireWhenInterruptedBefore() {
        L lock = newLock();
        List<Acquiring> forms =
                List.of(lock::acquire, () -> lock.acquire(true), () -> lock.acquire(Duration.ofSeconds(1)), lock::hold);
        for (Acquiring form : forms) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(form::run).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(locked(lock)).isFalse();
        }
    }

    private interface Acquiring {
        void run() throws InterruptedException;
    }

    @Test
    void shouldLetOneThreadInAtATime() {
        L lock = newLock();
        int[] counter = {0};
        AtomicInteger inside = new AtomicInteger();
        int rounds = 5_000;
        Crew.start(4, index -> {
                    for (int i = 0; i < rounds; i++) {
                        try (var held = lock.hold()) {
                            assertThat(inside.incrementAndGet()).isOne();
                            counter[0]++;
                            inside.decrementAndGet();
                        }
                    }
                })
                .join();
        assertThat(counter[0]).isEqualTo(4 * rounds);
    }

    @Test
    void shouldServeEachWaiterOnceAndInTheOrderOfTheirComingIfItIsFair() throws Exception {
        L lock = newLock();
        List<Integer> order = new CopyOnWriteArrayList<>();
        lock.acquire();
        Crew[] crews = new Crew[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            crews[i] = Crew.start(1, () -> {
                lock.acquire();
                order.add(number);
                lock.release();
            });
            crews[i].awaitBlocked();
        }
        lock.release();
        for (Crew crew : crews) {
            crew.join();
        }
        assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        if (isFair()) {
            assertThat(order).isSorted();
        }
    }
}
