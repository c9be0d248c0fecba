package offspring.futures.engine;

import offspring.core.function.CheckedFunction;
import org.jspecify.annotations.Nullable;

/**
 * One function and the items it is to be applied to, as an {@link Engine} sees them, and where it reports the results.
 *
 * <p>A single call is a job with one item. The function and the items are serializable if the user's are: an engine that
 * runs them elsewhere sends {@link #function()}, once, and the items; one that runs them here calls {@link #call}.
 *
 * <pre>
 *   submit(job) ──► begin(worker) ──► succeeded(i, value) or failed(i, failure), for each i ──► done
 *                     │ false: not wanted any more, forget it
 *   at any time:      abandon(reason): every item not reported yet fails with it
 * </pre>
 *
 * <p>Items are reported in any order, by any thread, and each report but the first of an item is ignored; so an engine may
 * abandon a job while a worker still reports. What reported an item happens-before the use of its result.
 *
 * @since 0.1.0
 */
public interface Job {

    /**
     * How many items there are.
     *
     * @return a number, at least 1
     */
    int size();

    /**
     * What to apply to each item.
     *
     * @return the function
     */
    CheckedFunction<@Nullable Object, @Nullable Object> function();

    /**
     * An item.
     *
     * @param index its place, from 0
     * @return the argument of the function
     */
    @Nullable
    Object item(int index);

    /**
     * What follows the job to its worker.
     *
     * @return taken from the thread that made the job
     */
    TaskContext context();

    /**
     * Where the job comes from. Jobs of one origin, as the chunks of one {@code map}, have the same function, which is
     * to be what it was when the first of them was submitted.
     *
     * @return the origin; the job itself if it stands alone
     */
    default Object origin() {
        return this;
    }

    /**
     * Tells who can be helped by a thread that waits for the job. An engine that has no use for help does not call this.
     *
     * @param assistant whom to ask, from now on
     */
    default void accepted(Assistant assistant) {}

    /**
     * Applies the function to an item, here.
     *
     * @param index the item's place, from 0
     * @return what the function returns
     * @throws Exception what it throws
     */
    @SuppressWarnings("NullAway") // null is a legal item
    default @Nullable Object call(int index) throws Exception {
        return function().applyChecked(item(index));
    }

    /**
     * Tells that a worker takes the job.
     *
     * @param worker the worker's name
     * @return {@code false} if nobody wants the results any more: the job must not be run and needs no reports
     */
    boolean begin(String worker);

    /**
     * Reports the result of an item.
     *
     * @param index the item's place, from 0
     * @param value what the function returned
     */
    void succeeded(int index, @Nullable Object value);

    /**
     * Reports the results of consecutive items.
     *
     * @param from the place of the first, from 0
     * @param values what the function returned for them, at the beginning of an array that belongs to the caller
     * @param count how many
     */
    default void succeeded(int from, @Nullable Object[] values, int count) {
        for (int i = 0; i < count; i++) {
            succeeded(from + i, values[i]);
        }
    }

    /**
     * Reports the failure of an item.
     *
     * @param index the item's place, from 0
     * @param failure what the function threw, or why it has no result
     */
    void failed(int index, Throwable failure);

    /**
     * Gives up: every item not reported yet fails with the reason. With a {@link
     * java.util.concurrent.CancellationException} a future counts as cancelled.
     *
     * @param reason why
     */
    void abandon(Throwable reason);
}
