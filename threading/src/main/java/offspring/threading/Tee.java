package offspring.threading;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The source behind the iterators of {@link Threading#concurrentTee}.
 *
 * <pre>
 *   (start) ──► item ──► item ──► item ──► not fetched yet
 *                 ▲                 ▲
 *              slowest           fastest iterator
 * </pre>
 *
 * <p>Each iterator stands at a link and holds on to nothing before it, so the garbage collector frees what all have passed.
 * Only a link's successor is shared: it is written once, under the lock, and read under it.
 */
final class Tee<T extends @Nullable Object> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Iterator<? extends T> source;
    private final Link<T> start = new Link<>(null);

    Tee(Iterator<? extends T> source) {
        this.source = source;
    }

    /** An item and, once it was fetched, its successor. */
    private static final class Link<T extends @Nullable Object> {

        private final @Nullable T item;
        private @Nullable Link<T> next;

        Link(@Nullable T item) {
            this.item = item;
        }
    }

    /** One more iterator, which begins at the first item. */
    Iterator<T> iterator() {
        return new Reader(start);
    }

    private @Nullable Link<T> after(Link<T> link) {
        lock.lock();
        try {
            if (link.next == null && source.hasNext()) {
                link.next = new Link<>(source.next());
            }
            return link.next;
        } finally {
            lock.unlock();
        }
    }

    private final class Reader implements Iterator<T> {

        private Link<T> here;

        Reader(Link<T> here) {
            this.here = here;
        }

        @Override
        public boolean hasNext() {
            return after(here) != null;
        }

        @Override
        @SuppressWarnings("NullAway") // the item of a fetched link is a T; null only if T has null
        public T next() {
            Link<T> next = after(here);
            if (next == null) {
                throw new NoSuchElementException("no item is left");
            }
            here = next;
            return next.item;
        }
    }
}
