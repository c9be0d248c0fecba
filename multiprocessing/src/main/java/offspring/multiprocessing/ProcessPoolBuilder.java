package offspring.multiprocessing;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.Timeouts;
import offspring.multiprocessing.internal.pool.PoolSpec;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ProcessPool} and {@link ProcessPoolExecutor} can be told when they are made. Not for use by several threads at a
 * time.
 *
 * <pre>{@code
 * try (var pool = ProcessPool.builder()
 *         .maxWorkers(2)
 *         .initializer(Model::load) // in each worker, before its first call
 *         .maxTasksPerChild(1_000)
 *         .taskTimeout(Duration.ofSeconds(30))
 *         .build()) {
 *     System.out.println(pool.map(Model::answer, List.of(1, 2, 3))); // [2, 4, 6]
 * }
 * }</pre>
 *
 * @param <B> the builder itself
 * @since 0.1.0
 */
public abstract sealed class ProcessPoolBuilder<B extends ProcessPoolBuilder<B>>
        permits ProcessPool.Builder, ProcessPoolExecutor.Builder {

    private static final Duration GRACE = Duration.ofMillis(500);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String kind;
    private boolean ahead;
    private int maxWorkers = Multiprocessing.cpuCount();
    private int maxTasksPerChild;
    private long maxGrowth;
    private @Nullable Duration maxAge;
    private @Nullable Duration taskTimeout;
    private boolean logContext;
    private boolean submitSites;
    private int standbyCount = 1;
    private Duration gracePeriod = GRACE;
    private boolean breakOnWorkerLoss;
    private @Nullable CheckedRunnable initializer;
    private @Nullable CheckedRunnable finalizer;
    private @Nullable String maxHeap;
    private ProcessOptions options = ProcessOptions.defaults();
    private RetryPolicy retries = RetryPolicy.never();
    private boolean awaitedAtExit;

    ProcessPoolBuilder(String kind, boolean ahead) {
        this.kind = kind;
        this.ahead = ahead;
    }

    abstract B self();

    /**
     * How many workers there may be. Without it, as many as this process may use processors, which respects the limits of a
     * container.
     *
     * @param workers at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code workers} is less than 1
     */
    public B maxWorkers(int workers) {
        this.maxWorkers = atLeastOne("maxWorkers", workers);
        return self();
    }

    /**
     * After how many calls a worker is replaced by a new one. Without it, never.
     *
     * @param tasks at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code tasks} is less than 1
     */
    public B maxTasksPerChild(int tasks) {
        this.maxTasksPerChild = atLeastOne("maxTasksPerChild", tasks);
        return self();
    }

    /**
     * By how much the heap in use of a worker may grow, from when it was ready, until the worker is replaced by a new one: what Python's
     * users call a leak. It is looked at after calls, a few times a second, and a collection of garbage is asked for before a worker is
     * judged. Calls that run are not touched; {@link #maxHeap} is the limit that is never passed. Without it, by any amount.
     *
     * @param size as for {@link #maxHeap}: {@code "64m"}
     * @return this builder
     * @throws IllegalArgumentException if it is no size
     */
    public B maxMemoryGrowth(String size) {
        this.maxGrowth = ProcessOptions.bytesOf("maxMemoryGrowth", size);
        return self();
    }

    /**
     * How old a worker may become, from when it was ready, until it is replaced by a new one. A call that it runs then is finished first,
     * so are those that it has been sent. Without it, as old as the pool.
     *
     * @param age longer than zero
     * @return this builder
     * @throws IllegalArgumentException if {@code age} is zero or negative
     */
    public B maxWorkerAge(Duration age) {
        if (age.isZero() || age.isNegative()) {
            throw new IllegalArgumentException(
                    "maxWorkerAge=" + age + " leaves a worker no time for calls; give more than zero");
        }
        this.maxAge = age;
        return self();
    }

    /**
     * How long a call may take, from being sent to an idle worker. Longer ones are stopped, more firmly with each step: interrupt,
     * terminate, kill; and fail with {@link TaskTimeoutException}. Without it, for ever. Calls with a limit go to their workers
     * one by one, which costs tiny calls some speed.
     *
     * @param limit longer than zero
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public B taskTimeout(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException(
                    "taskTimeout=" + limit + " leaves no time for a call; give more than zero");
        }
        this.taskTimeout = limit;
        return self();
    }

    /**
     * When a failed call is made again. Without it, never.
     *
     * @param policy after which failures, how often, and after what pause
     * @return this builder
     */
    public B retries(RetryPolicy policy) {
        this.retries = Objects.requireNonNull(policy, "policy: null; leave it out for no retries");
        return self();
    }

    /**
     * How long each step of stopping a call is given before the next one; half a second without it.
     *
     * @param time zero or more
     * @return this builder
     * @throws IllegalArgumentException if {@code time} is negative
     */
    public B gracePeriod(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("gracePeriod=" + time + " is negative; give zero or more");
        }
        this.gracePeriod = time;
        return self();
    }

    /**
     * Whether workers are started at once, or each when there is a call for it. A {@link ProcessPool} starts them at once without
     * this, an executor on demand.
     *
     * @param on whether they are started ahead of the calls
     * @return this builder
     */
    public B startAhead(boolean on) {
        this.ahead = on;
        return self();
    }

    /**
     * Whether the loss of one worker ends the pool, as it does with Python's executor: then every call without a result fails with
     * {@link offspring.futures.BrokenExecutorException}. Without it a loss costs the one call that the worker was running.
     *
     * @param on whether it does
     * @return this builder
     */
    public B breakOnWorkerLoss(boolean on) {
        this.breakOnWorkerLoss = on;
        return self();
    }

    /**
     * What each worker does first. If it throws, the pool is broken: all calls fail with a {@link
     * offspring.futures.BrokenExecutorException} whose cause is what it threw.
     *
     * @param action can travel, as the target of a {@link Process} does
     * @return this builder
     */
    public B initializer(CheckedRunnable action) {
        this.initializer = action;
        return self();
    }

    /**
     * What each worker does last, if it ends in peace: because the pool is closed, or it has served its time. What it throws is
     * logged in the worker.
     *
     * @param action can travel, as the target of a {@link Process} does
     * @return this builder
     */
    public B finalizer(CheckedRunnable action) {
        this.finalizer = action;
        return self();
    }

    /**
     * The largest heap of each worker. A call that needs more fails with {@link OutOfMemoryError}, and its worker is replaced;
     * the others notice nothing.
     *
     * <p>Without it, and if {@link #options} say nothing of the heap either ({@code -Xmx}, {@code -XX:MaxRAMPercentage} and their like), a
     * worker may take a quarter of the memory of the machine or container, as every JVM, or less: so much that the largest heaps
     * of all workers of the pool and of this JVM, and an eighth of the memory for what JVMs need besides, fit into it together, but no less than
     * 64 MB. Other pools are not looked at.
     *
     * @param size as for {@link ProcessOptions.Builder#maxHeap}: {@code "64m"}
     * @return this builder
     * @throws IllegalArgumentException if it is no size
     */
    public B maxHeap(String size) {
        ProcessOptions.checkHeap(size);
        this.maxHeap = size;
        return self();
    }

    /**
     * Whether calls carry the context of their callers even if that has no entries. Without it, a call has context if the {@link org.slf4j.MDC}
     * of the thread that asks for it has entries: then the worker's MDC has the same entries, and {@code offspring.worker} (the worker's
     * name) and {@code offspring.task} (the pool and a number, which all items of a {@code map} share), and the worker's thread is called
     * after the caller's thread and the worker, as in {@code main/ProcessPool-1-2}, as long as the call runs. Calls without context, which are
     * faster, leave the worker's logging system alone.
     *
     * @param on whether all calls have context
     * @return this builder
     */
    public B logContext(boolean on) {
        this.logContext = on;
        return self();
    }

    /**
     * Whether each single call notes where it was submitted, for the {@link WorkerTrace} of its failure. That costs it a microsecond or
     * two, more where the stack is deep. Maps always note it, once per map. Unless told, single calls do not.
     *
     * @param on whether they do
     * @return this builder
     */
    public B submitSites(boolean on) {
        this.submitSites = on;
        return self();
    }

    /**
     * How many JVMs stand by for workers that replace others, after a loss or because those have served their time, so that calls do not
     * wait for a start; 1 without this. They are started a second after the first worker, and end with the pool. Pools with the same
     * {@link #options} share them. Each takes 30 to 40 MB of memory.
     *
     * @param count 0 for none
     * @return this builder
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public B standbyCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("standbyCount=" + count + " is negative; give 0 for none");
        }
        this.standbyCount = count;
        return self();
    }

    /**
     * How the workers' JVMs are started.
     *
     * @param how the options
     * @return this builder
     */
    public B options(ProcessOptions how) {
        this.options = how;
        return self();
    }

    /**
     * The JVMs that stand by for the workers of such pools, as they are described so far. {@link StandbyReserve#fill} before the pool is
     * made gives it workers at once.
     *
     * @return the reserve; not that of {@link #options}, since workers are started a little differently
     * @throws IllegalArgumentException as {@link StandbyReserve#of}
     */
    public StandbyReserve standbyReserve() {
        ProcessOptions how = workerOptions();
        return StandbyReserve.of(how.withErrors(PoolSpec.errorsOfWorkers(how.errors())));
    }

    /** The JVM does not end as long as calls have no result, unless it is told to. */
    B awaitedAtExit() {
        this.awaitedAtExit = true;
        return self();
    }

    private ProcessOptions workerOptions() {
        return maxHeap == null ? options.asOneOf(maxWorkers) : options.withMaxHeap(maxHeap);
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is less than 1; give at least 1, or leave it out");
        }
        return value;
    }

    /** Starts what has been described. */
    ProcessEngine engine() {
        ProcessOptions how = workerOptions();
        PoolSpec.Wear wear =
                new PoolSpec.Wear(maxTasksPerChild, maxAge == null ? 0 : Timeouts.nanos(maxAge), maxGrowth);
        WorkerStarter starter = new WorkerStarter(how.withClassesOfCaller(), standbyCount);
        String name = kind + "-" + COUNT.incrementAndGet();
        PoolSpec spec = new PoolSpec(
                name,
                maxWorkers,
                ahead,
                wear,
                breakOnWorkerLoss,
                Timeouts.nanos(gracePeriod),
                initializer,
                finalizer,
                how.errors(),
                starter);
        return new ProcessEngine(
                spec,
                new ProcessEngine.Settings(
                        taskTimeout == null ? 0 : Timeouts.nanos(taskTimeout),
                        retries,
                        logContext,
                        submitSites,
                        awaitedAtExit ? new Stay(name) : null));
    }
}
