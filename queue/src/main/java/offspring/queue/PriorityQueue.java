package offspring.queue;

import java.util.Comparator;
import java.util.Objects;
import offspring.queue.internal.ArrangedEngine;
import offspring.queue.internal.HeapStore;
import org.jspecify.annotations.Nullable;

/**
 * A queue between threads that gives its smallest item first: Python's {@code queue.PriorityQueue}. In everything but the
 * order it is a {@link Queue}. It is not {@link java.util.PriorityQueue}.
 *
 * <pre>{@code
 * var urgent = new PriorityQueue<Prioritized<String>>();
 * urgent.put(new Prioritized<>(2, "later"));
 * urgent.put(new Prioritized<>(1, "first"));
 * urgent.put(new Prioritized<>(1, "second"));
 * while (!urgent.empty()) print(urgent.get().item()); // "first", then "second", then "later"
 * }</pre>
 *
 * <p><b>Order.</b> By the items' natural order, or by a {@link Comparator}. Of items that compare as equal the one that
 * went in first comes out first.
 *
 * <p><b>Items that do not compare.</b> In natural order, putting an item that does not compare with one inside is an {@link
 * IllegalArgumentException} that names both classes; null compares with nothing. The queue is untouched: the item is not
 * in it, and no task is counted. What a comparator throws comes out as it is, with the same promise. Items must not change
 * their order while they are inside.
 *
 * <p><b>Differences from Python.</b> Ties come out in the order in which they went in; in Python in any order. An item that
 * does not compare stays outside; in Python it stays inside, without counting as a task.
 *
 * @param <T> the type of the items; null is one if the comparator allows it
 * @since 0.1.0
 */
public class PriorityQueue<T extends @Nullable Object> extends Queue<T> {

    /** Makes an empty queue without bound, in natural order. */
    public PriorityQueue() {
        this(0);
    }

    /**
     * Makes an empty queue in natural order.
     *
     * @param maxsize how many items may be inside; zero or less is no bound
     */
    public PriorityQueue(int maxsize) {
        this(maxsize, PriorityQueue::compareNaturally);
    }

    /**
     * Makes an empty queue without bound.
     *
     * @param order the smallest comes first
     */
    public PriorityQueue(Comparator<? super T> order) {
        this(0, order);
    }

    /**
     * Makes an empty queue.
     *
     * @param maxsize how many items may be inside; zero or less is no bound
     * @param order the smallest comes first
     */
    public PriorityQueue(int maxsize, Comparator<? super T> order) {
        super(new ArrangedEngine<>(
                new HeapStore<T>(Objects.requireNonNull(order, "order: null; leave it out for the natural order")),
                maxsize));
    }

    @SuppressWarnings("unchecked")
    private static int compareNaturally(@Nullable Object one, @Nullable Object other) {
        if (!(one instanceof Comparable<?> comparable) || other == null) {
            throw incomparable(one, other, null);
        }
        try {
            return ((Comparable<Object>) comparable).compareTo(other);
        } catch (ClassCastException e) {
            throw incomparable(one, other, e);
        }
    }

    private static IllegalArgumentException incomparable(
            @Nullable Object one, @Nullable Object other, @Nullable ClassCastException cause) {
        return new IllegalArgumentException(
                "item: " + describe(one) + " does not compare with " + describe(other)
                        + ", which is in the queue; give the PriorityQueue a Comparator, or put new Prioritized<>(priority, item)",
                cause);
    }

    private static String describe(@Nullable Object item) {
        return item == null ? "null" : "an item of class " + item.getClass().getName() + " (" + item + ")";
    }
}
