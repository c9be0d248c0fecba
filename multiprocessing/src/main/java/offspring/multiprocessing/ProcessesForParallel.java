package offspring.multiprocessing;

import offspring.futures.Executor;
import offspring.futures.Parallel;

/**
 * Runs on child JVMs what {@link Parallel} is given no executor for, as Python's lelo and python-parallelize do: it is enough that this
 * module is there.
 *
 * <p>There are as many workers as this process may use processors, started when there are calls for them. They end with this JVM, which at
 * its normal end waits for calls that have no result yet; {@code System.exit} does not wait.
 *
 * <p>A process that is itself a daemon, as the workers of pools are, runs such calls on its threads: a parallel function that calls a
 * parallel function starts no JVMs without end.
 *
 * @since 0.1.0
 */
public final class ProcessesForParallel implements Parallel.Provider {

    /** For the service loader. */
    public ProcessesForParallel() {}

    @Override
    public int rank() {
        return Multiprocessing.currentProcess().daemon() ? -1 : 1;
    }

    @Override
    public Executor newExecutor() {
        return ProcessPoolExecutor.builder().standbyCount(0).awaitedAtExit().build();
    }
}
