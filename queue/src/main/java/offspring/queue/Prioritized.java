package offspring.queue;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An item with its priority, for a {@link PriorityQueue}: Python's {@code (priority, data)} tuple. The smallest priority
 * comes first.
 *
 * <pre>{@code
 * var urgent = new PriorityQueue<Prioritized<String>>();
 * urgent.put(new Prioritized<>(2, "later"));
 * urgent.put(new Prioritized<>(1, "first"));
 * String next = urgent.get().item(); // "first"
 * }</pre>
 *
 * <p><b>Priorities.</b> Anything with a natural order: a number, a string, an enum, an {@link java.time.Instant}. Numbers
 * of different types compare by value, exactly, as in Python ({@code 1 < 1.5 < 2L}); a NaN comes after every other number.
 * Apart from numbers, all priorities in one queue must be of types that compare with each other.
 *
 * <p><b>Differences from Python.</b> A tuple compares its second elements when the first are equal, and fails if those do
 * not compare; this compares priorities only, and in a {@link PriorityQueue} ties come out in the order in which they went
 * in. The order is therefore not consistent with {@link #equals equals}, which looks at the item, too.
 *
 * @param <T> the type of the item
 * @param priority what decides when it is this item's turn
 * @param item the item, may be null
 * @since 0.1.0
 * @serial exclude
 */
// It can travel if its priority and its item can. The tag keeps its page free of a form that says nothing more.
@SuppressWarnings({"serial", "InvalidBlockTag"})
public record Prioritized<T extends @Nullable Object>(Comparable<?> priority, T item)
        implements Comparable<Prioritized<?>>, Serializable {

    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> WHOLE = Set.of(Byte.class, Short.class, Integer.class, Long.class);
    private static final Set<Class<?>> FLOATING = Set.of(Float.class, Double.class);

    /**
     * Joins a priority and an item.
     *
     * @param priority what decides when it is this item's turn
     * @param item the item, may be null
     * @throws IllegalArgumentException if {@code priority} is null
     */
    @SuppressWarnings("ConstantConditions") // callers without null checks
    public Prioritized {
        if (priority == null) {
            throw new IllegalArgumentException(
                    "priority: null has no order; pass a number, or anything else that is Comparable");
        }
    }

    /**
     * Compares the priorities, and nothing else.
     *
     * @param other the one to compare with
     * @return less than, equal to or greater than zero, as this one's turn is before, with or after the other's
     * @throws ClassCastException if the priorities do not compare with each other
     */
    @Override
    public int compareTo(Prioritized<?> other) {
        return compare(priority, other.priority);
    }

    @SuppressWarnings("unchecked")
    private static int compare(Comparable<?> one, Comparable<?> other) {
        if (one instanceof Number first && other instanceof Number second && bothPrimitive(first, second)) {
            return compareNumbers(first, second);
        }
        return ((Comparable<Object>) one).compareTo(other);
    }

    private static boolean bothPrimitive(Number one, Number other) {
        return (isWhole(one) || isFloating(one)) && (isWhole(other) || isFloating(other));
    }

    private static boolean isWhole(Number number) {
        return WHOLE.contains(number.getClass());
    }

    private static boolean isFloating(Number number) {
        return FLOATING.contains(number.getClass());
    }

    private static int compareNumbers(Number one, Number other) {
        if (isWhole(one) && isWhole(other)) {
            return Long.compare(one.longValue(), other.longValue());
        }
        double first = one.doubleValue();
        double second = other.doubleValue();
        if (first < second) {
            return -1;
        }
        if (first > second) {
            return 1;
        }
        if (first != second) {
            return Boolean.compare(Double.isNaN(first), Double.isNaN(second));
        }
        return Double.isInfinite(first) ? 0 : exact(one).compareTo(exact(other)); // a long may not fit into a double
    }

    private static BigDecimal exact(Number number) {
        return isWhole(number) ? BigDecimal.valueOf(number.longValue()) : new BigDecimal(number.doubleValue());
    }
}
