package offspring.multiprocessing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import offspring.core.function.CheckedFunction;
import offspring.futures.engine.Engine;
import offspring.futures.engine.Job;
import offspring.futures.engine.TaskContext;
import offspring.multiprocessing.internal.pool.Call;
import offspring.multiprocessing.internal.pool.CallFailure;
import offspring.multiprocessing.internal.pool.Pace;
import offspring.multiprocessing.internal.pool.PoolEngine;
import offspring.multiprocessing.internal.pool.PoolSpec;
import org.jspecify.annotations.Nullable;

/**
 * The engine of {@link ProcessPool} and {@link ProcessPoolExecutor}: makes calls of jobs; {@link PoolFailures} makes exceptions of
 * facts.
 *
 * <p>Each item of a job is a call of its own, so that a death costs one item and not a chunk; the function travels once per job
 * and worker. How many items a worker gets at a time is learned per class of function, so that a lambda that is mapped
 * again goes in large batches at once.
 */
final class ProcessEngine implements Engine {

    private final PoolEngine engine;
    private final PoolSpec spec;
    private final long timeoutNanos;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();

    private final ClassValue<Pace> paces = new ClassValue<>() {
        @Override
        protected Pace computeValue(Class<?> type) {
            return new Pace();
        }
    };

    ProcessEngine(PoolSpec spec, long timeoutNanos) {
        this.spec = spec;
        this.timeoutNanos = timeoutNanos;
        this.engine = new PoolEngine(spec);
        if (spec.ahead()) {
            try {
                engine.startAll();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the workers of " + spec.name() + " cannot be started: " + e.getMessage(), e);
            }
        }
    }

    // ---- jobs

    @Override
    public void submit(Job job) {
        CallFailure.Broken broken = engine.broken();
        if (broken != null && !engine.isClosed()) {
            throw PoolFailures.exception(broken);
        }
        CheckedFunction<@Nullable Object, @Nullable Object> function = job.function();
        TaskContext context = job.context();
        Running running = new Running(job);
        Call.Job shared = new Call.Job(
                context.mdc() == null ? function : new InContext(function, context.mdc()),
                paces.get(function.getClass()));
        int size = job.size();
        if (size == 1) {
            engine.submit(new ItemCall(running, shared, 0));
        } else {
            List<ItemCall> calls = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                calls.add(new ItemCall(running, shared, i));
            }
            engine.submit(calls);
        }
        accepted.incrementAndGet();
    }

    /**
     * A function that is applied in the context of who asked for it.
     *
     * @param function the function
     * @param mdc the logging context; null if there is none
     * @serial exclude
     */
    @SuppressWarnings("NullAway") // null is a legal argument and a legal result
    private record InContext(
            CheckedFunction<@Nullable Object, @Nullable Object> function,
            @Nullable Map<String, String> mdc) implements CheckedFunction<@Nullable Object, @Nullable Object> {

        @Override
        public @Nullable Object applyChecked(@Nullable Object argument) throws Exception {
            new TaskContext(mdc).enter();
            try {
                return function.applyChecked(argument);
            } finally {
                TaskContext.leave();
            }
        }
    }

    /** A job whose items are on their way. The first item that is sent begins it; the others hear how that went. */
    private final class Running {

        private static final int NEW = 0;
        private static final int ASKING = 1;
        private static final int WANTED = 2;
        private static final int UNWANTED = 3;

        private final Job job;
        private final AtomicInteger state = new AtomicInteger(NEW);
        private final AtomicInteger left;

        Running(Job job) {
            this.job = job;
            this.left = new AtomicInteger(job.size());
        }

        boolean begin(String worker) {
            if (state.get() == NEW && state.compareAndSet(NEW, ASKING)) {
                boolean wanted = job.begin(worker);
                state.set(wanted ? WANTED : UNWANTED);
            }
            while (state.get() == ASKING) {
                java.lang.Thread.onSpinWait(); // another worker's item asks; the answer does not wait for anything
            }
            return state.get() == WANTED;
        }

        boolean hasBegun() {
            return state.get() != NEW;
        }

        void countDown() {
            if (left.decrementAndGet() == 0) {
                finished.incrementAndGet();
            }
        }
    }

    /** One item of a job. */
    private final class ItemCall extends Call {

        private final Running running;
        private final int index;

        ItemCall(Running running, Call.Job shared, int index) {
            super(shared, running.job.item(index), timeoutNanos);
            this.running = running;
            this.index = index;
        }

        @Override
        protected boolean dispatched(String worker) {
            boolean wanted = running.begin(worker);
            if (!wanted) {
                running.countDown();
            }
            return wanted;
        }

        @Override
        protected void succeeded(@Nullable Object value) {
            running.job.succeeded(index, value);
            running.countDown();
        }

        @Override
        protected void failed(CallFailure failure) {
            running.job.failed(index, PoolFailures.exception(failure));
            running.countDown();
        }

        @Override
        protected void cancelled() {
            running.job.abandon(new CancellationException("the pool was terminated before the call had a result"));
            running.countDown();
        }
    }

    @Override
    public void stop(Job job) {
        for (Call call : engine.stop(call -> call instanceof ItemCall item && item.running.job == job)) {
            ((ItemCall) call).running.countDown();
        }
    }

    // ---- life

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public List<Job> dropWaiting() {
        Set<Job> waiting = new LinkedHashSet<>();
        for (Call call : engine.cancelPending()) {
            if (call instanceof ItemCall item && !item.running.hasBegun()) {
                waiting.add(item.running.job);
            }
        }
        return new ArrayList<>(waiting);
    }

    @Override
    public void terminate() {
        engine.terminate();
    }

    /** As {@link #terminate()}, with SIGKILL. */
    void kill() {
        engine.terminate(true);
    }

    @Override
    public boolean awaitEnd(long nanos) throws InterruptedException {
        return engine.awaitEnd(nanos);
    }

    @Override
    public boolean isEnded() {
        return engine.ended().isDone();
    }

    @Override
    public boolean isClosed() {
        return engine.isClosed();
    }

    @Override
    public int workers() {
        return spec.maxWorkers();
    }

    @Override
    public Statistics statistics() {
        long done = finished.get();
        return new Statistics(engine.facts().workers().size(), Math.max(0, accepted.get() - done), done);
    }

    /** What is known of the workers. */
    List<WorkerStatistics> workerStatistics() {
        return engine.facts().workers().stream()
                .map(worker -> new WorkerStatistics(
                        worker.name(), worker.pid(), worker.age(), worker.idle(), worker.served(), worker.busy()))
                .toList();
    }
}
