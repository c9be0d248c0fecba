package offspring.multiprocessing;

import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedSupplier;
import offspring.testkit.contract.BoundedSemaphoreContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
class BoundedSemaphoreTest extends BoundedSemaphoreContract<BoundedSemaphore> {

    private static final CheckedSupplier<BoundedSemaphore> MAKER = BoundedSemaphore::new;
    private static final CheckedFunction<Integer, BoundedSemaphore> MAKER_WITH_VALUE = BoundedSemaphore::new;

    @Override
    protected BoundedSemaphore newSemaphore() {
        return MAKER.get();
    }

    @Override
    protected BoundedSemaphore newSemaphore(int value) {
        return MAKER_WITH_VALUE.apply(value);
    }

    @Override
    protected void release(BoundedSemaphore semaphore, int n) {
        semaphore.release(n);
    }

    @Override
    protected int value(BoundedSemaphore semaphore) {
        return semaphore.value();
    }

    @Override
    protected int initialValue(BoundedSemaphore semaphore) {
        return semaphore.initialValue();
    }

    @Override
    protected String text(int value, int initialValue) {
        return "<BoundedSemaphore\\(value=" + value + ", maxvalue=" + initialValue + "\\)>";
    }
}
