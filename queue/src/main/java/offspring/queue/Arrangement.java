package offspring.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a {@link Queue} gives its items, for orders of one's own: what overriding {@code _put}, {@code _get},
 * {@code _qsize} and {@code _init} is in Python.
 *
 * <p>A queue that takes each item in only once:
 *
 * <pre>{@code
 * class UniqueQueue<T> extends Queue<T> {
 *     UniqueQueue() {
 *         super(0, new Arrangement<T>() {
 *             private final LinkedHashSet<T> items = new LinkedHashSet<>();
 *
 *             public void add(T item) {
 *                 items.add(item);
 *             }
 *
 *             public T remove() {
 *                 T first = items.iterator().next();
 *                 items.remove(first);
 *                 return first;
 *             }
 *
 *             public int size() {
 *                 return items.size();
 *             }
 *         });
 *     }
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> The queue calls these methods on the threads that put and get, one at a time, under its lock; what one
 * call wrote the next one sees, so that a plain field will do. They must not block and must not call the queue.
 *
 * <p><b>Failures.</b> A method that throws must leave the arrangement as it was. The exception goes to the caller of put or
 * get; for the queue that call did not happen: no task is counted, and a thread that waits for the same room or item gets
 * its turn.
 *
 * <p><b>Counts.</b> Each put that returns counts as one task for {@link Queue#join()}, also if the arrangement chose to
 * drop the item.
 *
 * @param <T> the type of the items
 * @since 0.1.0
 */
public interface Arrangement<T extends @Nullable Object> {

    /**
     * Keeps an item: Python's {@code _put}.
     *
     * @param item the item, may be null
     */
    void add(T item);

    /**
     * Takes out the item whose turn it is: Python's {@code _get}. Called only while {@link #size()} is not zero.
     *
     * @return the item
     */
    T remove();

    /**
     * How many items there are: Python's {@code _qsize}.
     *
     * @return the number of items
     */
    int size();

    /**
     * The items in the order in which they would leave, without taking them out. Only the view for Java code needs it:
     * {@link Queue#asBlockingQueue()} can peek and iterate if this method is there.
     *
     * @return a new list
     * @throws UnsupportedOperationException always, unless overridden
     */
    default List<T> toList() {
        throw new UnsupportedOperationException("toList(): " + getClass().getName()
                + " does not say how to list its items; override toList() to peek at or iterate over the queue");
    }
}
