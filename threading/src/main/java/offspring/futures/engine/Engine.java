package offspring.futures.engine;

import java.util.List;

/**
 * What runs {@linkplain Job jobs}: threads, child JVMs, a cluster. The one thing to write to get a {@code Pool}
 * and an {@code Executor} over something new; see the package.
 *
 * <p>All methods may be called by any thread at any time.
 *
 * @since 0.1.0
 */
public interface Engine {

    /**
     * Accepts a job. Does not wait for it. From now on the engine owes the job a full report: each item {@linkplain
     * Job#succeeded succeeded} or {@linkplain Job#failed failed}, or the whole {@linkplain Job#abandon abandoned}.
     *
     * @param job what to run
     * @throws IllegalStateException if the engine is closed
     * @throws offspring.futures.BrokenExecutorException if it is broken
     */
    void submit(Job job);

    /**
     * Stops a job that runs: it was cancelled, its result is not wanted. Nothing happens if it does not run.
     *
     * @param job what to stop
     */
    void stop(Job job);

    /** Accepts no more jobs; those accepted will be run, and then the workers end. Does not wait. */
    void close();

    /**
     * Abandons the accepted jobs that have not begun, with a {@link java.util.concurrent.CancellationException}. Does not
     * wait.
     *
     * @return these jobs
     */
    List<Job> dropWaiting();

    /** Closes, abandons all jobs, also those that run, and stops the workers. Does not wait. */
    void terminate();

    /**
     * Waits until the engine was closed, every job is reported and the workers are gone.
     *
     * @param nanos for how long; {@link Long#MAX_VALUE} for ever
     * @return whether that is so
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitEnd(long nanos) throws InterruptedException;

    /**
     * Whether {@link #close()} or {@link #terminate()} was called.
     *
     * @return whether jobs are refused
     */
    boolean isClosed();

    /**
     * Whether it is closed, every job is reported and the workers are gone.
     *
     * @return whether {@link #awaitEnd} would not wait
     */
    boolean isEnded();

    /**
     * How many jobs can run at the same time at most; the sizes of chunks and buffers follow from it.
     *
     * @return a number, at least 1
     */
    int workers();

    /**
     * What the engine has to do.
     *
     * @return a snapshot
     */
    Statistics statistics();

    /**
     * What an engine has to do.
     *
     * @param workers how many workers there are now
     * @param unfinished how many jobs wait or run
     * @param finished how many jobs have ended
     * @since 0.1.0
     */
    record Statistics(int workers, long unfinished, long finished) {}
}
