package offspring.futures.engine;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import offspring.core.function.CheckedBiFunction;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedSupplier;
import offspring.core.internal.Timeouts;
import offspring.futures.AsyncResult;
import offspring.futures.Outcome;
import offspring.futures.Pool;
import offspring.futures.Progress;
import offspring.futures.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Pool} over an {@link Engine}: all of a pool that does not depend on what its workers are.
 *
 * @since 0.1.0
 */
public class EnginePool implements Pool {

    private final Engine engine;
    private final @Nullable Progress listener;

    /**
     * Makes a pool.
     *
     * @param engine runs its tasks; belongs to this pool alone
     */
    protected EnginePool(Engine engine) {
        this(engine, null);
    }

    private EnginePool(Engine engine, @Nullable Progress listener) {
        this.engine = engine;
        this.listener = listener;
    }

    /**
     * What runs the tasks.
     *
     * @return the engine this pool was made with
     */
    protected final Engine engine() {
        return engine;
    }

    @Override
    public <R extends @Nullable Object> AsyncResult<R> applyAsync(CheckedSupplier<R> fn) {
        return send(new CallJob<>(engine, new Calls.OfNothing(required(fn)), null));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<R> applyAsync(
            CheckedFunction<A, R> fn,
            A argument,
            @Nullable Consumer<? super R> callback,
            @Nullable Consumer<? super Throwable> errorCallback) {
        return send(new CallJob<R>(engine, Calls.untyped(required(fn)), argument, callback, errorCallback));
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            AsyncResult<R> applyAsync(CheckedBiFunction<A, B, R> fn, A first, B second) {
        return send(new CallJob<R>(engine, Calls.untyped(required(fn)), new Calls.Two(first, second)));
    }

    private <R extends @Nullable Object> AsyncResult<R> send(CallJob<R> job) {
        try {
            engine.submit(job);
            return new FutureResult<>(job);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> List<Outcome<R>> mapOutcomes(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items) throws InterruptedException {
        var spec = new MapCall.MapSpec(Calls.untyped(required(fn)), 0, true, listener);
        return this.<Outcome<R>>send(spec, listOf(items), null, null).get();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<List<R>> mapAsync(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items) {
        var spec = new MapCall.MapSpec(Calls.untyped(required(fn)), 0, false, listener);
        return send(spec, listOf(items), null, null);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> AsyncResult<List<R>> mapAsync(
            CheckedFunction<? super A, ? extends R> fn,
            Iterable<? extends A> items,
            int chunksize,
            @Nullable Consumer<? super List<R>> callback,
            @Nullable Consumer<? super Throwable> errorCallback) {
        int checked = Ending.checkedChunksize(chunksize);
        var spec = new MapCall.MapSpec(Calls.untyped(required(fn)), checked, false, listener);
        return send(spec, listOf(items), callback, errorCallback);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            AsyncResult<List<R>> starmapAsync(
                    CheckedBiFunction<? super A, ? super B, ? extends R> fn,
                    Iterable<? extends Map.Entry<? extends A, ? extends B>> pairs) {
        var spec = new MapCall.MapSpec(Calls.untyped(required(fn)), 0, false, listener);
        List<Calls.Two> items = new ArrayList<>();
        for (Map.Entry<? extends A, ? extends B> pair : Objects.requireNonNull(pairs, "pairs: null")) {
            items.add(new Calls.Two(pair.getKey(), pair.getValue()));
        }
        return send(spec, items, null, null);
    }

    private <E extends @Nullable Object> AsyncResult<List<E>> send(
            MapCall.MapSpec spec,
            List<? extends @Nullable Object> items,
            @Nullable Consumer<? super List<E>> callback,
            @Nullable Consumer<? super Throwable> errorCallback) {
        try {
            return new FutureResult<>(new MapCall<>(engine, spec, items, callback, errorCallback).start());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items, int chunksize) {
        int checked = Ending.checkedChunksize(chunksize);
        return stream(fn, items, true, checked, ItemStream.Spec.UNCHOSEN);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imap(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items, int chunksize, int buffersize) {
        return stream(fn, items, true, Ending.checkedChunksize(chunksize), Ending.checkedBuffersize(buffersize));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> imapUnordered(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items, int chunksize) {
        int checked = Ending.checkedChunksize(chunksize);
        return stream(fn, items, false, checked, ItemStream.Spec.UNCHOSEN);
    }

    private <R extends @Nullable Object> ResultIterator<R> stream(
            CheckedFunction<?, ? extends R> fn, Iterable<?> items, boolean ordered, int chunksize, int buffersize) {
        var spec = new ItemStream.Spec(
                this, Calls.untyped(required(fn)), ordered, chunksize, buffersize, Long.MAX_VALUE, listener);
        return new ItemStream<R>(engine, spec, requiredItems(items)).open();
    }

    @Override
    public Pool withProgress(Progress newListener) {
        return new View(this, newListener);
    }

    /** The same pool with a listener; keeps the pool it was made of from being collected. */
    private static final class View extends EnginePool {

        private final EnginePool pool;

        View(EnginePool pool, Progress listener) {
            super(pool.engine, Objects.requireNonNull(listener, "listener: null; give who hears of the progress"));
            this.pool = pool;
        }

        @Override
        public String toString() {
            return pool.toString();
        }
    }

    /**
     * What the pool has to do.
     *
     * @return a snapshot
     */
    public Engine.Statistics statistics() {
        return engine.statistics();
    }

    @Override
    public void close() {
        Ending.close(engine);
    }

    @Override
    public boolean close(Duration timeout) throws InterruptedException {
        long nanos = Timeouts.nanos(timeout);
        engine.close();
        return engine.awaitEnd(nanos);
    }

    @Override
    public void terminate() {
        engine.terminate();
    }

    @Override
    public void join() throws InterruptedException {
        checkClosed();
        engine.awaitEnd(Long.MAX_VALUE);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        long nanos = Timeouts.nanos(timeout);
        checkClosed();
        return engine.awaitEnd(nanos);
    }

    private void checkClosed() {
        if (!engine.isClosed()) {
            throw new IllegalStateException(
                    this + " is open, so its workers will not end; close or terminate it first");
        }
    }

    /** Like Python's: {@code <ThreadPool state=open workers=4>}. */
    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + " state=" + (engine.isClosed() ? "closed" : "open") + " workers="
                + engine.workers() + ">";
    }

    private static <F> F required(F fn) {
        return Objects.requireNonNull(fn, "fn: null; give what to call");
    }

    private static <I> I requiredItems(I items) {
        return Objects.requireNonNull(items, "items: null; give what to call the function with");
    }

    private static List<? extends @Nullable Object> listOf(Iterable<? extends @Nullable Object> items) {
        List<@Nullable Object> list = new ArrayList<>();
        if (requiredItems(items) instanceof Collection<?> collection) {
            list.addAll(collection);
        } else {
            items.forEach(list::add);
        }
        return list;
    }
}
