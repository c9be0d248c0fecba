package offspring.multiprocessing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import offspring.core.function.CheckedFunction;
import offspring.futures.engine.Assistant;
import offspring.futures.engine.Engine;
import offspring.futures.engine.Job;
import offspring.futures.engine.Stateless;
import offspring.futures.engine.TaskContext;
import offspring.multiprocessing.internal.pool.Call;
import offspring.multiprocessing.internal.pool.Pace;
import offspring.multiprocessing.internal.pool.PoolEngine;
import offspring.multiprocessing.internal.pool.PoolSpec;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The engine of {@link ProcessPool} and {@link ProcessPoolExecutor}: makes calls of jobs; {@link PoolFailures} makes exceptions of
 * facts.
 *
 * <p>A worker answers for each item of a job alone, so that a death costs one item and not a chunk; the function travels once per
 * map and worker, or, if it is a lambda that refers to nothing, once per worker. How many items a worker gets at a time is learned per class of function, so that a lambda that is mapped
 * again goes in large batches at once.
 */
final class ProcessEngine implements Engine {

    private final PoolEngine engine;
    private final PoolSpec spec;
    private final long timeoutNanos;
    private final RetryPolicy retries;
    private final boolean logContext;
    private final boolean submitSites;
    /** Null: this JVM may end while calls have no result. */
    private final @Nullable Stay stay;

    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();

    /** Counts the tasks whose log lines say which they are of. */
    private final AtomicLong tasks = new AtomicLong();

    private final ClassValue<Pace> paces = new ClassValue<>() {
        @Override
        protected Pace computeValue(Class<?> type) {
            return new Pace();
        }
    };

    private final Map<Object, Call.Shared> stateless = new ConcurrentHashMap<>();
    private volatile @Nullable Recent recent;

    /** What is not the business of the workers. */
    record Settings(
            long timeoutNanos,
            RetryPolicy retries,
            boolean logContext,
            boolean submitSites,
            @Nullable Stay stay) {}

    ProcessEngine(PoolSpec spec, Settings settings) {
        this.spec = spec;
        this.timeoutNanos = settings.timeoutNanos;
        this.retries = settings.retries;
        this.logContext = settings.logContext;
        this.submitSites = settings.submitSites;
        this.stay = settings.stay;
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
        JobCall call = callOf(job);
        job.accepted(call);
        call.stay();
        boolean submitted = false;
        try {
            engine.submit(call);
            submitted = true;
        } finally {
            if (!submitted) {
                call.leave();
            }
        }
        accepted.incrementAndGet();
    }

    private JobCall callOf(Job job) {
        CheckedFunction<@Nullable Object, @Nullable Object> function = job.function();
        Pace pace = paces.get(Stateless.kernelOf(function).getClass());
        if (job.origin() != job) {
            Recent now = recentOf(job);
            return new JobCall(job, now.shared, pace, now.site);
        }
        StackTraceElement[] site = submitSites ? SubmitSite.here() : null;
        Call.Shared shared = sharedOf(job);
        return shared == null && job.size() == 1
                ? new JobCall(job, function, pace, site)
                : new JobCall(job, shared == null ? new Call.Shared(function) : shared, pace, site);
    }

    /** A function that others may share; null if it is not always the same, and nothing goes with it. */
    private Call.@Nullable Shared sharedOf(Job job) {
        CheckedFunction<@Nullable Object, @Nullable Object> function = job.function();
        TaskContext context = job.context();
        if (logContext || context.mdc() != null) {
            return new Call.Shared(inContext(function, context.mdc()));
        }
        return Stateless.is(function)
                ? stateless.computeIfAbsent(Stateless.keyOf(function), key -> new Call.Shared(function))
                : null;
    }

    private CheckedFunction<@Nullable Object, @Nullable Object> inContext(
            CheckedFunction<@Nullable Object, @Nullable Object> function, @Nullable Map<String, String> mdc) {
        String task = spec.name() + "/" + tasks.incrementAndGet();
        return new InContext(function, mdc, java.lang.Thread.currentThread().getName(), task);
    }

    /** What the jobs of one origin have in common. */
    private Recent recentOf(Job job) {
        Object origin = job.origin();
        Recent now = recent;
        if (now == null || now.origin.get() != origin) {
            Call.Shared shared = sharedOf(job);
            now = new Recent(
                    new WeakReference<>(origin),
                    shared == null ? new Call.Shared(job.function()) : shared,
                    SubmitSite.here());
            recent = now;
        }
        return now;
    }

    /** The function of the jobs that come one after the other from one place, and where that is. */
    private record Recent(WeakReference<Object> origin, Call.Shared shared, StackTraceElement[] site) {}

