package offspring.queue.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Smallest first, and of equal ones the oldest: a binary heap in which each item carries a ticket, drawn when it came.
 *
 * <p>A comparison is foreign code and may throw. Both {@link #add} and {@link #remove} first find their way through the
 * heap by comparisons alone and move items only then, so that one that throws has changed nothing.
 */
public final class HeapStore<T extends @Nullable Object> implements ArrangedEngine.Store<T> {

    private static final int FIRST_LENGTH = 16;

    private final Comparator<? super T> order;

    /** The heap: the children of the item at {@code i} are at {@code 2 i + 1} and {@code 2 i + 2}. */
    private @Nullable Object[] items;

    /** The ticket of each item, at the same place. */
    private long[] tickets;

    private int size;
    private long nextTicket;

    /** Makes an empty one. */
    public HeapStore(Comparator<? super T> order) {
        this.order = order;
        items = new @Nullable Object[FIRST_LENGTH];
        tickets = new long[FIRST_LENGTH];
    }

    private HeapStore(HeapStore<T> original) {
        order = original.order;
        items = original.items.clone();
        tickets = original.tickets.clone();
        size = original.size;
        nextTicket = original.nextTicket;
    }

    @Override
    public void add(T item) {
        if (size == items.length) {
            grow();
        }
        int place = size;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (order.compare(item, item(parent)) >= 0) { // an equal one is older: it stays above
                break;
            }
            place = parent;
        }
        for (int hole = size; hole != place; hole = (hole - 1) >>> 1) {
            move((hole - 1) >>> 1, hole);
        }
        items[place] = item;
        tickets[place] = nextTicket++;
        size++;
    }

    private void grow() {
        int length = items.length * 2;
        long[] moreTickets = Arrays.copyOf(tickets, length);
        items = Arrays.copyOf(items, length);
        tickets = moreTickets;
    }

    @Override
    public T remove() {
        T first = item(0);
        int last = size - 1;
        long turns = wayDown(last);
        int hole = 0;
        for (int way = (int) (turns >>> 32), depth = Integer.bitCount(way), bits = (int) turns; depth > 0; depth--) {
            int child = 2 * hole + 1 + (bits & 1);
            bits >>>= 1;
            move(child, hole);
            hole = child;
        }
        move(last, hole);
        items[last] = null;
        size = last;
        return first;
    }

    /**
     * The way that the item at {@code last} goes down from the top: in the lower half a bit per step, one for right, in
     * the upper half as many ones as there are steps.
     */
    private long wayDown(int last) {
        int turns = 0;
        int steps = 0;
        int depth = 0;
        int place = 0;
        for (int child = 1; child < last; child = 2 * place + 1) {
            int right = child + 1 < last && isBefore(child + 1, child) ? 1 : 0;
            child += right;
            if (!isBefore(child, last)) {
                break;
            }
            turns |= right << depth;
            steps |= 1 << depth;
            depth++;
            place = child;
        }
        return ((long) steps << 32) | (turns & 0xFFFF_FFFFL);
    }

    private boolean isBefore(int one, int other) {
        int comparison = order.compare(item(one), item(other));
        return comparison < 0 || (comparison == 0 && tickets[one] < tickets[other]);
    }

    private void move(int from, int to) {
        items[to] = items[from];
        tickets[to] = tickets[from];
    }

    @SuppressWarnings("unchecked")
    private T item(int index) {
        return (T) items[index];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public T peek() {
        return item(0);
    }

    @Override
    public @Nullable Object[] toArray() {
        HeapStore<T> copy = new HeapStore<>(this);
        @Nullable Object[] sorted = new @Nullable Object[size];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = copy.remove();
        }
        return sorted;
    }

    @Override
    public int removeIf(Predicate<? super T> matches, int limit) {
        HeapStore<T> copy = new HeapStore<>(this);
        @Nullable Object[] kept = new @Nullable Object[items.length];
        long[] keptTickets = new long[items.length];
        int left = 0;
        int removed = 0;
        for (int i = 0; i < size; i++) {
            long ticket = copy.tickets[0];
            T item = copy.remove();
            if (removed < limit && matches.test(item)) {
                removed++;
            } else {
                kept[left] = item;
                keptTickets[left++] = ticket;
            }
        }
        items = kept; // sorted, hence a heap
        tickets = keptTickets;
        size = left;
        return removed;
    }
}
