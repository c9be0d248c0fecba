package offspring.threading;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import offspring.futures.engine.Job;
import offspring.futures.engine.TaskContext;
import org.jspecify.annotations.Nullable;

/** One thread of a {@link ThreadEngine}, from its first job to its end. */
final class ThreadWorker {

    /*
     * CURRENT says whom an interrupt may hit.
     *
     *   null ──worker takes──► job ──worker is through──────────────────► null
     *                           │
     *                           └──stopper──► STOPPING ──interrupts──► STOPPED ──worker clears the interrupt──► null
     *
     * Worker and stopper meet in a compare-and-set of the job, and the worker does not go on before the interrupt has been
     * given; so the interrupt meant for one task never hits the next one, nor a callback.
     *
     * REPORTING is written by the worker only; the store before the report is a release, so who has seen the result of the
     * job sees it. It is a hint: read too late, it costs a thread too many.
     */
    private static final Object STOPPING = new Object();

    private static final Object STOPPED = new Object();
    private static final VarHandle CURRENT;
    private static final VarHandle REPORTING;
    private static final VarHandle FINISHED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CURRENT = lookup.findVarHandle(ThreadWorker.class, "current", Object.class);
            REPORTING = lookup.findVarHandle(ThreadWorker.class, "reporting", boolean.class);
            FINISHED = lookup.findVarHandle(ThreadWorker.class, "finished", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ThreadEngine engine;
    private final String name;
    private volatile java.lang.@Nullable Thread thread;

    private volatile @Nullable Object current;

    @SuppressWarnings("unused") // used through REPORTING
    private boolean reporting;

    /** How many jobs are through; the worker's own, others read it through FINISHED. */
    private long finished;

    ThreadWorker(ThreadEngine engine, String name) {
        this.engine = engine;
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean runsIn(java.lang.Thread caller) {
        return thread == caller;
    }

    long finished() {
        return (long) FINISHED.getOpaque(this);
    }

    boolean isReporting() {
        return (boolean) REPORTING.getAcquire(this);
    }

    /** The job that runs now, if any. */
    @Nullable
    Job job() {
        return current instanceof Job job ? job : null;
    }

    void run() {
        thread = java.lang.Thread.currentThread();
        if (engine.initialize()) {
            serve();
        } else {
            engine.leave(this);
        }
    }

    private void serve() {
        while (true) {
            Job job = engine.take();
            if (job == null) {
                if (engine.leaveIdle(this)) {
                    return;
                }
            } else if (job == End.END) {
                engine.passOn();
                engine.leave(this);
                return;
            } else {
                work(job);
                FINISHED.setOpaque(this, finished + 1);
                engine.countDown();
                REPORTING.setRelease(this, false);
            }
        }
    }

    private void work(Job job) {
        current = job;
        if (engine.isTerminated()) {
            job.abandon(ThreadEngine.termination());
        }
        if (!job.begin(name)) {
            release(job);
            return;
        }
        job.context().enter();
        int last = job.size() - 1;
        for (int i = 0; i < last; i++) {
            run(job, i, false);
        }
        run(job, last, true);
    }

    private void run(Job job, int index, boolean last) {
        Object value = null;
        Throwable failure = null;
        try {
            value = job.call(index);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        if (last) {
            TaskContext.leave();
            release(job);
            REPORTING.setRelease(this, true);
        }
        try {
            if (failure == null) {
                job.succeeded(index, value);
            } else {
                job.failed(index, failure);
            }
        } catch (Throwable unreported) {
            // Only a JVM out of memory or stack gets here; the result is lost, the worker and the waiting are not.
            job.abandon(unreported);
        }
    }

    /** From here on no interrupt meant for the job can come, and none is left. */
    private void release(Job job) {
        if (!CURRENT.compareAndSet(this, job, null)) {
            while (current != STOPPED) {
                java.lang.Thread.onSpinWait();
            }
            current = null;
        }
        java.lang.Thread.interrupted();
    }

    /** Interrupts the job if it runs here. */
    void stop(Job job) {
        java.lang.Thread runner = thread;
        if (runner != null && CURRENT.compareAndSet(this, job, STOPPING)) {
            runner.interrupt();
            CURRENT.setVolatile(this, STOPPED);
        }
    }
}
