package offspring.queue.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * First in, first out: two {@link Side sides}, each with its own lock, over a chain of {@link Segment segments}.
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
/*
 * Who writes, who reads
 *
 * A putter holds putting's lock, a getter taking's; each writes only its own side. Slots are written by putters and read
 * and cleared by getters. That an item is there is told by the counts alone, so that null needs no disguise:
 *
 *   putter: slot = item;  (segment.next = fresh;)  putting.count + 1, release
 *   getter: putting.count, acquire;  item = slot;  slot = null;  taking.count + 1, release
 *   putter: taking.count, acquire, before it believes that there is room
 *
 * With a plain store of putting.count a getter could see the count without the item, or without the link to the segment
 * the item is in. A count that is seen late is seen too small: a getter believes the queue emptier than it is, a putter
 * fuller, and both look again before they sleep.
 *
 * A drained segment goes back to the putters through the field spare, which getters fill when it is null and putters
 * empty when it is not: one writer for each of the two changes, each under its lock. Release and acquire there put the
 * getter's last clearing of a slot before the putter's first new store.
 *
 * Who wakes whom
 *
 * A getter that finds nothing takes both locks, in the one order that is allowed (putting, then taking), looks again, sets
 * putting.otherSleeps, leaves putting, and sleeps at taking (which gives taking back only when the thread is in the row of
 * sleepers). A putter reads putting.otherSleeps after its store, both inside putting. The lock orders the two: either the
 * putter was first, and the getter sees the item; or the getter was first, and the putter sees the flag. So the common
 * case pays no fence and no atomic counter for the chance that somebody sleeps. A flag that is true for nothing (the
 * sleeper gave up) costs one look at an empty row; it is never false while somebody sleeps, since it is cleared under the
 * sleepers' lock, when the row is seen empty.
 *
 * Each put that sees the flag wakes one getter, so n items wake n sleepers. A woken getter may find that another was
 * faster; it sleeps again, by the same way. One that is interrupted or times out was either not woken by anybody, then
 * the wake-up went to another; or it was, then it looks for an item before it gives up. Putters sleep in the same way,
 * with the sides exchanged; they hold putting already, which is the allowed order.
 *
 * What an interrupt leaves behind
 *
 * It is noticed while entering a side or asleep: before the slot is touched. After that nothing throws: the wake-up of
 * the other side is not interruptible. A new segment is allocated before anything is changed, so that a full heap costs
 * the one put that needed it.
 *
 * The ancestor is LinkedBlockingQueue (two locks, Michael and Scott's two-lock queue). We differ: counts on either side
 * instead of one atomic count that both sides fight for, segments instead of a node per item, wake-ups by the flag above.
 * The test that would fail: FifoStressTest.
 */
public final class FifoEngine<T extends @Nullable Object> extends Engine<T> {

    /** Small for the first, so that an idle queue is cheap; longer later, so that links are rare. */
    private static final int FIRST_LENGTH = 16;

    private static final int LENGTH = 256;

    private static final VarHandle SPARE;

