package offspring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Acquirable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/**
 * What a lock without an owner does: not reentrant, released by any thread.
 *
 * @param <L> the lock
 */
public abstract class LockContract<L extends Acquirable> extends MutualExclusionContract<L> {

    @Test
    @FromCPython("lock_tests.LockTests.test_reacquire")
    void shouldBlockItsHolderUntilAnotherThreadReleases() {
        L lock = newLock();
        AtomicInteger phase = new AtomicInteger();
        try (var crew = Crew.start(1, () -> {
            lock.acquire();
            phase.incrementAndGet();
            lock.acquire();
            phase.incrementAndGet();
        })) {
            Deadlines.eventually("first acquire", () -> phase.get() == 1);
            crew.awaitBlocked();
            assertThat(phase.get()).isOne();
            lock.release();
            crew.join();
        }
        assertThat(phase.get()).isEqualTo(2);
        assertThat(locked(lock)).isTrue();
        lock.release();
    }

    @Test
    void shouldRefuseItsHolderASecondTry() throws Exception {
        L lock = newLock();
        lock.acquire();
        assertThat(lock.acquire(false)).isFalse();
        assertThat(lock.acquire(Duration.ZERO)).isFalse();
        lock.release();
    }

    @Test
    @FromCPython("lock_tests.LockTests.test_different_thread")
    void shouldBeReleasedByAnyThread() throws Exception {
        L lock = newLock();
        lock.acquire();
        Crew.start(1, lock::release).join();
        assertThat(locked(lock)).isFalse();
        assertThat(lock.acquire(false)).isTrue();
        lock.release();
    }

    @Test
    @FromCPython("lock_tests.LockTests.test_state_after_timeout")
    void shouldBeInAProperStateAfterATimeout() throws Exception {
        L lock = newLock();
        lock.acquire();
        assertThat(lock.acquire(Duration.ofMillis(10))).isFalse();
        lock.release();
        assertThat(locked(lock)).isFalse();
        assertThat(lock.acquire(false)).isTrue();
        lock.release();
    }

    @Test
    @FromCPython("test_threading.ThreadingExceptionTests.test_releasing_unacquired_lock")
    void shouldNameTheRemedyWhenReleasedWhileFree() {
        assertThatThrownBy(newLock()::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("release");
    }

    @Test
    void shouldAcceptOneOfTwoReleasesThatRace() throws Exception {
        for (int round = 0; round < 500; round++) {
            L lock = newLock();
            lock.acquire();
            AtomicInteger refused = new AtomicInteger();
            AtomicInteger ready = new AtomicInteger();
            Crew.start(2, index -> {
                        ready.incrementAndGet();
                        while (ready.get() < 2) {
                            Thread.onSpinWait();
                        }
                        try {
                            lock.release();
                        } catch (IllegalStateException e) {
                            refused.incrementAndGet();
                        }
                    })
                    .join();
            assertThat(refused.get()).isOne();
            assertThat(locked(lock)).isFalse();
        }
    }

    @Test
    void shouldReleaseOnceWhenThreadsCloseAHoldTogether() throws Exception {
        for (int round = 0; round < 500; round++) {
            L lock = newLock();
            var held = lock.hold();
            AtomicInteger ready = new AtomicInteger();
            Crew.start(2, index -> {
                        ready.incrementAndGet();
                        while (ready.get() < 2) {
                            Thread.onSpinWait();
                        }
                        held.close(); // a second release would throw
                    })
                    .join();
            assertThat(locked(lock)).isFalse();
        }
    }
}
