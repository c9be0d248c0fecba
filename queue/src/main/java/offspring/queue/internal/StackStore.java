package offspring.queue.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Last in, first out. */
public final class StackStore<T extends @Nullable Object> implements ArrangedEngine.Store<T> {

    /** The last one leaves first. */
    private final List<T> items = new ArrayList<>();

    /** Makes an empty one. */
    public StackStore() {}

    @Override
    public void add(T item) {
        items.add(item);
    }

    @Override
    public T remove() {
        return items.remove(items.size() - 1);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public T peek() {
        return items.get(items.size() - 1);
    }

    @Override
    public @Nullable Object[] toArray() {
        List<T> copy = new ArrayList<>(items);
        Collections.reverse(copy);
        return copy.toArray();
    }

    @Override
    public int removeIf(Predicate<? super T> matches, int limit) {
        List<T> kept = new ArrayList<>(items.size());
        int removed = 0;
        for (int i = items.size() - 1; i >= 0; i--) {
            T item = items.get(i);
            if (removed < limit && matches.test(item)) {
                removed++;
            } else {
                kept.add(item);
            }
        }
        Collections.reverse(kept);
        items.clear();
        items.addAll(kept);
        return removed;
    }
}
