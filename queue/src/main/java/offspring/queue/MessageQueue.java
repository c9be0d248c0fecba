package offspring.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What every queue can do, of threads and of processes: items go in at one place and come out at another. Python has no
 * name for it; there it is the habit that {@code queue.Queue}, {@code queue.SimpleQueue} and {@code
 * multiprocessing.Queue} share these methods.
 *
 * <p>Code written against {@code MessageQueue} moves from threads to processes unchanged:
 *
 * <pre>{@code
 * void produce(MessageQueue<String> lines) throws InterruptedException {
 *     lines.put("hello");
 *     lines.put(null); // nothing more: null is an item like any other
 * }
 *
 * void consume(MessageQueue<String> lines) throws InterruptedException {
 *     for (String line = lines.get(); line != null; line = lines.get()) {
 *         print(line);
 *     }
 * }
 * }</pre>
 *
 * <table class="striped">
 *   <caption>The methods by what they do when there is no room, or no item</caption>
 *   <thead><tr><th scope="col"></th><th scope="col">wait</th><th scope="col">wait for a time</th><th scope="col">do not wait</th></tr></thead>
 *   <tbody>
 *     <tr><th scope="row">put</th><td>{@link #put(Object)}</td><td>{@link #put(Object, Duration)}</td><td>{@link
 *       #putNowait(Object)}</td></tr>
 *     <tr><th scope="row">get</th><td>{@link #get()}</td><td>{@link #get(Duration)}</td><td>{@link #getNowait()}</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>What timeouts, interruption and memory effects mean is said once, in {@linkplain offspring.queue the package}.
 *
 * @param <T> the type of the items; null is an item like any other
 * @since 0.1.0
 */
public interface MessageQueue<T extends @Nullable Object> {

    /**
     * Puts an item in, waiting as long as it takes until there is room.
     *
     * @param item the item, may be null
     * @throws ShutDownException if the queue is shut down, before or while this thread waits
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the item is not in
     */
    void put(T item) throws InterruptedException;

    /**
     * Puts an item in, waiting only if told to: Python's {@code put(item, block)}.
     *
     * @param item the item, may be null
     * @param block {@code true} to wait as long as it takes, {@code false} to try once
     * @throws FullException if there is no room and {@code block} is {@code false}
     * @throws ShutDownException if the queue is shut down, before or while this thread waits
     * @throws InterruptedException if {@code block} and the calling thread is interrupted; the item is not in
     */
    void put(T item, boolean block) throws InterruptedException;

    /**
     * Puts an item in, waiting at most the given time: Python's {@code put(item, timeout=…)}.
     *
     * @param item the item, may be null
     * @param timeout how long to wait; zero tries once
     * @throws FullException if there is no room and the time is over
     * @throws ShutDownException if the queue is shut down, before or while this thread waits
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the item is not in
     */
    void put(T item, Duration timeout) throws InterruptedException;

    /**
     * Puts an item in if there is room now. Never waits.
     *
     * @param item the item, may be null
     * @throws FullException if there is no room
     * @throws ShutDownException if the queue is shut down
     */
    void putNowait(T item);

    /**
     * Takes an item out, waiting as long as it takes until there is one.
     *
     * @return the item, null if null was put in
     * @throws ShutDownException if the queue is shut down and empty, before or while this thread waits
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; no item is taken
     */
    T get() throws InterruptedException;

    /**
     * Takes an item out, waiting only if told to: Python's {@code get(block)}.
     *
     * @param block {@code true} to wait as long as it takes, {@code false} to try once
     * @return the item, null if null was put in
     * @throws EmptyException if there is no item and {@code block} is {@code false}
     * @throws ShutDownException if the queue is shut down and empty, before or while this thread waits
     * @throws InterruptedException if {@code block} and the calling thread is interrupted; no item is taken
     */
    T get(boolean block) throws InterruptedException;

    /**
     * Takes an item out, waiting at most the given time: Python's {@code get(timeout=…)}.
     *
     * @param timeout how long to wait; zero tries once
     * @return the item, null if null was put in
     * @throws EmptyException if there is no item and the time is over
     * @throws ShutDownException if the queue is shut down and empty, before or while this thread waits
     * @throws IllegalArgumentException if {@code timeout} is negative, even if there is an item
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; no item is taken
     */
    T get(Duration timeout) throws InterruptedException;

    /**
     * Takes an item out if there is one now. Never waits.
     *
     * @return the item, null if null was put in
     * @throws EmptyException if there is no item
     * @throws ShutDownException if the queue is shut down and empty
     */
    T getNowait();

    /**
     * How many items are inside. A snapshot: it may be out of date when the caller looks at it, so {@code qsize() > 0}
     * does not promise that a get will not wait.
     *
     * @return the number of items, at most {@link Integer#MAX_VALUE}
     */
    int qsize();

    /**
     * Whether no item is inside. A snapshot, as {@link #qsize()}.
     *
     * @return {@code qsize() == 0}
     */
    boolean empty();

    /**
     * Whether a put would have to wait. A snapshot, as {@link #qsize()}.
     *
     * @return whether there is a bound and it is reached
     */
    boolean full();
}
