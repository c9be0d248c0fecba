package offspring.futures.engine;

import java.util.function.BooleanSupplier;

/**
 * What a thread can do for an engine instead of sleeping, while it waits for a job that the engine has.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Assistant {

    /**
     * Does some of the engine's work that may bring the result nearer. Returns soon, also if it is not there; takes no notice of
     * interrupts.
     *
     * @param enough tells that the result is there
     * @param nanos how long the thread has
     */
    void assist(BooleanSupplier enough, long nanos);
}
