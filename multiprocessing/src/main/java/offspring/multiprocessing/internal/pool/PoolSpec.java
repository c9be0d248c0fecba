package offspring.multiprocessing.internal.pool;

import java.io.IOException;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.Output;
import offspring.multiprocessing.internal.pool.facts.LastLines;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is made of.
 *
 * @param name the beginning of its workers' names
 * @param maxWorkers how many workers it has at most
 * @param ahead whether all are started at once, or each when there is work for it
 * @param wear when a worker is replaced by a new one
 * @param breaksOnLoss whether the death of a worker ends the pool, as in Python
 * @param graceNanos how long each step of stopping a call is given
 * @param initializer runs first in each worker
 * @param finalizer runs last in each worker that ends in peace
 * @param errors where the workers' standard error goes
 * @param starter starts children
 */
public record PoolSpec(
        String name,
        int maxWorkers,
        boolean ahead,
        Wear wear,
        boolean breaksOnLoss,
        long graceNanos,
        @Nullable CheckedRunnable initializer,
        @Nullable CheckedRunnable finalizer,
        Output errors,
        Starter starter) {

    /**
     * When a worker has served its time; 0: never for that reason.
     *
     * @param maxCalls after so many calls
     * @param maxAgeNanos so long after it was ready
     * @param maxGrowth when its heap in use has grown by so many bytes since it was ready
     */
    public record Wear(int maxCalls, long maxAgeNanos, long maxGrowth) {

        /** Workers serve as long as their pool. */
        public static final Wear NONE = new Wear(0, 0, 0);
    }

    /** Where the standard error of workers really goes, as far as their JVM is concerned, whose pool sends it there. */
    public static Output errorsOfWorkers(Output errors) {
        LastLines lines = LastLines.before(errors);
        return lines == null ? errors : Output.toLines(lines);
    }

    /** Starts children that are to be workers. */
    @FunctionalInterface
    public interface Starter {

        /**
         * Starts it.
         *
         * @param name the worker's name
         * @param work its work
         * @param errors where its standard error goes
         * @throws IOException if it cannot be started; nothing is left then
         */
        Child start(String name, CheckedRunnable work, Output errors) throws IOException;

        /** No more will be started: what was kept ready for that is gone when this returns. */
        default void end() {}
    }
}
