package offspring.threading;

import offspring.futures.Executor;
import offspring.futures.Parallel;

/**
 * Runs on threads what {@link Parallel} is given no executor for, unless a better provider is installed, as the module {@code
 * offspring.multiprocessing} brings one.
 *
 * @since 0.1.0
 */
public final class ThreadsForParallel implements Parallel.Provider {

    /** For the service loader. */
    public ThreadsForParallel() {}

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public Executor newExecutor() {
        return ThreadPoolExecutor.builder()
                .maxWorkers(Runtime.getRuntime().availableProcessors())
                .threadNamePrefix("Parallel")
                .build();
    }
}
