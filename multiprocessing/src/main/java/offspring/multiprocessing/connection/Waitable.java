package offspring.multiprocessing.connection;

import java.time.Duration;

/**
 * Something that becomes ready: a {@link Connection} with a message or at its end, or the sentinel of a process that has
 * ended. What Python passes to {@code multiprocessing.connection.wait}.
 *
 * <pre>{@code
 * Waitable end = child.sentinel();
 * Connections.await(List.of(results, end)); // a result, or the end of the child without one
 * System.out.println(results.isReady() ? results.get() : "no result"); // 42
 * }</pre>
 *
 * <p><b>Interruption.</b> A thread that is interrupted while it waits gets an {@link InterruptedException}; the object stays
 * as it was.
 *
 * @since 0.1.0
 */
public interface Waitable {

    /**
     * Says, without waiting, whether it is ready.
     *
     * @return whether it is ready now
     */
    boolean isReady();

    /**
     * Waits until it is ready.
     *
     * @param timeout how long to wait at most; zero only looks; a duration of more than 292 years waits for ever
     * @return whether it is ready
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    boolean await(Duration timeout) throws InterruptedException;
}
