package offspring.multiprocessing.internal.pool.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The items that took longest. Asked for each message of answers, which costs one volatile read; told only of those that belong here.
 *
 * <p>Workers tell how long the answers of a message took together. Items that take long come alone or last in theirs: the time is that of the
 * last one, and at most some hundred microseconds of those before it. {@link #floor} is written under the lock and read without; a stale
 * value costs a look at the lock.
 */
public final class Slowest {

    /** How many are kept. */
    static final int KEPT = 10;

    private static final long LEAST_NANOS = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Item> items = new ArrayList<>();
    private volatile long floor = LEAST_NANOS;

    /**
     * An item that took long.
     *
     * @param what in words
     * @param worker the name of its worker
     * @param nanos how long
     */
    public record Item(String what, String worker, long nanos) {}

    /** Whether an item that took so long may be one of them. */
    public boolean mayBelong(long nanos) {
        return nanos > floor;
    }

    /** Takes an item in, if it is one of them. */
    public void add(Item item) {
        lock.lock();
        try {
            items.add(item);
            items.sort(Comparator.comparingLong(Item::nanos).reversed());
            if (items.size() > KEPT) {
                items.remove(KEPT);
            }
            if (items.size() == KEPT) {
                floor = items.get(KEPT - 1).nanos();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those that took longest, the slowest first. */
    public List<Item> items() {
        lock.lock();
        try {
            return List.copyOf(items);
        } finally {
            lock.unlock();
        }
    }
}
