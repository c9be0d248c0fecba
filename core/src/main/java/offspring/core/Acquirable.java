package offspring.core;

import java.time.Duration;

/**
 * What every lock and every semaphore can do, of threads and of processes: be acquired, be released, be held for a block
 * of code. Python has no name for it; there it is the habit that {@code acquire}, {@code release} and {@code with} work
 * on all of them.
 *
 * <p>Code written against {@code Acquirable} moves from threads to processes unchanged:
 *
 * <pre>{@code
 * try (var held = lock.hold()) { // Python: with lock:
 *     counter++;
 * }
 * }</pre>
 *
 * <p><b>What blocks.</b> {@link #acquire()} and {@link #hold()} wait until the object can be had; the timed forms give up
 * when the time is over; {@code acquire(false)} never waits. No other method blocks.
 *
 * <p><b>Interruption.</b> A thread that is interrupted while it waits, or before, gets an {@link InterruptedException} and
 * has acquired nothing.
 *
 * <p><b>Memory effects.</b> What a thread (or process) did before {@code release()} <i>happens-before</i> what another
 * does after the {@code acquire} that this release made possible.
 *
 * @since 0.1.0
 */
public interface Acquirable {

    /**
     * Acquires, waiting as long as it takes.
     *
     * @return always {@code true}, as Python's does, so that it can stand in a condition beside the timed form
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; nothing is acquired
     */
    boolean acquire() throws InterruptedException;

    /**
     * Acquires, waiting only if told to: Python's {@code acquire(blocking)}.
     *
     * @param blocking {@code true} to wait as long as it takes, {@code false} to try once and return at once
     * @return whether it was acquired; always {@code true} when {@code blocking}
     * @throws InterruptedException if {@code blocking} and the calling thread is interrupted; nothing is acquired
     */
    boolean acquire(boolean blocking) throws InterruptedException;

    /**
     * Acquires, waiting at most the given time.
     *
     * @param timeout how long to wait; zero tries once; a duration of more than 292 years waits for ever
     * @return {@code true} if acquired, {@code false} if the time was over first
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; nothing is acquired
     */
    boolean acquire(Duration timeout) throws InterruptedException;

    /**
     * Releases once and lets one waiter go on. Never blocks.
     *
     * @throws IllegalStateException if there is nothing to release that the caller may release; see the class
     */
    void release();

    /**
     * Acquires, and gives a hold whose {@link Hold#close() close} releases: Python's {@code with lock:} as a
     * try-with-resources.
     *
     * @return the hold, to be closed by the block that asked for it
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; nothing is acquired
     */
    default Hold hold() throws InterruptedException {
        acquire();
        return new Hold(this);
    }
}
