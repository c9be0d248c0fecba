package offspring.core;

import java.io.Serial;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * The part that all mutual exclusion here shares: what a lock's policy must answer beside
 * {@code AbstractQueuedSynchronizer}'s own questions, and what a condition needs of a lock.
 *
 * <p>The state counts how deep the lock is held; 0 is free.
 */
abstract class Mutex extends AbstractQueuedSynchronizer {

    @Serial
    private static final long serialVersionUID = 1L;

    /** How deep the lock is held, by whomever; 0 is free. */
    final int depth() {
        return getState();
    }

    /** Whether the caller may release, wait and signal. */
    final boolean isHeld() {
        return isHeldExclusively();
    }

    /**
     * Releases however deep the lock is held.
     *
     * @return the depth, for {@link #restore}
     * @throws IllegalStateException if the caller may not release, or another thread has just done it
     */
    final int releaseFully() {
        int depth = getState();
        release(depth);
        return depth;
    }

    /** Acquires again to the depth that was given up, however long it takes; an interrupt is kept for later. */
    final void restore(int depth) {
        acquire(depth);
    }
}
