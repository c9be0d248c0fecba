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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every semaphore does, bounded or not.
 *
 * @param <S> the semaphore
 */
@SuppressWarnings("try") // holds are closed, not looked at
public abstract class SemaphoreContract<S extends Acquirable> {

    /** The value from which most of CPython's phases start. */
    private static final int SEVEN = 7;

    /** A semaphore with the value that the form without argument gives. */
    protected abstract S newSemaphore();

    /** A semaphore with {@code value} permits. */
    protected abstract S newSemaphore(int value);

    /** Releases {@code n} at once. */
    protected abstract void release(S semaphore, int n);

    /** The number of permits. */
    protected abstract int value(S semaphore);

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    @FromCPython("lock_tests.BaseSemaphoreTests.test_constructor")
    void shouldRefuseANegativeValue(int value) {
        assertThatThrownBy(() -> newSemaphore(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value")
                .hasMessageContaining(String.valueOf(value));
    }

    @Test
    @FromCPython("lock_tests.BaseSemaphoreTests.test_acquire")
    void shouldCountAcquiresAndReleases() throws Exception {
        S one = newSemaphore(1);
        assertThat(one.acquire()).isTrue();
        assertThat(value(one)).isZero();
        one.release();
        assertThat(value(one)).isOne();
        S two = newSemaphore(2);
        two.acquire();
        two.acquire();
        assertThat(value(two)).isZero();
        two.release();
        two.release();
        assertThat(value(two)).isEqualTo(2);
    }

    /** Ten threads that acquire twice each, against seven permits, one of which the test has taken. */
    private final class Phases implements AutoCloseable {
        final S semaphore = newSemaphore(SEVEN);
        final List<Integer> passed = new CopyOnWriteArrayList<>();
        final AtomicInteger phase = new AtomicInteger();
        final Crew crew;

        Phases() throws InterruptedException {
            semaphore.acquire();
            crew = Crew.start(10, index -> {
                for (int i = 0; i < 2; i++) {
                    assertThat(semaphore.acquire()).isTrue();
                    passed.add(phase.get());
                }
            });
        }

        void expect(int inAll, int inThisPhase) {
            Deadlines.eventually(inAll + " passed", () -> passed.size() >= inAll);
            crew.awaitBlocked();
            assertThat(passed).hasSize(inAll);
            assertThat(passed).filteredOn(p -> p == phase.get()).hasSize(inThisPhase);
        }

        @Override
        public void close() {
            crew.close();
        }
    }

    @Test
    @FromCPython("lock_tests.BaseSemaphoreTests.test_acquire_contended")
    void shouldLetAsManyPassAsAreReleasedOneByOne() throws Exception {
        try (Phases phases = new Phases()) {
            phases.expect(SEVEN - 1, SEVEN - 1);
            phases.phase.set(1);
            for (int i = 0; i < SEVEN; i++) {
                phases.semaphore.release();
            }
            phases.expect(2 * SEVEN - 1, SEVEN);
            phases.phase.set(2);
            for (int i = 0; i < SEVEN - 1; i++) {
                phases.semaphore.release();
            }
            phases.expect(3 * SEVEN - 2, SEVEN - 1);
            assertThat(phases.semaphore.acquire(false)).isFalse();
            phases.semaphore.release(); // lets the last one finish
        }
    }

    @Test
    @FromCPython("lock_tests.BaseSemaphoreTests.test_multirelease")
    void shouldLetAsManyPassAsAreReleasedTogether() throws Exception {
        try (Phases phases = new Phases()) {
            phases.expect(SEVEN - 1, SEVEN - 1);
            phases.phase.set(1);
            release(phases.semaphore, SEVEN);
            phases.expect(2 * SEVEN - 1, SEVEN);
            phases.phase.set(2);
            release(phases.semaphore, SEVEN - 1);
            phases.expect(3 * SEVEN - 2, SEVEN - 1);
            assertThat(phases.semaphore.acquire(false)).isFalse();
            phases.semaphore.release(); // lets the last one finish
        }
    }

    @Test
    @FromCPython("lock_tests.BaseSemaphoreTests.test_try_acquire")
    void shouldRefuseATryWhenEmpty() throws Exception {
        S semaphore = newSemaphore(2);
        assertThat(semaphore.acquire(false)).isTrue();
        assertThat(semaphore.acquire(false)).isTrue();
        assertThat(semaphore.acquire(false)).isFalse();
        semaphore.release();
        assertThat(semaphore.acquire(false)).isTrue();
    }

    @Test
    @FromCPython("lock_tests.BaseSemaphoreTests.test_try_acquire_contended")
    void shouldGiveExactlyItsPermitsToThreadsThatTry() throws Exception {
        S semaphore = newSemaphore(4);
        semaphore.acquire();
        List<Boolean> results = new CopyOnWriteArrayList<>();
        Crew.start(5, () -> {
                    results.add(semaphore.acquire(false));
                    results.add(semaphore.acquire(false));
                })
                .join();
        assertThat(results).hasSize(10).filteredOn(result -> result).hasSize(3);
    }

    @Test
    @FromCPython("lock_tests.BaseSemaphoreTests.test_acquire_timeout")
    void shouldGiveUpWhenTheTimeIsOver() throws Exception {
        S semaphore = newSemaphore(2);
        assertThat(semaphore.acquire(Duration.ofMillis(5))).isTrue();
        assertThat(semaphore.acquire(Duration.ZERO)).isTrue();
        assertThat(semaphore.acquire(Duration.ofMillis(5))).isFalse();
        assertThat(semaphore.acquire(Duration.ZERO)).isFalse();
        semaphore.release();
        assertThat(semaphore.acquire(Duration.ofMillis(5))).isTrue();
        long start = System.nanoTime();
        assertThat(semaphore.acquire(Deadlines.SHORT)).isFalse();
        Deadlines.assertTook(start, Deadlines.SHORT);
        assertThatThrownBy(() -> semaphore.acquire(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
    }

    @Test
    @FromCPython("lock_tests.BaseSemaphoreTests.test_default_value")
    void shouldHaveOnePermitByDefault() throws Exception {
        S semaphore = newSemaphore();
        semaphore.acquire();
        try (var crew = Crew.start(1, () -> {
            semaphore.acquire();
            semaphore.release();
        })) {
            crew.awaitBlocked();
            assertThat(crew.finished()).isZero();
            semaphore.release();
        }
        assertThat(value(semaphore)).isOne();
    }

    @Test
    @FromCPython("lock_tests.BaseSemaphoreTests.test_with")
    void shouldReleaseAtTheEndOfAHoldEvenIfTheBlockThrows() throws Exception {
        S semaphore = newSemaphore(2);
        holdTwice(semaphore, false);
        assertThat(value(semaphore)).isEqualTo(2);
        assertThatThrownBy(() -> holdTwice(semaphore, true)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(value(semaphore)).isEqualTo(2);
    }

    private void holdTwice(S semaphore, boolean failing) throws InterruptedException {
        try (var outer = semaphore.hold()) {
            assertThat(semaphore.acquire(false)).isTrue();
            semaphore.release();
            try (var inner = semaphore.hold()) {
                assertThat(semaphore.acquire(false)).isFalse();
                if (failing) {
                    throw new UnsupportedOperationException("on purpose");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void shouldRefuseToReleaseFewerThanOne(int n) {
        S semaphore = newSemaphore(1);
        assertThatThrownBy(() -> release(semaphore, n))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n: " + n);
        assertThat(value(semaphore)).isOne();
    }

    @Test
    void shouldBeReleasedByAnyThread() throws Exception {
        S semaphore = newSemaphore(1);
        semaphore.acquire();
        Crew.start(1, semaphore::release).join();
        assertThat(semaphore.acquire(false)).isTrue();
        semaphore.release();
    }

    @Test
    void shouldThrowInterruptedExceptionAndTakeNoPermitWhenInterrupted() throws Exception {
        S semaphore = newSemaphore(1);
        semaphore.acquire();
        try (var crew = Crew.start(2, index -> {
            if (index == 0) {
                assertThatThrownBy(semaphore::acquire).isInstanceOf(InterruptedException.class);
            } else {
                assertThatThrownBy(() -> semaphore.acquire(Deadlines.PATIENCE))
                        .isInstanceOf(InterruptedException.class);
            }
        })) {
            crew.awaitBlocked();
            crew.interrupt();
        }
        semaphore.release();
        assertThat(value(semaphore)).isOne();
        Thread.currentThread().interrupt();
        assertThatThrownBy(semaphore::acquire).isInstanceOf(InterruptedException.class);
        assertThat(value(semaphore)).isOne();
    }

    @Test
    void shouldNeverLetMoreInThanItHasPermits() {
        S semaphore = newSemaphore(3);
        AtomicInteger inside = new AtomicInteger();
        Crew.start(10, () -> {
                    for (int i = 0; i < 300; i++) {
                        try (var held = semaphore.hold()) {
                            assertThat(inside.incrementAndGet()).isBetween(1, 3);
                            Thread.onSpinWait();
                            inside.decrementAndGet();
                        }
                    }
                })
                .join();
        assertThat(value(semaphore)).isEqualTo(3);
    }
}
