package offspring.stress;

import offspring.core.Lock;
import offspring.core.function.CheckedSupplier;

/** Calls that may be interrupted, from places that never are: nobody interrupts the threads of jcstress. */
final class Stress {

    private Stress() {}

    static <R> R uninterrupted(CheckedSupplier<R> call) {
        try {
            return call.getChecked();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a thread of jcstress was disturbed", e);
        }
    }

    /** A lock that is already held. */
    static Lock heldLock() {
        Lock lock = new Lock();
        uninterrupted(lock::acquire);
        return lock;
    }
}
