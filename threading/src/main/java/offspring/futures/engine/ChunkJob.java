package offspring.futures.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import offspring.core.function.CheckedFunction;
import offspring.futures.Outcome;
import offspring.futures.ProgressMeter;
import org.jspecify.annotations.Nullable;

/** Some items of a {@code map} or {@code imap}, and where their results are put. */
final class ChunkJob implements Job {

    /** The call that a chunk belongs to. */
    interface Owner {

        /** A worker takes a chunk of yours: are you still interested? */
        boolean wanted();

        /** All items of the chunk are reported. Called once per chunk. */
        void finished(ChunkJob chunk);

        /** Who counts the items, if anybody. */
        @Nullable
        ProgressMeter meter();
    }

    /** What an item's cell holds when the call failed. */
    private record Failed(Throwable failure) {}

    /** What an item's cell holds when the call returned null, for an empty cell is one without report. */
    private static final Object NULL = new Object();

    /*
     * RESULTS has one cell per item. Whoever fills an empty cell (a compare-and-set, so one reporter wins) counts LEFT
     * down; whoever reaches zero publishes all cells to those who see the zero or are called through finished().
     */
    private final AtomicReferenceArray<@Nullable Object> results;
    private final AtomicInteger left;
    private final Owner owner;
    private final CheckedFunction<@Nullable Object, @Nullable Object> function;
    private final TaskContext context;
    private final @Nullable Object[] items;
    private volatile String worker = "";

    ChunkJob(
            Owner owner,
            CheckedFunction<@Nullable Object, @Nullable Object> function,
            List<? extends @Nullable Object> items,
            TaskContext context) {
        this.owner = owner;
        this.function = function;
        this.context = context;
        this.items = items.toArray();
        results = new AtomicReferenceArray<>(this.items.length);
        left = new AtomicInteger(this.items.length);
    }

    @Override
    public int size() {
        return items.length;
    }

    @Override
    public CheckedFunction<@Nullable Object, @Nullable Object> function() {
        return function;
    }

    @Override
    public @Nullable Object item(int index) {
        return items[index];
    }

    @Override
    public TaskContext context() {
        return context;
    }

    @Override
    public Object origin() {
        return owner;
    }

    @Override
    public boolean begin(String name) {
        worker = name;
        return owner.wanted();
    }

    @Override
    public void succeeded(int index, @Nullable Object value) {
        settle(index, value == null ? NULL : value);
    }

    @Override
    public void failed(int index, Throwable failure) {
        settle(index, new Failed(failure));
    }

    @Override
    public void abandon(Throwable reason) {
        for (int i = 0; i < items.length; i++) {
            failed(i, reason);
        }
    }

    @Override
    public void succeeded(int from, @Nullable Object[] values, int count) {
        int settled = 0;
        for (int i = 0; i < count; i++) {
            Object value = values[i];
            settled += put(from + i, value == null ? NULL : value) ? 1 : 0;
        }
        countDown(settled);
    }

    private void settle(int index, Object result) {
        countDown(put(index, result) ? 1 : 0);
    }

    private boolean put(int index, Object result) {
        if (!results.compareAndSet(index, null, result)) {
            return false;
        }
        items[index] = null;
        ProgressMeter meter = owner.meter();
        if (meter != null) {
            meter.ended(worker, result instanceof Failed);
        }
        return true;
    }

    private void countDown(int settled) {
        if (settled > 0 && left.addAndGet(-settled) == 0) {
            owner.finished(this);
        }
    }

    /** Whether all items are reported. */
    boolean isFinished() {
        return left.get() == 0;
    }

    /** How a reported item ended. */
    @SuppressWarnings("unchecked") // the function returns what the user's function returns
    <R extends @Nullable Object> Outcome<R> outcome(int index) {
        Object result = results.get(index);
        if (result instanceof Failed failed) {
            return Outcome.failed(failed.failure);
        }
        return Outcome.of(result == NULL ? null : (R) result);
    }
}
