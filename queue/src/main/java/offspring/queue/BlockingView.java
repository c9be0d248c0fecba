package offspring.queue;

import java.util.AbstractQueue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import offspring.queue.internal.Engine;
import org.jspecify.annotations.Nullable;

/** The view that {@link Queue#asBlockingQueue()} describes. Without state of its own. */
final class BlockingView<T extends @Nullable Object> extends AbstractQueue<T> implements BlockingQueue<T> {

    private final Queue<T> queue;
    private final Engine<T> engine;

    BlockingView(Queue<T> queue, Engine<T> engine) {
        this.queue = queue;
        this.engine = engine;
    }

    private static <I extends @Nullable Object> I requireItem(I item) {
        return Objects.requireNonNull(item, "item: null; a BlockingQueue holds none, put it into the Queue itself");
    }

    @Override
    public boolean add(T item) {
        Engine.Outcome outcome = engine.offer(requireItem(item));
        if (outcome == Engine.Outcome.FULL) {
            throw new IllegalStateException("add(item): no room in " + queue);
        }
        if (outcome == Engine.Outcome.SHUT) {
            throw Answers.ofPut(outcome, "add(item)", queue);
        }
        return true;
    }

    @Override
    public boolean offer(T item) {
        return engine.offer(requireItem(item)) == Engine.Outcome.DONE;
    }

    @Override
    public boolean offer(T item, long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = Math.max(0, unit.toNanos(timeout));
        return engine.put(requireItem(item), nanos) == Engine.Outcome.DONE;
    }

    @Override
    public void put(T item) throws InterruptedException {
        queue.put(requireItem(item));
    }

    @Override
    public T take() throws InterruptedException {
        return queue.get();
    }

    @Override
    public @Nullable T poll() {
        return itemOrNull(engine.poll());
    }

    @Override
    public @Nullable T poll(long timeout, TimeUnit unit) throws InterruptedException {
        return itemOrNull(engine.get(Math.max(0, unit.toNanos(timeout))));
    }

    @Override
    public @Nullable T peek() {
        return itemOrNull(engine.peek());
    }

    @SuppressWarnings("unchecked")
    private @Nullable T itemOrNull(@Nullable Object taken) {
        return taken instanceof Engine.Nothing ? null : (T) taken;
    }

    @Override
    public int size() {
        return engine.size();
    }

    @Override
    public int remainingCapacity() {
        int bound = engine.maxsize();
        return bound <= 0 ? Integer.MAX_VALUE : Math.max(0, bound - engine.size());
    }

    @Override
    public int drainTo(Collection<? super T> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    @SuppressWarnings("unchecked")
    public int drainTo(Collection<? super T> target, int maxElements) {
        Objects.requireNonNull(target, "target: null; pass the collection that is to have the items");
        if (target instanceof BlockingView<?> view && view.queue == queue) {
            throw new IllegalArgumentException("target: a view of this same queue; drain it into another collection");
        }
        int drained = 0;
        while (drained < maxElements) {
            Object taken = engine.poll();
            if (taken instanceof Engine.Nothing) {
                break;
            }
            target.add((T) taken);
            drained++;
        }
        return drained;
    }

    @Override
    public void clear() {
        int left = engine.size();
        while (left > 0 && !(engine.poll() instanceof Engine.Nothing)) {
            left--;
        }
    }

    @Override
    public boolean contains(@Nullable Object wanted) {
        return Arrays.asList(engine.toArray()).contains(wanted);
    }

    @Override
    public boolean remove(@Nullable Object unwanted) {
        return engine.removeIf(item -> Objects.equals(unwanted, item), 1) > 0;
    }

    @Override
    public boolean removeIf(Predicate<? super T> filter) {
        Objects.requireNonNull(filter, "filter: null; pass what the items to remove have in common");
        return engine.removeIf(filter, Integer.MAX_VALUE) > 0;
    }

    @Override
    public boolean removeAll(Collection<?> unwanted) {
        return removeIf(unwanted::contains);
    }

    @Override
    public boolean retainAll(Collection<?> wanted) {
        return removeIf(item -> !wanted.contains(item));
    }

    @Override
    public @Nullable Object[] toArray() {
        return engine.toArray();
    }

    @Override
    public <A extends @Nullable Object> A[] toArray(A[] target) {
        return Arrays.asList(engine.toArray()).toArray(target);
    }

    @SuppressWarnings("unchecked")
    private List<T> copy() {
        return (List<T>) Arrays.asList(engine.toArray());
    }

    @Override
    public Spliterator<T> spliterator() {
        return copy().spliterator();
    }

    @Override
    public Iterator<T> iterator() {
        return new CopyIterator(copy().iterator());
    }

    @Override
    public String toString() {
        return Arrays.toString(engine.toArray());
    }

    /** Goes over a copy; removes from the queue itself. */
    private final class CopyIterator implements Iterator<T> {

        private final Iterator<T> items;
        private @Nullable T last;
        private boolean removable;

        CopyIterator(Iterator<T> items) {
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            return items.hasNext();
        }

        @Override
        public T next() {
            if (!items.hasNext()) {
                throw new NoSuchElementException("next(): no item after " + last);
            }
            T item = items.next();
            last = item;
            removable = true;
            return item;
        }

        @Override
        public void remove() {
            if (!removable) {
                throw new IllegalStateException("remove(): call next() first, once for each remove()");
            }
            removable = false;
            T item = last;
            engine.removeIf(inside -> inside == item, 1);
        }
    }
}
