package offspring.multiprocessing;

import java.util.List;
import offspring.futures.engine.EngineExecutor;

/**
 * An {@link offspring.futures.Executor} whose workers are child JVMs: the twin of Python's {@code
 * concurrent.futures.ProcessPoolExecutor}.
 *
 * <pre>{@code
 * try (var executor = ProcessPoolExecutor.builder()
 *         .maxWorkers(2)
 *         .taskTimeout(Duration.ofSeconds(2))
 *         .maxHeap("64m")
 *         .build()) {
 *     Future<Integer> answer = executor.submit(() -> 6 * 7);
 *     System.out.println(answer.result()); // 42
 * }
 * }</pre>
 *
 * <pre>
 *   this JVM                                              child JVMs
 *   submit ──► pending ──► one private pipe per worker ──► initializer, then one call after the other
 *   Future ◄── answers ◄─────────────────────────────────  result or failure of each call
 * </pre>
 *
 * <p>What is said of {@link ProcessPool} about what can travel, the loss of workers, limits, fairness, callbacks and memory holds here,
 * too. Workers are started on demand: when a call comes, none is idle, and fewer than allowed are there.
 *
 * <p><b>Cancelling.</b> {@code cancel(true)} of the future of a running call stops the call: its thread is interrupted, and if that does
 * not help within the {@linkplain ProcessPoolBuilder#gracePeriod grace period}, its worker is terminated, then killed, and replaced.
 *
 * <p><b>Differences from Python.</b> The loss of a worker costs one call and not all of them, unless {@link
 * ProcessPoolBuilder#breakOnWorkerLoss} asks for that. At the end of the JVM workers are terminated, not waited for: close the
 * executor.
 *
 * @since 0.1.0
 */
public final class ProcessPoolExecutor extends EngineExecutor {

    private final ProcessEngine processes;

    /** Makes an executor of as many workers as this process may use processors. */
    public ProcessPoolExecutor() {
        this(builder());
    }

    /**
     * Makes an executor.
     *
     * @param maxWorkers how many workers there may be, at least 1
     * @throws IllegalArgumentException if {@code maxWorkers} is less than 1
     */
    public ProcessPoolExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private ProcessPoolExecutor(Builder builder) {
        this(builder.engine());
    }

    private ProcessPoolExecutor(ProcessEngine engine) {
        super(engine);
        this.processes = engine;
        ProcessPool.closeWhenForgotten(this, engine);
    }

    /**
     * Begins an executor with settings.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Takes no more calls, cancels those without a result, and asks the workers to end, with SIGTERM: Python's {@code
     * terminate_workers()}. Does not wait. May be repeated.
     */
    public void terminateWorkers() {
        processes.terminate();
    }

    /** As {@link #terminateWorkers()}, but with SIGKILL: Python's {@code kill_workers()}. */
    public void killWorkers() {
        processes.kill();
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

    /** Collects the settings of an executor. */
    public static final class Builder extends ProcessPoolBuilder<Builder> {

        private Builder() {
            super("ProcessPoolExecutor", false);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Makes the executor.
         *
         * @return the executor
         * @throws java.io.UncheckedIOException if workers are to be started ahead and cannot be; none is left then
         */
        public ProcessPoolExecutor build() {
            return new ProcessPoolExecutor(this);
        }
    }
}
