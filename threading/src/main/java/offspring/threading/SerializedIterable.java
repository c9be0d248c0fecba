package offspring.threading;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One source of items for many threads, each of which draws with an iterator of its own; see {@link
 * Threading#serializeIterator}.
 *
 * <p>Java asks for an item in two calls, {@code hasNext} and {@code next}, between which another thread could take it. So
 * {@code hasNext} takes it already, under the lock, and keeps it for {@code next}, in a place that only this thread sees.
 */
final class SerializedIterable<T extends @Nullable Object> implements Iterable<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Iterator<? extends T> source;

    SerializedIterable(Iterator<? extends T> source) {
        this.source = source;
    }

    @Override
    public Iterator<T> iterator() {
        return new Drawer();
    }

    private final class Drawer implements Iterator<T> {

        private boolean drawn;
        private @Nullable T item;

        @Override
        public boolean hasNext() {
            if (!drawn) {
                lock.lock();
                try {
                    if (source.hasNext()) {
                        item = source.next();
                        drawn = true;
                    }
                } finally {
                    lock.unlock();
                }
            }
            return drawn;
        }

        @Override
        @SuppressWarnings("NullAway") // a drawn item is a T; null only if T has null
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the threads have drawn all items");
            }
            T given = item;
            drawn = false;
            item = null;
            return given;
        }
    }
}
