package offspring.futures.engine;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedRunnable;
import offspring.core.function.CheckedSupplier;
import offspring.core.internal.Logs;
import offspring.core.internal.Timeouts;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.futures.Futures;
import offspring.futures.Progress;
import offspring.futures.ResultIterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * An {@link Executor} over an {@link Engine}: all of an executor that does not depend on what its workers are.
 *
 * @since 0.1.0
 */
public class EngineExecutor implements Executor {

    private static final Logger LOG = Logs.of(EngineExecutor.class);

    private final Engine engine;
    private final @Nullable Progress listener;

    /**
     * Makes an executor.
     *
     * @param engine runs its calls; belongs to this executor alone
     */
    protected EngineExecutor(Engine engine) {
        this(engine, null);
    }

    private EngineExecutor(Engine engine, @Nullable Progress listener) {
        this.engine = engine;
        this.listener = listener;
    }

    /**
     * What runs the calls.
     *
     * @return the engine this executor was made with
     */
    protected final Engine engine() {
        return engine;
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(CheckedSupplier<T> task) {
        return send(new Calls.OfNothing(required(task)));
    }

    @Override
    public Future<?> submit(CheckedRunnable task) {
        return send(new Calls.OfAction(required(task), null));
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return send(new Calls.OfNothing(required(task)));
    }

    @Override
    public Future<?> submit(Runnable task) {
        return send(new Calls.OfAction(required(task), null));
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        return send(new Calls.OfAction(required(task), result));
    }

    /** Has an action done; what it throws is logged as an error, for there is no future to hold it. */
    @Override
    public void execute(Runnable task) {
        send(new Calls.OfAction(required(task), null)).addDoneCallback(future -> {
            Throwable failure = future.isCancelled() ? null : future.exception();
            if (failure != null) {
                LOG.error("a task given to execute() of {} failed", this, failure);
            }
        });
    }

    private <T extends @Nullable Object> Future<T> send(CheckedFunction<@Nullable Object, @Nullable Object> call) {
        CallJob<T> job = new CallJob<>(engine, call, null);
        try {
            engine.submit(job);
            return job;
        } catch (IllegalStateException closed) {
            throw refused(closed);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private RejectedExecutionException refused(IllegalStateException closed) {
        return new RejectedExecutionException(this + " takes no more calls; make a new executor", closed);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> map(
            CheckedFunction<? super A, ? extends R> fn, Iterable<? extends A> items, int chunksize) {
        int checked = Ending.checkedChunksize(chunksize);
        return stream(fn, items, null, checked, ItemStream.Spec.UNCHOSEN);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> ResultIterator<R> map(
            CheckedFunction<? super A, ? extends R> fn,
            Iterable<? extends A> items,
            @Nullable Duration timeout,
            int chunksize,
            int buffersize) {
        int checked = Ending.checkedChunksize(chunksize);
        return stream(fn, items, timeout, checked, Ending.checkedBuffersize(buffersize));
    }

    private <R extends @Nullable Object> ResultIterator<R> stream(
            CheckedFunction<?, ? extends R> fn,
            Iterable<?> items,
            @Nullable Duration timeout,
            int chunksize,
            int buffersize) {
        long nanos = timeout == null ? Long.MAX_VALUE : Timeouts.nanos(timeout);
        var spec = new ItemStream.Spec(this, Calls.untyped(required(fn)), true, chunksize, buffersize, nanos, listener);
        Objects.requireNonNull(items, "items: null; give what to call the function with");
        try {
            return new ItemStream<R>(engine, spec, items).open();
        } catch (IllegalStateException closed) {
            throw refused(closed);
        }
    }

    @Override
    public Executor withProgress(Progress newListener) {
        return new View(this, newListener);
    }

    /** The same executor with a listener; keeps the executor it was made of from being collected. */
    private static final class View extends EngineExecutor {

        private final EngineExecutor executor;

        View(EngineExecutor executor, Progress listener) {
            super(executor.engine, Objects.requireNonNull(listener, "listener: null; give who hears of the progress"));
            this.executor = executor;
        }

        @Override
        public String toString() {
            return executor.toString();
        }
    }

    /**
     * What the executor has to do.
     *
     * @return a snapshot
     */
    public Engine.Statistics statistics() {
        return engine.statistics();
    }

    @Override
    public void shutdown() {
        engine.close();
    }

    @Override
    public void shutdown(boolean wait, boolean cancelFutures) throws InterruptedException {
        engine.close();
        if (cancelFutures) {
            engine.dropWaiting();
        }
        if (wait) {
            engine.awaitEnd(Long.MAX_VALUE);
        }
    }

    /**
     * Takes no more calls, cancels those that no worker has begun and stops those that run; all their futures are
     * cancelled on return. Does not wait.
     *
     * @return an action for each call that had not begun, which makes the call, though its future stays cancelled
     */
    @Override
    public List<Runnable> shutdownNow() {
        engine.close();
        List<Runnable> waiting = new ArrayList<>();
        for (Job job : engine.dropWaiting()) {
            waiting.add((CheckedRunnable) () -> {
                for (int i = 0; i < job.size(); i++) {
                    job.call(i);
                }
            });
        }
        engine.terminate();
        return waiting;
    }

    @Override
    public boolean isShutdown() {
        return engine.isClosed();
    }

    @Override
    public boolean isTerminated() {
        return engine.isEnded();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return engine.awaitEnd(Math.max(0, unit.toNanos(timeout)));
    }

    @Override
    public void close() {
        Ending.close(engine);
    }

    @Override
    public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return invokeAll(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    @Override
    public <T extends @Nullable Object> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        List<Future<T>> futures = submitAll(tasks);
        boolean waited = false;
        try {
            Duration time = Duration.ofNanos(Math.max(0, unit.toNanos(timeout)));
            Futures.await(futures, Futures.ReturnWhen.ALL_COMPLETED, time);
            waited = true;
        } finally {
            if (!waited || timeout != Long.MAX_VALUE) {
                futures.forEach(future -> future.cancel(true));
            }
        }
        return new ArrayList<>(futures);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ExecutionException("no task ended within 292 years", e);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("tasks is empty; give at least one");
        }
        List<Future<T>> futures = submitAll(tasks);
        try {
            return firstResult(futures, Duration.ofNanos(Math.max(0, unit.toNanos(timeout))));
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException late) {
                throw late;
            }
            if (e.getCause() instanceof InterruptedException interrupt) {
                Thread.interrupted();
                throw interrupt;
            }
            throw e;
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    private static <T extends @Nullable Object> T firstResult(List<Future<T>> futures, Duration time)
            throws InterruptedException, ExecutionException {
        ExecutionException last = null;
        Iterator<Future<T>> done = Futures.asCompleted(futures, time).iterator();
        while (done.hasNext()) {
            try {
                return done.next().get();
            } catch (ExecutionException e) {
                last = e;
            }
        }
        throw Objects.requireNonNull(last, "invokeAny has no failure to report");
    }

    private <T extends @Nullable Object> List<Future<T>> submitAll(Collection<? extends Callable<T>> tasks) {
        List<Future<T>> futures = new ArrayList<>(tasks.size());
        try {
            for (Callable<T> task : tasks) {
                futures.add(submit(task));
            }
        } catch (RuntimeException e) {
            futures.forEach(future -> future.cancel(true));
            throw e;
        }
        return futures;
    }

    /** Tells the state: {@code <ThreadPoolExecutor state=open workers=4>}. */
    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + " state=" + (engine.isClosed() ? "shut down" : "open") + " workers="
                + engine.workers() + ">";
    }

    private static <F> F required(F task) {
        return Objects.requireNonNull(task, "task: null; give what to call");
    }
}
