package offspring.queue.internal;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * First in, first out: a {@link Chain} of items with a lock at either end.
 *
 * @param <T> the type of the items
 */
public final class FifoEngine<T extends @Nullable Object> extends Engine<T> {

    /*
     * Who wakes whom
     *
     * A getter that finds nothing takes both locks, in the one order that is allowed (putting, then taking), looks again,
     * sets putting.otherSleeps, leaves putting, and sleeps at taking (which gives taking back only when the thread is in
     * the row of sleepers). A putter reads putting.otherSleeps after its store, both inside putting. The lock orders the
     * two: either the putter was first, and the getter sees the item; or the getter was first, and the putter sees the
     * flag. So the common case pays no fence and no atomic counter for the chance that somebody sleeps. A flag that is
     * true for nothing (the sleeper gave up) costs one look at an empty row; it is never false while somebody sleeps,
     * since it is cleared under the sleepers' lock, when the row is seen empty.
     *
     * Each put that sees the flag wakes one getter, so n items wake n sleepers. A woken getter may find that another was
     * faster; it sleeps again, by the same way. One that is interrupted or times out was either not woken by anybody,
     * then the wake-up went to another; or it was, then it looks for an item before it gives up. Putters sleep in the
     * same way, with the sides exchanged; they hold putting already, which is the allowed order.
     *
     * What an interrupt leaves behind
     *
     * It is noticed while entering a side or asleep: before the chain is touched. After that nothing throws: waking the
     * other side is not interruptible.
     *
     * Why nobody spins
     *
     * A thread that sleeps lets the other side work ahead without sharing a line of memory with it, and then has a batch
     * to work through. Spinning for the next item was measured: it costs more than it saves in throughput.
     *
     * The ancestor is LinkedBlockingQueue (after Michael and Scott's two-lock queue). We differ: a count on either side
     * instead of one atomic count that both sides fight for, segments instead of a node per item, wake-ups by the flag.
     * The tests that would fail: InterruptStressTest, LoadTest.
     */

    private final Chain<T> chain = new Chain<>();
    private final Side putting = chain.putting;
    private final Side taking = chain.taking;

    /** Zero or less is no bound. Written under putting's lock. */
    private volatile int maxsize;

    /** Written under both locks. */
    private volatile boolean shut;

    /** Items thrown away by a shutdown: part of taking's count. Guarded by taking's lock. */
    private long discarded;

    /** Makes an empty engine; {@code maxsize} of zero or less is no bound. */
    public FifoEngine(int maxsize) {
        this.maxsize = maxsize;
    }

    @Override
    public Outcome put(T item, long nanos) throws InterruptedException {
        putting.enterInterruptibly();
        boolean wake;
        try {
            if (shut) {
                return Outcome.SHUT;
            }
            if (chain.isFull(maxsize)) {
                Outcome outcome = awaitRoom(nanos);
                if (outcome != Outcome.DONE) {
                    return outcome;
                }
            }
            chain.append(item);
            wake = putting.otherSleeps;
        } finally {
            putting.exit();
        }
        if (wake) {
            taking.wakeOne(putting);
        }
        return Outcome.DONE;
    }

    @Override
    public Outcome offer(T item) {
        putting.enter();
        boolean wake;
        try {
            if (shut) {
                return Outcome.SHUT;
            }
            if (chain.isFull(maxsize)) {
                return Outcome.FULL;
            }
            chain.append(item);
            wake = putting.otherSleeps;
        } finally {
            putting.exit();
        }
        if (wake) {
            taking.wakeOne(putting);
        }
        return Outcome.DONE;
    }

    @Override
    public @Nullable Object get(long nanos) throws InterruptedException {
        taking.enterInterruptibly();
        Object item;
        boolean wake;
        try {
            if (chain.isEmpty()) {
                Nothing nothing = awaitItem(nanos);
                if (nothing != null) {
                    return nothing;
                }
            }
            item = chain.removeFirst();
            wake = taking.otherSleeps;
        } finally {
            taking.exit();
        }
        if (wake) {
            putting.wakeOne(taking);
        }
        return item;
    }

