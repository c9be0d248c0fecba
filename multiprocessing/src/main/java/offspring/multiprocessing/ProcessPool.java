package offspring.multiprocessing;

import java.lang.ref.Cleaner;
import java.util.List;
import offspring.futures.engine.Engine;
import offspring.futures.engine.EnginePool;

/**
 * A {@link offspring.futures.Pool} whose workers are child JVMs: the twin of Python's {@code multiprocessing.Pool}.
 *
 * <pre>{@code
 * try (var pool = new ProcessPool(2)) {
 *     System.out.println(pool.map(x -> x * x, List.of(1, 2, 3))); // [1, 4, 9]
 * } // waits for the work, and for the workers' end
 * }</pre>
 *
 * <p>Functions and arguments are serialized; a worker works on copies. What cannot travel fails that call only, and is named.
 *
 * <p><b>When a worker ends</b> (killed, crashed, {@code System.exit}), the one call that it was running fails with {@link
 * WorkerLostException}; what it had finished keeps its results, what it had not begun runs elsewhere, and another worker takes its
 * place. Python waits for ever here. A call that needs too much heap fails with {@link OutOfMemoryError}, and its worker is
 * replaced; one that takes longer than {@linkplain ProcessPoolBuilder#taskTimeout allowed} fails with {@link TaskTimeoutException}.
 *
 * <p><b>Workers</b> are daemons: at the end of this JVM they are terminated, so close the pool, or lose what is pending. A call may
 * make pools of its own. A pool that nobody refers to any more is closed.
 *
 * <p><b>Fairness.</b> Calls are begun in the order in which they came. Tiny calls go to a worker several at a time, and are taken back
 * if one of them turns out to be slow while another worker is idle.
 *
 * <p><b>Callbacks</b> run on the thread that reads the worker's answer: one of the pool's, or that of a caller who waits for a short call of
 * the same worker just then, since reading it oneself is faster than being woken. One that blocks holds up the answers of one worker, and
 * that caller beyond its time limit; one that waits for another call of the same worker waits for ever.
 *
 * <p><b>Memory effects.</b> What happened before a call was handed over happens-before the call in the worker; the end of the call
 * happens-before the use of its result.
 *
 * <p><b>Differences from Python.</b> See {@link offspring.futures.Pool}. A failing initializer breaks the pool instead of being tried
 * again without end. {@code terminate} cancels what has no result yet.
 *
 * @since 0.1.0
 */
public final class ProcessPool extends EnginePool {

    private final ProcessEngine processes;

    /** Makes a pool of as many workers as this process may use processors, and starts them. */
    public ProcessPool() {
        this(builder());
    }

    /**
     * Makes a pool and starts its workers.
     *
     * @param maxWorkers how many workers there are, at least 1
     * @throws IllegalArgumentException if {@code maxWorkers} is less than 1
     * @throws java.io.UncheckedIOException if they cannot be started; none is left then
     */
    public ProcessPool(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private ProcessPool(Builder builder) {
        this(builder.engine());
    }

    private ProcessPool(ProcessEngine engine) {
        super(engine);
        this.processes = engine;
        closeWhenForgotten(this, engine);
    }

    /**
     * Begins a pool with settings.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Closes an engine when its pool is garbage; the engine does not refer to the pool. */
    static void closeWhenForgotten(Object pool, Engine engine) {
        Forgotten.CLEANER.register(pool, engine::close);
    }

    /** The thread of the cleaner, made with the first pool. */
    private static final class Forgotten {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /**
     * What the workers have done and of what memory they know. Asks the workers, and waits for their answers at most half a second.
     *
     * @return a snapshot, one entry for each worker that lives
     */
    public List<WorkerStatistics> workerStatistics() {
        return poolStatistics().workers();
    }

    /**
     * What was done in all, where the time went, and what took longest. Asks the workers for their memory, and waits for their answers at most
     * half a second.
     *
     * @return a snapshot
     */
    public PoolStatistics poolStatistics() {
        return processes.poolStatistics();
    }

    /** Collects the settings of a pool. */
    public static final class Builder extends ProcessPoolBuilder<Builder> {

        private Builder() {
            super("ProcessPool", true);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Makes the pool.
         *
         * @return the pool
         * @throws java.io.UncheckedIOException if its workers cannot be started; none is left then
         */
        public ProcessPool build() {
            return new ProcessPool(this);
        }
    }
}
