package offspring.queue.internal;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a queue runs on: a place for items that threads put into and take out of, and the count of tasks that are not
 * done yet. Its answers are values, not exceptions; the public classes turn them into Python's.
 *
 * @param <T> the type of the items
 */
public abstract class Engine<T extends @Nullable Object> {

    /** What a put came to. */
    public enum Outcome {
        /** The item is in. */
        DONE,
        /** There was no room, now or until the time was over. */
        FULL,
        /** The queue takes nothing any more. */
        SHUT
    }

    /** Why a get has no item. A get answers with one of these instead of an item. */
    public enum Nothing {
        /** There was no item, now or until the time was over. */
        EMPTY,
        /** There is no item and there will be none. */
        SHUT
    }

    /** The longest wait, for ever in practice: 292 years. */
    public static final long FOREVER = Long.MAX_VALUE;

    private final Tasks tasks = new Tasks();

    /** For the engines of this package. */
    Engine() {}

    /**
     * Puts an item, waiting for room.
     *
     * @param item the item, may be null
     * @param nanos how long to wait; zero tries once, {@link #FOREVER} is for ever
     * @return what it came to
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; the item is not in
     */
    public abstract Outcome put(T item, long nanos) throws InterruptedException;

    /**
     * Puts an item if there is room now. Does not look at the interrupt status.
     *
     * @param item the item, may be null
     * @return what it came to
     */
    public abstract Outcome offer(T item);

    /**
     * Takes an item, waiting for one.
     *
     * @param nanos how long to wait; zero tries once, {@link #FOREVER} is for ever
     * @return the item, or a {@link Nothing}
     * @throws InterruptedException if the calling thread is interrupted before or while it waits; nothing is taken
     */
    public abstract @Nullable Object get(long nanos) throws InterruptedException;

    /**
     * Takes an item if there is one now. Does not look at the interrupt status.
     *
     * @return the item, or a {@link Nothing}
     */
    public abstract @Nullable Object poll();

    /** The number of items inside, exact at some moment during the call. */
    public abstract int size();

    /** How many items may be inside; zero or less is no bound. */
    public abstract int maxsize();

    /** Changes the bound; who waits for room looks again. */
    public abstract void setMaxsize(int maxsize);

    /** From now on nothing goes in; if {@code immediate}, what is inside is thrown away and counted as done. */
    public abstract void shutdown(boolean immediate);

    /** Whether {@link #shutdown} was called. */
    public abstract boolean isShutdown();

    /** The items inside, first to leave first. */
    public abstract @Nullable Object[] toArray();

    /**
     * Takes out up to {@code limit} items that match, from the first to leave on. The others keep their order.
     *
     * @return how many were taken out
     */
    public abstract int removeIf(Predicate<? super T> matches, int limit);

    /** The item that a get would take, or a {@link Nothing}. */
    public abstract @Nullable Object peek();

    /** How many items were ever put in. Only grows. */
    public abstract long puts();

    /** Everything that can be counted, at one moment. */
    public abstract Counts counts();

    /**
     * What an engine counts.
     *
     * @param size items inside
     * @param puts items ever put in
     * @param gets items ever taken out
     * @param discarded items thrown away by a shutdown
     * @param waitingPutters threads asleep until there is room
     * @param waitingGetters threads asleep until there is an item
     */
    public record Counts(int size, long puts, long gets, long discarded, int waitingPutters, int waitingGetters) {}

    /** How many items were put in for which {@link #taskDone} was not called yet. */
    public final long unfinished() {
        return tasks.unfinished(this);
    }

    /** Counts one task as done; false if there was none that was not. */
    public final boolean taskDone() {
        return tasks.done(this);
    }

    /**
     * Waits until there is no unfinished task.
     *
     * @param nanos how long to wait; zero looks once, {@link #FOREVER} is for ever
     * @return whether there was none
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    public final boolean join(long nanos) throws InterruptedException {
        return tasks.join(this, nanos);
    }

    /** Threads inside {@link #join}. */
    public final int joiners() {
        return tasks.joiners();
    }

    /** Counts {@code discarded} tasks as done, but none that was counted before. Called when nothing is put any more. */
    final void discard(long discarded) {
        tasks.discard(this, discarded);
    }
}