    @Override
    public @Nullable Object poll() {
        taking.enter();
        Object item;
        boolean wake;
        try {
            if (chain.isEmpty()) {
                return nothing();
            }
            item = chain.removeFirst();
            wake = taking.otherSleeps;
        } finally {
            taking.exit();
        }
        if (wake) {
            putting.wakeOne(taking);
        }
        return item;
    }

    /** Why there is no item. Holds taking since it looked: without that lock nobody has shut the queue since. */
    private Nothing nothing() {
        return shut ? Nothing.SHUT : Nothing.EMPTY;
    }

    /** Holds putting, before and after. */
    private Outcome awaitRoom(long nanos) throws InterruptedException {
        long deadline = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0) {
            taking.enter();
            boolean full = chain.isFull(maxsize);
            if (full) {
                taking.otherSleeps = true;
            }
            taking.exit();
            if (!full) {
                return Outcome.DONE;
            }
            putting.sleep(left);
            if (shut) {
                return Outcome.SHUT;
            }
            if (!chain.isFull(maxsize)) {
                return Outcome.DONE;
            }
            left = nanos == FOREVER ? FOREVER : deadline - System.nanoTime();
        }
        return Outcome.FULL;
    }

    /** Why there is no item, or null if there is one. Holds taking, before and after, but not all the time between. */
    private @Nullable Nothing awaitItem(long nanos) throws InterruptedException {
        long deadline = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
        long left = nanos;
        while (!shut && left > 0) {
            taking.exit();
            putting.enter();
            taking.enter();
            boolean sleep = chain.isEmpty() && !shut;
            if (sleep) {
                putting.otherSleeps = true;
            }
            putting.exit();
            if (sleep) {
                taking.sleep(left);
            }
            if (!chain.isEmpty()) {
                return null;
            }
            left = nanos == FOREVER ? FOREVER : deadline - System.nanoTime();
        }
        return nothing();
    }

    @Override
    public int size() {
        long size = chain.sizeUnlocked();
        if (size < 0) {
            enterBoth();
            size = chain.size();
            exitBoth();
        }
        return toInt(size);
    }

    private static int toInt(long size) {
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    @Override
    public int maxsize() {
        return maxsize;
    }

    @Override
    public void setMaxsize(int maxsize) {
        putting.enter();
        this.maxsize = maxsize;
        putting.wakeAll();
        putting.exit();
    }

    @Override
    public void shutdown(boolean immediate) {
        long dropped = 0;
        enterBoth();
        try {
            shut = true;
            if (immediate) {
                dropped = chain.clear();
                discarded += dropped;
            }
            putting.wakeAll();
            taking.wakeAll();
        } finally {
            exitBoth();
        }
        if (immediate) {
            discard(dropped);
        }
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public @Nullable Object[] toArray() {
        enterBoth();
        try {
            return chain.copy();
        } finally {
            exitBoth();
        }
    }

    @Override
    public int removeIf(Predicate<? super T> matches, int limit) {
        enterBoth();
        try {
            int removed = chain.removeIf(matches, limit);
            if (removed > 0) {
                putting.wakeAll();
            }
            return removed;
        } finally {
            exitBoth();
        }
    }

    @Override
    public @Nullable Object peek() {
        taking.enter();
        try {
            return chain.isEmpty() ? nothing() : chain.first();
        } finally {
            taking.exit();
        }
    }

    @Override
    public long puts() {
        return putting.count;
    }

    @Override
    public Counts counts() {
        enterBoth();
        try {
            long gets = taking.countHeld() - discarded;
            return new Counts(
                    toInt(chain.size()), putting.countHeld(), gets, discarded, putting.sleepers(), taking.sleepers());
        } finally {
            exitBoth();
        }
    }

    /** The one order in which both locks are taken. */
    private void enterBoth() {
        putting.enter();
        taking.enter();
    }

    private void exitBoth() {
        taking.exit();
        putting.exit();
    }
}
