package offspring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Acquirable;
import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a semaphore does that never passes its first value.
 *
 * @param <S> the semaphore
 */
public abstract class BoundedSemaphoreContract<S extends Acquirable> extends SemaphoreContract<S> {

    /** The value it began with. */
    protected abstract int initialValue(S semaphore);

    /** What its text looks like, as a regular expression. */
    protected String text(int value, int initialValue) {
        return "<.*BoundedSemaphore at .*: value=" + value + "/" + initialValue + ">";
    }

    @Test
    @FromCPython("lock_tests.BoundedSemaphoreTests.test_release_unacquired")
    void shouldRefuseToPassItsFirstValue() throws Exception {
        S semaphore = newSemaphore();
        assertThatThrownBy(semaphore::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1");
        semaphore.acquire();
        semaphore.release();
        assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
        assertThat(value(semaphore)).isOne();
    }

    @Test
    void shouldKeepItsValueWhenAReleaseOfManyIsRefused() throws Exception {
        S semaphore = newSemaphore(3);
        semaphore.acquire();
        semaphore.acquire();
        assertThatThrownBy(() -> release(semaphore, 3)).isInstanceOf(IllegalStateException.class);
        assertThat(value(semaphore)).isOne();
        release(semaphore, 2);
        assertThat(value(semaphore)).isEqualTo(3);
    }

    @Test
    void shouldAcceptZeroAsItsFirstValue() throws Exception {
        S semaphore = newSemaphore(0);
        assertThat(initialValue(semaphore)).isZero();
        assertThat(semaphore.acquire(false)).isFalse();
        assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @FromCPython("lock_tests.BoundedSemaphoreTests.test_repr")
    void shouldShowItsValueAndItsBound() throws Exception {
        S semaphore = newSemaphore(3);
        assertThat(semaphore.toString()).matches(text(3, 3));
        semaphore.acquire();
        assertThat(semaphore.toString()).matches(text(2, 3));
    }

    @Test
    void shouldRefuseOneOfTwoReleasesThatRace() throws Exception {
        for (int round = 0; round < 300; round++) {
            S semaphore = newSemaphore(2);
            semaphore.acquire();
            AtomicInteger refused = new AtomicInteger();
            Crew.start(2, () -> {
                        try {
                            semaphore.release();
                        } catch (IllegalStateException e) {
                            refused.incrementAndGet();
                        }
                    })
                    .join();
            assertThat(refused.get()).isOne();
            assertThat(value(semaphore)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    @FromCPython("test_threading.ThreadTests.test_BoundedSemaphore_limit")
    void shouldCountWhatOtherThreadsAcquireAndRelease(int limit) {
        S semaphore = newSemaphore(limit);
        Crew.start(limit, () -> assertThat(semaphore.acquire()).isTrue()).join();
        assertThat(value(semaphore)).isZero();
        Crew.start(limit, semaphore::release).join();
        assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
        assertThat(value(semaphore)).isEqualTo(limit);
    }
}
