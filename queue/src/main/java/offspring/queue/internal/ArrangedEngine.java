package offspring.queue.internal;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Any order: one lock around a {@link Store} that keeps the items, as in Python's own {@code queue.Queue}.
 *
 * <p>Everything is read and written under the lock; {@code volatile} is only what {@link #puts()}, {@link #maxsize()} and
 * {@link #isShutdown()} read without it.
 *
 * <p>A store is foreign code and may throw. It is called before anything else is changed, so that a put or get that fails
 * is as if it had not been called. If its thread was woken for it, it wakes the next sleeper in its place: the room or
 * the item it was woken for is still there.
 *
 * @param <T> the type of the items
 */
public final class ArrangedEngine<T extends @Nullable Object> extends Engine<T> {

    /**
     * How items are kept; called under the queue's lock only.
     *
     * @param <T> the type of the items
     */
    public interface Store<T extends @Nullable Object> {

        /** Keeps an item, or throws and is unchanged. */
        void add(T item);

        /** Takes out the item whose turn it is, or throws and is unchanged. Called when {@link #size()} is not zero. */
        T remove();

        /** The number of items. */
        int size();

        /** The item whose turn it is. Called when {@link #size()} is not zero. */
        T peek();

        /** The items, first to leave first. */
        @Nullable
        Object[] toArray();

        /** Takes out up to {@code limit} items that match and says how many. */
        int removeIf(Predicate<? super T> matches, int limit);
    }

    private final Store<T> store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();

    private volatile long puts;
    private long gets;
    private long discarded;
    private volatile int maxsize;
    private volatile boolean shut;

    /** Makes an engine over an empty store; {@code maxsize} of zero or less is no bound. */
    public ArrangedEngine(Store<T> store, int maxsize) {
        this.store = store;
        this.maxsize = maxsize;
    }

    @Override
    public Outcome put(T item, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long deadline = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
            long left = nanos;
            while (!shut && isFull()) {
                if (left <= 0) {
                    return Outcome.FULL;
                }
                left = sleep(notFull, left, deadline);
            }
            return add(item);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Outcome offer(T item) {
        lock.lock();
        try {
            return !shut && isFull() ? Outcome.FULL : add(item);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Object get(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long deadline = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
            long left = nanos;
            while (store.size() == 0) {
                if (shut) {
                    return Nothing.SHUT;
                }
                if (left <= 0) {
                    return Nothing.EMPTY;
                }
                left = sleep(notEmpty, left, deadline);
            }
            return remove();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Object poll() {
        lock.lock();
        try {
            return store.size() == 0 ? nothing() : remove();
        } finally {
            lock.unlock();
        }
    }

    private static long sleep(Condition condition, long left, long deadline) throws InterruptedException {
        if (left == FOREVER) {
            condition.await();
            return FOREVER;
        }
        long unused = condition.awaitNanos(left);
        return deadline - System.nanoTime();
    }

    private boolean isFull() {
        int max = maxsize;
        return max > 0 && store.size() >= max;
    }

    private Nothing nothing() {
        return shut ? Nothing.SHUT : Nothing.EMPTY;
    }

    private Outcome add(T item) {
        if (shut) {
            return Outcome.SHUT;
        }
        boolean added = false;
        try {
            store.add(item);
            added = true;
        } finally {
            if (!added) {
                notFull.signal();
            }
        }
        countPut();
        notEmpty.signal();
        if (!isFull()) { // a store that drops the item leaves the room that its thread was woken for
            notFull.signal();
        }
        return Outcome.DONE;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
    private void countPut() {
        puts++;
    }

    private T remove() {
        T item;
        boolean removed = false;
        try {
            item = store.remove();
            removed = true;
        } finally {
            if (!removed) {
                notEmpty.signal();
            }
        }
        gets++;
        notFull.signal();
        return item;
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return store.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int maxsize() {
        return maxsize;
    }

    @Override
    public void setMaxsize(int maxsize) {
        lock.lock();
        try {
            this.maxsize = maxsize;
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdown(boolean immediate) {
        long before = 0;
        lock.lock();
        try {
            before = discarded;
            shut = true;
            while (immediate && store.size() > 0) {
                store.remove();
                discarded++;
            }
        } finally {
            long dropped = discarded - before;
            notEmpty.signalAll();
            notFull.signalAll();
            lock.unlock();
            discard(dropped);
        }
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public @Nullable Object[] toArray() {
        lock.lock();
        try {
            return store.toArray();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int removeIf(Predicate<? super T> matches, int limit) {
        lock.lock();
        try {
            int removed = store.removeIf(matches, limit);
            if (removed > 0) {
                gets += removed;
                notFull.signalAll();
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Object peek() {
        lock.lock();
        try {
            return store.size() == 0 ? nothing() : store.peek();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long puts() {
        return puts;
    }

    @Override
    public Counts counts() {
        lock.lock();
        try {
            return new Counts(
                    store.size(),
                    puts,
                    gets,
                    discarded,
                    lock.getWaitQueueLength(notFull),
                    lock.getWaitQueueLength(notEmpty));
        } finally {
            lock.unlock();
        }
    }
}
