package offspring.multiprocessing.internal.pool;

import java.util.BitSet;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Items of a call that a worker has, with consecutive numbers, from the moment they are taken for it to the last answer.
 *
 * <pre>
 *   numbers   first ──answered──► first + answered ──────► first + count
 *   items     from                from + answered          from + count
 * </pre>
 *
 * <p>Guarded by the dispatcher's lock; {@link #stop} is written under it and read without.
 */
final class Entry {

    final Call call;
    final long first;
    final int from;
    /** How many they were when they were taken. */
    final int taken;
    /** How many of them were not taken back. */
    int count;

    int answered;

    /** Which of the items could not be encoded, and have failed already. */
    private @Nullable BitSet passedOver;

    /** Set where it turns out that nothing of it will be sent. */
    boolean dropped;

    @Nullable
    ScheduledFuture<?> timer;

    volatile @Nullable Stop stop;

    Entry(Call call, int from, int count, long first) {
        this.call = call;
        this.from = from;
        this.taken = count;
        this.count = count;
        this.first = first;
    }

    /** The number behind its last one. */
    long end() {
        return first + count;
    }

    /** The number of the next answer. */
    long next() {
        return first + answered;
    }

    int left() {
        return count - answered;
    }

    /** Notes that an item cannot be sent. */
    void passOver(int index) {
        BitSet all = passedOver;
        if (all == null) {
            all = new BitSet();
            passedOver = all;
        }
        all.set(index - from);
    }

    boolean isPassedOver(int index) {
        BitSet all = passedOver;
        return all != null && all.get(index - from);
    }

    void settleTimers() {
        if (timer != null) {
            timer.cancel(false);
        }
        Stop now = stop;
        if (now != null) {
            now.answered();
        }
    }
}
