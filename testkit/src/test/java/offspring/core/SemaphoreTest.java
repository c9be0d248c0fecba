package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import offspring.testkit.Crew;
import offspring.testkit.FromCPython;
import offspring.testkit.contract.SemaphoreContract;
import org.junit.jupiter.api.Test;

class SemaphoreTest extends SemaphoreContract<Semaphore> {

    @Override
    protected Semaphore newSemaphore() {
        return new Semaphore();
    }

    @Override
    protected Semaphore newSemaphore(int value) {
        return new Semaphore(value);
    }

    @Override
    protected void release(Semaphore semaphore, int n) {
        semaphore.release(n);
    }

    @Override
    protected int value(Semaphore semaphore) {
        return semaphore.value();
    }

    @Test
    @FromCPython("lock_tests.SemaphoreTests.test_release_unacquired")
    void shouldRiseAboveItsFirstValueWhenReleasedUnacquired() throws Exception {
        Semaphore semaphore = new Semaphore(1);
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(2);
        semaphore.acquire();
        semaphore.acquire();
        semaphore.release();
        assertThat(semaphore.value()).isOne();
    }

    @Test
    @FromCPython("lock_tests.SemaphoreTests.test_repr")
    void shouldShowItsValue() throws Exception {
        Semaphore semaphore = new Semaphore(3);
        assertThat(semaphore.toString()).matches("<offspring\\.core\\.Semaphore at .*: value=3>");
        semaphore.acquire();
        assertThat(semaphore.toString()).matches("<offspring\\.core\\.Semaphore at .*: value=2>");
        semaphore.release();
        semaphore.release();
        assertThat(semaphore.toString()).matches("<offspring\\.core\\.Semaphore at .*: value=4>");
    }

    @Test
    void shouldRefuseToOverflow() {
        Semaphore semaphore = new Semaphore(Integer.MAX_VALUE);
        assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
        assertThat(semaphore.value()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldTellHowManyWait() throws Exception {
        Semaphore semaphore = new Semaphore(0);
        try (var crew = Crew.start(3, () -> semaphore.acquire())) {
            crew.awaitBlocked();
            assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(0, 3));
            semaphore.release(3);
        }
        assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(0, 0));
    }
}
