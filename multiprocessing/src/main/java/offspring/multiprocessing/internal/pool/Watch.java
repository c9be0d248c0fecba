package offspring.multiprocessing.internal.pool;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/** The clock of a pool: one thread, started when first needed, for what is due later or must not be done here. */
final class Watch {

    private final ScheduledThreadPoolExecutor clock;

    Watch(String pool) {
        clock = new ScheduledThreadPoolExecutor(1, work -> {
            java.lang.Thread thread = new java.lang.Thread(null, work, "offspring-watch of " + pool, 1 << 19);
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Nullable
    ScheduledFuture<?> after(long nanos, Runnable work) {
        try {
            return clock.schedule(shielded(work), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) { // the last worker is gone: nothing is due any more
            return null;
        }
    }

    /** As {@link #after}, for what will not be called off. */
    void later(long nanos, Runnable work) {
        ScheduledFuture<?> unused = after(nanos, work);
    }

    void soon(Runnable work) {
        later(0, work);
    }

    private static Runnable shielded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                Logs.of(Watch.class).warn("what was due in a pool failed", e);
            }
        };
    }

    void end() {
        clock.shutdown();
    }
}
