package offspring.futures;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Hears how far a long piece of work has come. Python has no counterpart; its users reach for a progress bar around {@code
 * imap}.
 *
 * <pre>{@code
 * Progress counter = soFar -> {
 *     long total = soFar.total().getAsLong();
 *     System.err.println(soFar.done() + " of " + total); // in the end: 3 of 3
 * };
 * List<Page> pages = pool.withProgress(counter).map(Page::fetch, addresses);
 * }</pre>
 *
 * <p>{@link ConsoleProgress} is one that draws a bar.
 *
 * <p>The listener is called by workers, one at a time, never more often than every {@link #INTERVAL}, and in any case once at
 * the end of the work, before its result is handed out. It should be quick: the worker that calls does nothing else
 * meanwhile. What it throws is logged.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Progress {

    /** The least time between two calls, the last one excepted. */
    Duration INTERVAL = Duration.ofMillis(100);

    /**
     * Something has happened.
     *
     * @param snapshot how far the work is
     */
    void update(Snapshot snapshot);

    /**
     * The work is over: all of it has ended, well or not. Called once, after the last {@link #update}. A work that is given up
     * before its end, such as a walk over results that nobody continues, does not get here. Without an implementation it does nothing.
     *
     * @param snapshot how the work ended
     */
    default void finished(Snapshot snapshot) {}

    /**
     * How far the work is.
     *
     * @param done how many items have ended, well or not
     * @param failed how many of them have failed
     * @param total how many there are, if that is known
     * @param elapsed the time since the start
     * @param perWorker how many items each worker has ended, by its name
     * @since 0.1.0
     */
    record Snapshot(long done, long failed, OptionalLong total, Duration elapsed, Map<String, Long> perWorker) {

        /**
         * Takes a copy of the map.
         *
         * @param done how many items have ended, well or not
         * @param failed how many of them have failed
         * @param total how many there are, if that is known
         * @param elapsed the time since the start
         * @param perWorker how many items each worker has ended
         */
        public Snapshot {
            perWorker = Map.copyOf(perWorker);
        }

        /**
         * Ended items per second since the start.
         *
         * @return the rate
         */
        public double perSecond() {
            return done == 0 ? 0 : done * 1e9 / Math.max(1, elapsed.toNanos());
        }
    }
}