    static {
        try {
            SPARE = MethodHandles.lookup().findVarHandle(FifoEngine.class, "spare", Segment.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Side putting;
    private final Side taking;

    @SuppressWarnings("UnusedVariable") // read and written through SPARE
    private volatile @Nullable Segment spare;

    /** Zero or less is no bound. Written under putting's lock. */
    private volatile int maxsize;

    /** Written under both locks. */
    private volatile boolean shut;

    /** Items thrown away by a shutdown: part of taking.count. Guarded by taking's lock. */
    private long discarded;

    /** Makes an empty engine; {@code maxsize} of zero or less is no bound. */
    public FifoEngine(int maxsize) {
        this.maxsize = maxsize;
        Segment first = new Segment(FIRST_LENGTH);
        putting = new Side(first);
        taking = new Side(first);
    }

    @Override
    public Outcome put(T item, long nanos) throws InterruptedException {
        Side side = putting;
        side.enterInterruptibly();
        boolean wake;
        try {
            if (shut) {
                return Outcome.SHUT;
            }
            if (isFull()) {
                Outcome outcome = awaitRoom(nanos);
                if (outcome != Outcome.DONE) {
                    return outcome;
                }
            }
            append(item);
            wake = side.otherSleeps;
        } finally {
            side.exit();
        }
        if (wake) {
            taking.wakeOne(side);
        }
        return Outcome.DONE;
    }

    @Override
    public Outcome offer(T item) {
        Side side = putting;
        side.enter();
        boolean wake;
        try {
            if (shut) {
                return Outcome.SHUT;
            }
            if (isFull()) {
                return Outcome.FULL;
            }
            append(item);
            wake = side.otherSleeps;
        } finally {
            side.exit();
        }
        if (wake) {
            taking.wakeOne(side);
        }
        return Outcome.DONE;
    }

    @Override
    public @Nullable Object get(long nanos) throws InterruptedException {
        Side side = taking;
        side.enterInterruptibly();
        Object item;
        boolean wake;
        try {
            if (isEmpty()) {
                Nothing nothing = awaitItem(nanos);
                if (nothing != null) {
                    return nothing;
                }
            }
            item = removeFirst();
            wake = side.otherSleeps;
        } finally {
            side.exit();
        }
        if (wake) {
            putting.wakeOne(side);
        }
        return item;
    }

    @Override
    public @Nullable Object poll() {
        Side side = taking;
        side.enter();
        Object item;
        boolean wake;
        try {
            if (isEmpty()) {
                return shut ? Nothing.SHUT : Nothing.EMPTY;
            }
            item = removeFirst();
            wake = side.otherSleeps;
        } finally {
            side.exit();
        }
        if (wake) {
            putting.wakeOne(side);
        }
        return item;
    }

    /** Whether there is no room; looks at the other side only when what it knows is not enough. Holds putting. */
    private boolean isFull() {
        int max = maxsize;
        if (max <= 0) {
            return false;
        }
        Side side = putting;
        long puts = side.countHeld();
        if (puts - side.otherSeen < max) {
            return false;
        }
        side.otherSeen = taking.countAcquire();
        return puts - side.otherSeen >= max;
    }

    /** Whether there is no item; looks at the other side only when what it knows is not enough. Holds taking. */
    private boolean isEmpty() {
        Side side = taking;
        long takes = side.countHeld();
        if (side.otherSeen != takes) {
            return false;
        }
        side.otherSeen = putting.countAcquire();
        return side.otherSeen == takes;
    }

    /** Holds putting, before and after. */
    private Outcome awaitRoom(long nanos) throws InterruptedException {
        long deadline = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0) {
            taking.enter();
            boolean full = isFull();
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
            if (!isFull()) {
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
            boolean sleep = isEmpty() && !shut;
            if (sleep) {
                putting.otherSleeps = true;
            }
            putting.exit();
            if (sleep) {
                taking.sleep(left);
            }
            if (!isEmpty()) {
                return null;
            }
            left = nanos == FOREVER ? FOREVER : deadline - System.nanoTime();
        }
        return shut ? Nothing.SHUT : Nothing.EMPTY;
    }

    /** Stores and publishes an item. Holds putting. */
    private void append(T item) {
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
    private @Nullable Object removeFirst() {
        Side side = taking;
        Segment segment = firstSegment();
        int index = side.index;
        Object item = segment.slots[index];
        segment.slots[index] = null;
        side.index = index + 1;
        side.advance(1);
        return item;
    }

    /** The segment of the first item, with {@code taking.index} on it; there is an item. Holds taking. */
    private Segment firstSegment() {
        Side side = taking;
        Segment segment = Objects.requireNonNull(side.segment);
        if (side.index < segment.slots.length) {
            return segment;
        }
        Segment next = Objects.requireNonNull(segment.next);
        side.segment = next;
        side.index = 0;
        segment.next = null; // an old, drained segment must not keep the young ones after it alive
        if (segment.slots.length == LENGTH && SPARE.getAcquire(this) == null) {
            SPARE.setRelease(this, segment);
        }
        return next;
    }

    @Override
    public int size() {
        for (int tries = 0; tries < 3; tries++) {
            long takes = taking.count;
            long puts = putting.count;
            if (takes == taking.count) {
                return toInt(puts - takes);
            }
        }
        enterBoth();
        try {
            return toInt(putting.countHeld() - taking.countHeld());
        } finally {
            exitBoth();
        }
    }

    private static int toInt(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
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
                dropped = dropAll();
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

    private long dropAll() {
        long dropped = putting.countHeld() - taking.countHeld();
        restart(new Segment(FIRST_LENGTH), 0, dropped);
        discarded += dropped;
        return dropped;
    }

    /** Begins anew with one segment, of which the first {@code filled} slots are in use: {@code gone} fewer. Holds both. */
    private void restart(Segment only, int filled, long gone) {
        taking.segment = only;
        taking.index = 0;
        putting.segment = only;
        putting.index = filled;
        taking.advance(gone);
        taking.otherSeen = putting.countHeld(); // isEmpty() relies on it that this is never less than the takes
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public @Nullable Object[] toArray() {
        enterBoth();
        try {
            return copy();
        } finally {
            exitBoth();
        }
    }

    /** Holds both. */
    private @Nullable Object[] copy() {
        @Nullable Object[] items = new @Nullable Object[Math.toIntExact(putting.countHeld() - taking.countHeld())];
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

    @Override
    @SuppressWarnings("unchecked")
    public int removeIf(Predicate<? super T> matches, int limit) {
        enterBoth();
        try {
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
            if (isEmpty()) {
                return shut ? Nothing.SHUT : Nothing.EMPTY;
            }
            return firstSegment().slots[taking.index];
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
            return new Counts(putting.countHeld(), gets, discarded, putting.sleepers(), taking.sleepers());
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
