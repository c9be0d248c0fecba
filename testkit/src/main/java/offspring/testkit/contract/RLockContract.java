package offspring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.Acquirable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/**
 * What a reentrant lock does: owned by a thread, counted.
 *
 * @param <L> the lock
 */
@SuppressWarnings("try") // holds are closed, not looked at
public abstract class RLockContract<L extends Acquirable> extends MutualExclusionContract<L> {

    /** Whether the calling thread owns it. */
    protected abstract boolean isOwned(L lock);

    /** How often the calling thread holds it. */
    protected abstract int recursionCount(L lock);

    /** Asserts that the text of a lock that is held {@code count} times, or of a free one, says so. */
    protected void assertShowsCount(String text, int count, boolean toItsOwner) {
        assertThat(text).contains("count=" + count, count == 0 ? "<unlocked" : "<locked");
    }

    @Test
    @FromCPython("lock_tests.RLockTests.test_repr_count")
    void shouldShowTheCountToEveryThread() throws Exception {
        L lock = newLock();
        assertShowsCount(lock.toString(), 0, false);
        lock.acquire();
        lock.acquire();
        assertShowsCount(lock.toString(), 2, true);
        AtomicReference<String> seen = new AtomicReference<>();
        Crew.start(1, () -> seen.set(lock.toString())).join();
        assertShowsCount(Objects.requireNonNull(seen.get()), 2, false);
        lock.release();
        lock.release();
    }

    @Test
    @FromCPython("lock_tests.RLockTests.test_reacquire")
    void shouldBeAcquiredAgainByItsOwner() throws Exception {
        L lock = newLock();
        lock.acquire();
        lock.acquire();
        lock.release();
        lock.acquire();
        lock.release();
        assertThat(locked(lock)).isTrue();
        lock.release();
        assertThat(locked(lock)).isFalse();
    }

    @Test
    void shouldBeAcquiredAgainInEveryForm() throws Exception {
        L lock = newLock();
        try (var outer = lock.hold()) {
            assertThat(lock.acquire(false)).isTrue();
            assertThat(lock.acquire(true)).isTrue();
            assertThat(lock.acquire(Duration.ZERO)).isTrue();
            try (var inner = lock.hold()) {
                assertThat(recursionCount(lock)).isEqualTo(5);
            }
            for (int i = 0; i < 3; i++) {
                lock.release();
            }
            assertThat(recursionCount(lock)).isOne();
        }
        assertThat(locked(lock)).isFalse();
    }

    @Test
    @FromCPython("lock_tests.RLockTests.test_release_unacquired")
    void shouldRefuseToBeReleasedMoreOftenThanAcquired() throws Exception {
        L lock = newLock();
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
        lock.acquire();
        lock.acquire();
        lock.release();
        lock.acquire();
        lock.release();
        lock.release();
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @FromCPython("lock_tests.RLockTests.test_locked")
    void shouldBeLockedUntilTheOutermostRelease() throws Exception {
        L lock = newLock();
        assertThat(locked(lock)).isFalse();
        lock.acquire();
        assertThat(locked(lock)).isTrue();
        lock.acquire();
        assertThat(locked(lock)).isTrue();
        lock.release();
        assertThat(locked(lock)).isTrue();
        lock.release();
        assertThat(locked(lock)).isFalse();
    }

    @Test
    @FromCPython("lock_tests.RLockTests.test_locked_with_2threads")
    void shouldStayLockedWhenItsOwnerHasEnded() {
        L lock = newLock();
        Crew.start(1, () -> {
                    assertThat(locked(lock)).isFalse();
                    lock.acquire();
                    assertThat(locked(lock)).isTrue();
                })
                .join();
        assertThat(locked(lock)).isTrue();
    }

    @Test
    @FromCPython("lock_tests.RLockTests.test_recursion_count")
    void shouldCountForItsOwnerAndShowZeroToStrangers() throws Exception {
        L lock = newLock();
        assertThat(recursionCount(lock)).isZero();
        lock.acquire();
        assertThat(recursionCount(lock)).isOne();
        lock.acquire();
        lock.acquire();
        assertThat(recursionCount(lock)).isEqualTo(3);
        lock.release();
        assertThat(recursionCount(lock)).isEqualTo(2);
        lock.release();
        lock.release();
        assertThat(recursionCount(lock)).isZero();
        AtomicInteger phase = new AtomicInteger();
        try (var crew = Crew.start(1, () -> {
            lock.acquire();
            phase.set(1);
            Deadlines.eventually("phase 2", () -> phase.get() == 2);
            lock.release();
        })) {
            Deadlines.eventually("phase 1", () -> phase.get() == 1);
            assertThat(recursionCount(lock)).isZero();
            phase.set(2);
            crew.join();
            assertThat(recursionCount(lock)).isZero();
        }
    }

    @Test
    @FromCPython("lock_tests.RLockTests.test_different_thread")
    void shouldRefuseToBeReleasedByAnotherThread() {
        L lock = newLock();
        AtomicInteger phase = new AtomicInteger();
        try (var crew = Crew.start(1, () -> {
            lock.acquire();
            phase.set(1);
            Deadlines.eventually("phase 2", () -> phase.get() == 2);
            assertThat(recursionCount(lock)).isOne();
            lock.release();
        })) {
            Deadlines.eventually("phase 1", () -> phase.get() == 1);
            assertThatThrownBy(lock::release)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another");
            phase.set(2);
        }
        assertThat(locked(lock)).isFalse();
    }

    @Test
    @FromCPython("lock_tests.RLockTests.test__is_owned")
    void shouldBeOwnedByTheThreadThatHoldsIt() throws Exception {
        L lock = newLock();
        assertThat(isOwned(lock)).isFalse();
        lock.acquire();
        assertThat(isOwned(lock)).isTrue();
        lock.acquire();
        assertThat(isOwned(lock)).isTrue();
        Crew.start(1, () -> assertThat(isOwned(lock)).isFalse()).join();
        lock.release();
        assertThat(isOwned(lock)).isTrue();
        lock.release();
        assertThat(isOwned(lock)).isFalse();
    }
}