    /** A job whose items are on their way. The first of them that is sent begins it; the others hear how that went. */
    private final class JobCall extends Call implements Assistant {

        private static final int NEW = 0;
        private static final int ASKING = 1;
        private static final int WANTED = 2;
        private static final int UNWANTED = 3;

        private final Job job;
        private final AtomicInteger state = new AtomicInteger(NEW);
        private final AtomicInteger left;

        /** Of the items that have failed and may be tried again; null: none is. */
        private final @Nullable Map<Integer, Attempts> attempts = retries.isNever() ? null : new ConcurrentHashMap<>();

        /** Whether the end of the JVM waits for it; null: never. */
        private final @Nullable AtomicBoolean staying = stay == null ? null : new AtomicBoolean();

        /** Where it was submitted, if that was noted. */
        private final StackTraceElement @Nullable [] site;

        JobCall(Job job, Call.Shared shared, Pace pace, StackTraceElement @Nullable [] site) {
            super(shared, job.size(), pace, timeoutNanos);
            this.job = job;
            this.site = site;
            this.left = new AtomicInteger(job.size());
        }

        JobCall(Job job, Object function, Pace pace, StackTraceElement @Nullable [] site) {
            super(function, pace, timeoutNanos);
            this.job = job;
            this.site = site;
            this.left = new AtomicInteger(1);
        }

        @Override
        protected String describe(int index) {
            return CallText.of(Stateless.kernelOf(job.function()), job.item(index));
        }

        @Override
        protected @Nullable Object item(int index) {
            return job.item(index);
        }

        @Override
        protected boolean dispatched(String name) {
            if (state.get() == NEW && state.compareAndSet(NEW, ASKING)) {
                boolean wanted = job.begin(name);
                state.set(wanted ? WANTED : UNWANTED);
                if (!wanted) {
                    countAll();
                }
            }
            while (state.get() == ASKING) {
                java.lang.Thread.onSpinWait(); // another worker's item asks; the answer does not wait for anything
            }
            return state.get() == WANTED;
        }

        boolean hasBegun() {
            return state.get() != NEW;
        }

        @Override
        protected void succeeded(int index, @Nullable Object value) {
            boolean last = count(1);
            job.succeeded(index, value);
            leaveIf(last);
        }

        @Override
        protected void succeeded(int from, @Nullable Object[] values, int count) {
            boolean last = count(count);
            job.succeeded(from, values, count);
            leaveIf(last);
        }

        @Override
        protected void failed(int index, CallFailure failure) {
            Map<Integer, Attempts> all = attempts;
            Throwable forGood =
                    all == null ? PoolFailures.exception(failure, site) : unlessTriedAgain(all, index, failure);
            if (forGood != null) {
                boolean last = count(1);
                job.failed(index, forGood);
                leaveIf(last);
            }
        }

        /** How an item has failed in the end; null: it has been submitted again. */
        private @Nullable Throwable unlessTriedAgain(Map<Integer, Attempts> all, int index, CallFailure failure) {
            Attempts mine = all.computeIfAbsent(index, first -> new Attempts(retries, site));
            long pause = mine.failed(failure);
            boolean again = pause != Attempts.NO_MORE && engine.resubmit(this, index, pause);
            return again ? null : mine.failure();
        }

        @Override
        protected void cancelled() {
            countAll();
            job.abandon(new CancellationException("the pool was terminated before the call had a result"));
        }

        /** Says whether these were the last ones. */
        private boolean count(int items) {
            boolean last = left.addAndGet(-items) == 0;
            if (last) {
                finished.incrementAndGet();
            }
            return last;
        }

        /** No more items will be told of. */
        private void countAll() {
            if (left.getAndSet(0) > 0) {
                finished.incrementAndGet();
            }
            leave();
        }

        void stay() {
            if (stay != null && staying != null && job.size() > 0) {
                stay.begin();
                staying.set(true);
            }
        }

        private void leaveIf(boolean last) {
            if (last) {
                leave();
            }
        }

        void leave() {
            if (stay != null && staying != null && staying.getAndSet(false)) {
                stay.end();
            }
        }

        @Override
        public void assist(BooleanSupplier enough, long nanos) {
            engine.help(this, enough, nanos);
        }
    }

    @Override
    public void stop(Job job) {
        for (Call call : engine.stop(call -> call instanceof JobCall mine && mine.job == job)) {
            ((JobCall) call).countAll();
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
            if (call instanceof JobCall mine && !mine.hasBegun()) {
                waiting.add(mine.job);
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

    /** What is known of the pool. Waits a moment for the workers. */
    PoolStatistics poolStatistics() {
        return PoolStatistics.of(engine.factsWithGauges());
    }
}
