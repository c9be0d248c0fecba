package offspring.queue;

import java.util.function.Predicate;
import offspring.queue.internal.ArrangedEngine;
import org.jspecify.annotations.Nullable;

/** A user's {@link Arrangement} in the words of the engine. */
record ArrangementStore<T extends @Nullable Object>(Arrangement<T> arrangement) implements ArrangedEngine.Store<T> {

    @Override
    public void add(T item) {
        arrangement.add(item);
    }

    @Override
    public T remove() {
        return arrangement.remove();
    }

    @Override
    public int size() {
        return arrangement.size();
    }

    @Override
    public T peek() {
        return arrangement.toList().get(0);
    }

    @Override
    public @Nullable Object[] toArray() {
        return arrangement.toList().toArray();
    }

    @Override
    public int removeIf(Predicate<? super T> matches, int limit) {
        throw new UnsupportedOperationException("a queue with an arrangement of its own (" + arrangement
                + ") gives its items only in their order: take them with poll()");
    }
}
