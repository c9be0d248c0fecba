package offspring.multiprocessing;

import java.io.IOException;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.Output;
import offspring.multiprocessing.internal.pool.PoolSpec;

/** Starts the workers of pools: they are processes like all others. */
record WorkerStarter(ProcessOptions options, boolean daemon) implements PoolSpec.Starter {

    @Override
    public Child start(String name, CheckedRunnable work, Output errors) throws IOException {
        Process process = Process.builder()
                .target(work)
                .name(name)
                .daemon(daemon)
                .options(options.withErrors(errors))
                .build();
        process.start();
        return process.child();
    }
}
