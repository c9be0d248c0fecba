package offspring.core;

import offspring.testkit.contract.BoundedSemaphoreContract;

class BoundedSemaphoreTest extends BoundedSemaphoreContract<BoundedSemaphore> {

    @Override
    protected BoundedSemaphore newSemaphore() {
        return new BoundedSemaphore();
    }

    @Override
    protected BoundedSemaphore newSemaphore(int value) {
        return new BoundedSemaphore(value);
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
}
