package offspring.benchmarks.programs;

import java.io.IOException;

/**
 * A piece of work that can be done any number of times and tells how long it took.
 *
 * <p>Each program writes out its loop on the concrete type that it measures, and each runs in a JVM of its own: so the
 * compiler sees one receiver type per call site, for us as for the rival, and inlines both alike. A loop shared through
 * an interface, or one JVM for both, would measure the order in which they ran.
 */
@FunctionalInterface
public interface Program extends AutoCloseable {

    /**
     * Does the work.
     *
     * @param operations how often, at least once
     * @return how long it took, in nanoseconds
     * @throws Exception what the work throws
     */
    long run(long operations) throws Exception;

    /**
     * Ends what the program keeps from run to run, such as a child process.
     *
     * @throws IOException if it did not end well
     */
    @Override
    default void close() throws IOException {}
}
