package offspring.futures.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import offspring.core.function.CheckedFunction;
import offspring.futures.Outcome;
import offspring.futures.Progress;
import offspring.futures.ProgressMeter;
import org.jspecify.annotations.Nullable;

/** A {@code map}: all its chunks, and the future of the list of results. Elements are values, or outcomes if so wanted. */
final class MapCall<E extends @Nullable Object> extends Answer<List<E>> implements ChunkJob.Owner {

    private final Engine engine;
    private final List<ChunkJob> chunks = new ArrayList<>();
    private final AtomicInteger left;
    private final boolean outcomes;
    private final int size;
    private final @Nullable ProgressMeter meter;

    MapCall(
            Engine engine,
            MapSpec spec,
            List<? extends @Nullable Object> items,
            @Nullable Consumer<? super List<E>> callback,
            @Nullable Consumer<? super Throwable> errorCallback) {
        super(callback, errorCallback);
        this.engine = engine;
        this.outcomes = spec.outcomes;
        size = items.size();
        Progress listener = spec.listener;
        meter = listener == null ? null : new ProgressMeter(listener, OptionalLong.of(size));
        TaskContext context = TaskContext.capture();
        int chunksize = spec.chunksize > 0 ? spec.chunksize : chunksize(size, engine.workers());
        for (int from = 0; from < size; from += chunksize) {
            List<? extends @Nullable Object> part = items.subList(from, Math.min(size, from + chunksize));
            chunks.add(new ChunkJob(this, spec.function, part, context));
        }
        left = new AtomicInteger(chunks.size());
    }

    /** What to apply, in chunks of which size (0: by the rule), giving values or outcomes, and who hears of it. */
    record MapSpec(
            CheckedFunction<@Nullable Object, @Nullable Object> function,
            int chunksize,
            boolean outcomes,
            @Nullable Progress listener) {}

    /** Python's rule: four chunks per worker. */
    static int chunksize(int items, int workers) {
        return Math.max(1, (int) ((items + 4L * workers - 1) / (4L * workers)));
    }

    /** Submits all chunks; if the engine refuses one, the whole call fails and the chunks before are not wanted. */
    MapCall<E> start() {
        if (chunks.isEmpty()) {
            if (engine.isClosed()) {
                throw new IllegalStateException("the pool is closed; make a new one");
            }
            complete(List.of());
            return this;
        }
        try {
            chunks.forEach(engine::submit);
        } catch (RuntimeException refused) {
            completeExceptionally(refused);
            throw refused;
        }
        return this;
    }

    @Override
    public boolean wanted() {
        begin();
        return !isDone();
    }

    @Override
    public void finished(ChunkJob chunk) {
        if (left.decrementAndGet() == 0) {
            if (meter != null) {
                meter.finish();
            }
            deliver();
        }
    }

    @Override
    public @Nullable ProgressMeter meter() {
        return meter;
    }

    @SuppressWarnings("unchecked") // elements are what was asked for
    private void deliver() {
        @Nullable Object[] all = new Object[size];
        int next = 0;
        for (ChunkJob chunk : chunks) {
            for (int i = 0; i < chunk.size(); i++) {
                Outcome<@Nullable Object> outcome = chunk.outcome(i);
                Throwable failure = outcome.failure();
                if (failure != null && !outcomes) {
                    giveUp(failure);
                    return;
                }
                all[next++] = outcomes ? outcome : outcome.value();
            }
        }
        give((List<E>) Collections.unmodifiableList(Arrays.asList(all)));
    }

    @Override
    protected void stop() {
        chunks.forEach(engine::stop);
    }
}
