package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedSupplier;
import offspring.testkit.FromCPython;
import offspring.testkit.contract.SemaphoreContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class SemaphoreTest extends SemaphoreContract<Semaphore> {

    private static final CheckedSupplier<Semaphore> MAKER = Semaphore::new;
    private static final CheckedFunction<Integer, Semaphore> MAKER_WITH_VALUE = Semaphore::new;

    @Override
    protected Semaphore newSemaphore() {
        return MAKER.get();
    }

    @Override
    protected Semaphore newSemaphore(int value) {
        return MAKER_WITH_VALUE.apply(value);
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
        try (Semaphore semaphore = new Semaphore(1)) {
            semaphore.release();
            assertThat(semaphore.value()).isEqualTo(2);
            semaphore.acquire();
            semaphore.acquire();
            semaphore.release();
            assertThat(semaphore.statistics()).isEqualTo(new Semaphore.Statistics(1));
        }
    }

    @Test
    @FromCPython("lock_tests.SemaphoreTests.test_repr")
    void shouldShowItsValue() throws Exception {
        try (Semaphore semaphore = new Semaphore(3)) {
            assertThat(semaphore).hasToString("<Semaphore(value=3)>");
            semaphore.acquire();
            assertThat(semaphore).hasToString("<Semaphore(value=2)>");
        }
    }

    @Test
    void shouldRefuseToOverflow() throws Exception {
        try (Semaphore semaphore = new Semaphore(Integer.MAX_VALUE)) {
            assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
            assertThat(semaphore.value()).isEqualTo(Integer.MAX_VALUE);
        }
    }
}
