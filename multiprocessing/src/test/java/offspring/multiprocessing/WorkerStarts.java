package offspring.multiprocessing;

import offspring.multiprocessing.internal.pool.PoolSpec;

/** Lets tests of the pool's engine, below the roof, start children as the roof does. */
public final class WorkerStarts {

    private WorkerStarts() {}

    /** Starts workers with these options of their JVM. */
    public static PoolSpec.Starter starter(String... jvmArgs) {
        return new WorkerStarter(ProcessOptions.builder().jvmArgs(jvmArgs).build(), 0);
    }
}
