package offspring.queue.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The items of a {@link FifoEngine}: a chain of {@link Segment segments} between two {@link Side sides}.
 *
 * <pre>
 *   taking.segment                              putting.segment
 *        │                                           │
 *        ▼                                           ▼
 *   ┌─────────────────┐ next  ┌───────────────┐ next ┌───────────────┐
 *   │ · · · a b c d e │ ────► │ f g h i j k l │ ───► │ m n o · · · · │
 *   └───────┬─────────┘       └───────────────┘      └───────┬───────┘
 *      taking.index                                     putting.index
 *
 *   items inside = putting.count - taking.count
 * </pre>
 */
final class Chain<T extends @Nullable Object> {

    /*
     * Who writes, who reads
     *
     * A putter holds putting's lock, a getter taking's; each writes only its own side. Slots are written by putters and
     * read and cleared by getters. That an item is there is told by the counts alone, so that null needs no disguise:
     *
     *   putter: slot = item;  (segment.next = fresh;)  putting.count + 1, release
     *   getter: putting.count, acquire;  item = slot;  slot = null;  taking.count + 1, release
     *   putter: taking.count, acquire, before it believes that there is room
     *
     * With a plain store of putting.count a getter could see the count without the item, or without the link to the
     * segment that the item is in. A count that is seen late is seen too small: a getter believes the queue emptier than
     * it is, a putter fuller, and both look again before they sleep. Each side keeps what it saw last in otherSeen, and
     * looks at the other side only when that is not enough: most puts and gets touch no memory that the other side writes.
     *
     * A drained segment goes back to the putters through spare, which getters fill when it is null and putters empty when
     * it is not: one writer for each of the two changes, each under its lock. Release and acquire there put the getter's
     * last clearing of a slot before the putter's first new store.
     *
     * A segment is allocated before anything is changed, so that a full heap costs the one put that needed it.
     */

    /** Small for the first, so that an idle queue is cheap; longer later, so that links are rare. */
    private static final int FIRST_LENGTH = 16;

    private static final int LENGTH = 256;

    private static final VarHandle SPARE;

    static {
        try {
            SPARE = MethodHandles.lookup().findVarHandle(Chain.class, "spare", Segment.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Side putting;
    final Side taking;

    @SuppressWarnings("UnusedVariable") // read and written through SPARE
    private volatile @Nullable Segment spare;

    Chain() {
        Segment first = new Segment(FIRST_LENGTH);
        putting = new Side(first);
        taking = new Side(first);
    }

    /** Whether {@code bound} items are inside; zero or less is no bound. Holds putting. */
    boolean isFull(int bound) {
        if (bound <= 0) {
            return false;
        }
        Side side = putting;
        long puts = side.countHeld();
        if (puts - side.otherSeen < bound) {
            return false;
        }
        side.otherSeen = taking.countAcquire();
        return puts - side.otherSeen >= bound;
    }

    /** Whether there is no item. Holds taking. */
    boolean isEmpty() {
        Side side = taking;
        long takes = side.countHeld();
        if (side.otherSeen != takes) {
            return false;
        }
        side.otherSeen = putting.countAcquire();
        return side.otherSeen == takes;
    }

    /** Stores and publishes an item. Holds putting. */
    void append(T item) {
        Side side = putting;
        Segment segment = Objects.requireNonNull(side.segment);
        int index = side.index;
        if (index == segment.slots.length) {
            Segment fresh = freshSegment();
            segment.next = fresh;
            side.segment = fresh;
            segment = fresh;
            index = 0;
        }
        segment.slots[index] = item;
        side.index = index + 1;
        side.advance(1);
    }

    private Segment freshSegment() {
        Segment used = (Segment) SPARE.getAcquire(this);
        if (used == null) {
            return new Segment(LENGTH);
        }
        SPARE.setRelease(this, null);
        return used;
    }

    /** Takes the first item out; there is one. Holds taking. */
    @Nullable
    Object removeFirst() {
        Side side = taking;
        Segment segment = firstSegment();
        int index = side.index;
        Object item = segment.slots[index];
        segment.slots[index] = null;
        side.index = index + 1;
        side.advance(1);
        return item;
    }

    /** The first item; there is one. Holds taking. */
    @Nullable
    Object first() {
        return firstSegment().slots[taking.index];
    }

    /** The segment of the first item, with {@code taking.index} on it; there is an item. Holds taking. */
    private Segment firstSegment() {
        Side side = taking;
        Segment segment = Objects.requireNonNull(side.segment);
        return side.index < segment.slots.length ? segment : nextSegment(segment);
    }

    private Segment nextSegment(Segment drained) {
        Segment next = Objects.requireNonNull(drained.next);
        taking.segment = next;
        taking.index = 0;
        drained.next = null; // an old, drained segment must not keep the young ones after it alive
        if (drained.slots.length == LENGTH && SPARE.getAcquire(this) == null) {
            SPARE.setRelease(this, drained);
        }
        return next;
    }

    /** The number of items, if it can be had without a lock: exact at some moment during the call; else -1. */
    long sizeUnlocked() {
        for (int tries = 0; tries < 3; tries++) {
            long takes = taking.count;
            long puts = putting.count;
            if (takes == taking.count) {
                return puts - takes;
            }
        }
        return -1;
    }

    /** The number of items. Holds both. */
    long size() {
        return putting.countHeld() - taking.countHeld();
    }

    /** The items, the first one first. Holds both. */
    @Nullable
    Object[] copy() {
        @Nullable Object[] items = new @Nullable Object[Math.toIntExact(size())];
        Segment segment = taking.segment;
        int from = taking.index;
        for (int done = 0; done < items.length; from = 0) {
            Segment current = Objects.requireNonNull(segment);
            int length = Math.min(current.slots.length - from, items.length - done);
            System.arraycopy(current.slots, from, items, done, length);
            done += length;
            segment = current.next;
        }
        return items;
    }

    /** Takes out up to {@code limit} items that match, counts them as taken, and says how many. Holds both. */
    @SuppressWarnings("unchecked")
    int removeIf(Predicate<? super T> matches, int limit) {
        @Nullable Object[] items = copy();
        int kept = 0;
        for (int i = 0; i < items.length; i++) {
            boolean goes = i - kept < limit && matches.test((T) items[i]);
            if (!goes) {
                items[kept++] = items[i];
            }
        }
        int removed = items.length - kept;
        if (removed > 0) {
            Segment rest = new Segment(Math.max(FIRST_LENGTH, kept));
            System.arraycopy(items, 0, rest.slots, 0, kept);
            restart(rest, kept, removed);
        }
        return removed;
    }

    /** Throws all items away, counts them as taken, and says how many. Holds both. */
    long clear() {
        long dropped = size();
        restart(new Segment(FIRST_LENGTH), 0, dropped);
        return dropped;
    }

    private void restart(Segment only, int filled, long gone) {
        taking.segment = only;
        taking.index = 0;
        putting.segment = only;
        putting.index = filled;
        taking.advance(gone);
        taking.otherSeen = putting.countHeld(); // isEmpty() relies on it that this is never less than the takes
    }
}
