package offspring.benchmarks.workloads;

import java.util.concurrent.CancellationException;
import offspring.benchmarks.programs.Program;
import offspring.futures.AsyncResult;
import offspring.multiprocessing.Event;
import offspring.multiprocessing.ProcessPool;

/**
 * B19, shutdown under a stuck task: a pool of two workers is terminated, and joined, while one of them is in an endless loop
 * that heeds no interrupt. That is an operation; the making of the pool is not measured.
 */
public final class ShutdownWorkload {

    private static final int WORKERS = 2;

    private ShutdownWorkload() {}

    /** Terminate and join. */
    public static Program terminate() {
        return operations -> {
            long nanos = 0;
            for (long i = 0; i < operations; i++) {
                nanos += once();
            }
            return nanos;
        };
    }

    private static long once() throws Exception {
        try (Event stuck = new Event()) {
            ProcessPool pool = new ProcessPool(WORKERS);
            AsyncResult<Integer> call = pool.applyAsync(() -> spin(stuck));
            stuck.await();
            long start = System.nanoTime();
            pool.terminate();
            pool.join();
            long nanos = System.nanoTime() - start;
            checkCancelled(call);
            return nanos;
        }
    }

    private static void checkCancelled(AsyncResult<Integer> call) throws InterruptedException {
        try {
            throw new IllegalStateException("an endless call has ended with " + call.get());
        } catch (CancellationException asItShould) {
            // the pool was terminated first
        }
    }

    @SuppressWarnings("InfiniteLoop") // that is the point
    static int spin(Event stuck) {
        stuck.set();
        int turns = 0;
        while (turns >= 0) {
            turns = (turns + 1) & Integer.MAX_VALUE;
        }
        return turns;
    }
}
