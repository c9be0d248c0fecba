package offspring.multiprocessing.internal.pool;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a pool: one thread, started when first needed, for what is due later or must not be done here; and threads for what waits,
 * which end when there was nothing to wait for in a while.
 */
final class Watch {

    private static final long IDLE_SECONDS = 1;

    private final ScheduledThreadPoolExecutor clock;
    private final ThreadPoolExecutor waiters;

    Watch(String pool) {
        clock = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "offspring-watch of " + pool));
        waiters = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> daemon(work, "offspring-calls of " + pool));
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static java.lang.Thread daemon(Runnable work, String name) {
        java.lang.Thread thread = new java.lang.Thread(null, work, name, 1 << 19);
        thread.setDaemon(true);
        return thread;
    }

    /** Does work that waits, now. */
    void aside(Runnable work) {
        try {
            waiters.execute(shielded(work));
        } catch (RejectedExecutionException ended) {
            Logs.of(Watch.class).debug("nothing is waited for any more", ended);
        }
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
        waiters.shutdown();
    }
}
