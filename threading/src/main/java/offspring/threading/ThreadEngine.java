package offspring.threading;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import offspring.core.Thread;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.Logs;
import offspring.futures.BrokenExecutorException;
import offspring.futures.engine.Engine;
import offspring.futures.engine.Job;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Runs jobs on threads of this JVM, which are started on demand: one more when there are more unfinished jobs than threads.
 *
 * <pre>
 *   submit ──► CONTROL + 1 ──► queue ──► worker: begin, call, report ──► CONTROL - 1
 *                                 ▲
 *                                 └── END, once CONTROL says closed and nothing unfinished; each worker passes it on
 * </pre>
 */
final class ThreadEngine implements Engine {

    /*
     * CONTROL counts the accepted jobs that are not through, and has the bit CLOSED. Every accepted job is counted down
     * exactly once: by the worker that took it from the queue, or by who drained it. A submit that finds CLOSED counts
     * nothing; so once CLOSED is set the count only falls, and whoever brings CONTROL to CLOSED alone (the last worker, or
     * close() itself) puts END into the queue: nothing can come after it.
     *
     * LIVE is the number of workers, LIVE ≤ max. A submitter counts first, then starts a worker if there are too few, then
     * queues: so the engine never counts as ended while a worker is about to be started. A worker that leaves while the
     * engine is open takes itself out of LIVE, then looks at CONTROL; a submitter counts, puts the job into the queue, then
     * looks at LIVE: one of them sees the other, and no job is left without a worker.
     *
     * TERMINATED is written before the workers are searched for running jobs; a worker shows its job before it reads
     * TERMINATED. So a job that is being taken is abandoned by one of the two, or by both, which is harmless.
     */
    private static final long CLOSED = 1L << 62;

    /** How long a submitter looks at a worker that is about to be free before it starts one more: as long as a start takes. */
    private static final long PATIENCE_NANOS = 100_000;

    private static final Logger LOG = Logs.of(ThreadEngine.class);

    private final AtomicLong control = new AtomicLong();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    /** By workers that have left, and without a worker; the others count for themselves. */
    private final LongAdder finished = new LongAdder();

    private final LinkedBlockingQueue<Job> queue = new LinkedBlockingQueue<>();
    private final Set<ThreadWorker> workers = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Settings settings;

    private volatile boolean terminated;
    private volatile boolean mainEnded;
    private volatile @Nullable BrokenExecutorException broken;

    /** What the workers are. */
    record Settings(
            int max,
            String prefix,
            boolean daemon,
            boolean virtual,
            @Nullable CheckedRunnable initializer) {}

    ThreadEngine(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void submit(Job job) {
        long now;
        do {
            now = control.get();
            if ((now & CLOSED) != 0) {
                throw refusal();
            }
        } while (!control.compareAndSet(now, now + 1));
        int workersNow = live.get();
        if (now >= workersNow && workersNow < settings.max) {
            grow();
        }
        queue.add(job);
        if (live.get() == 0) {
            grow();
        }
    }

    private RuntimeException refusal() {
        BrokenExecutorException cause = broken;
        return cause == null
                ? new IllegalStateException("the pool is closed; make a new one")
                : new BrokenExecutorException(String.valueOf(cause.getMessage()), cause);
    }

    /** Starts a worker, unless one that has just finished its job is about to be free. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint; where it is not heeded, it costs a thread too many
    private void grow() {
        if (isOneReporting()) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < PATIENCE_NANOS) {
                if (unfinished() <= live.get()) {
                    return;
                }
                java.lang.Thread.yield(); // the worker may have been preempted by the one that it woke up, by us
            }
        }
        int now;
        do {
            now = live.get();
            if (now >= settings.max) {
                return;
            }
        } while (!live.compareAndSet(now, now + 1));
        start();
    }

    private boolean isOneReporting() {
        for (ThreadWorker worker : workers) {
            if (worker.isReporting()) {
                return true;
            }
        }
        return false;
    }

    private void start() {
        if (!settings.daemon && !settings.virtual && !watched.getAndSet(true)) {
            MainWatch.tell(this);
        }
        ThreadWorker worker = new ThreadWorker(this, settings.prefix + "_" + numbers.getAndIncrement());
        Thread thread = Thread.builder()
                .target(worker::run)
                .name(worker.name())
                .virtual(settings.virtual)
                .daemon(settings.daemon || settings.virtual)
                .build();
        workers.add(worker);
        threads.removeIf(each -> !each.isAlive());
        try {
            thread.start();
            threads.add(thread);
        } catch (Error refused) {
            workers.remove(worker);
            if (live.decrementAndGet() == 0) {
                breakDown("a worker thread could not be started", refused);
            } else {
                LOG.warn(
                        "a worker thread of {} could not be started; going on with {}", settings.prefix, live, refused);
            }
        }
    }

    /** The next job, END to leave; null if the worker should look whether it is still needed. */
    @Nullable
    Job take() {
        while (true) {
            try {
                Job job = waitsForEver() ? queue.take() : queue.poll(1, TimeUnit.SECONDS);
                return job == End.LOOK ? null : job;
            } catch (InterruptedException stray) {
                // an interrupt from outside is no order of the engine's: wait on
            }
        }
    }

    /** Workers that keep the JVM alive do so no longer than the main thread lives, when they have nothing to do. */
    private boolean waitsForEver() {
        return settings.daemon || settings.virtual || !mainEnded;
    }

    /** Called once, by the watch of the main thread. */
    void mainHasEnded() {
        mainEnded = true;
        for (int i = live.get(); i > 0; i--) {
            queue.add(End.LOOK);
        }
    }

    /** What a worker does before its first job; false if the pool broke over it. */
    boolean initialize() {
        CheckedRunnable initializer = settings.initializer;
        if (initializer == null) {
            return true;
        }
        try {
            initializer.runChecked();
            return true;
        } catch (Throwable failure) {
            LOG.error("the initializer of {} failed", settings.prefix, failure);
            breakDown("the initializer of " + settings.prefix + " failed", failure);
            return false;
        }
    }

    private void breakDown(String what, Throwable cause) {
        BrokenExecutorException failure =
                new BrokenExecutorException(what + ", so the pool is broken; mend that and make a new pool", cause);
        broken = failure;
        close();
        drain(failure);
    }

    boolean isTerminated() {
        return terminated;
    }

    /** One accepted job less; who calls has counted it as finished. */
    void countDown() {
        if (control.decrementAndGet() == CLOSED) {
            queue.add(End.END);
            endIfOver();
        }
    }

    private void endIfOver() {
        if (live.get() == 0 && control.get() == CLOSED) {
            ended.countDown();
        }
    }

    /** Passes the end on to the next worker. */
    void passOn() {
        queue.add(End.END);
    }

    /** Takes a worker that ends out of the books. */
    void leave(ThreadWorker worker) {
        workers.remove(worker);
        finished.add(worker.finished());
        live.decrementAndGet();
        endIfOver();
    }

    /** A worker that has found no work leaves for good if nobody needs it; returns false if it must go on. */
    boolean leaveIdle(ThreadWorker worker) {
        if (Threading.mainThread().isAlive() || isClosed()) {
            return false;
        }
        leave(worker);
        if (live.get() == 0 && unfinished() > 0) {
            grow();
        }
        return true;
    }

    @Override
    public void stop(Job job) {
        workers.forEach(worker -> worker.stop(job));
    }

    @Override
    public void close() {
        long now;
        do {
            now = control.get();
            if ((now & CLOSED) != 0) {
                return;
            }
        } while (!control.compareAndSet(now, now | CLOSED));
        if (now == 0) {
            queue.add(End.END);
            endIfOver();
        }
    }

    @Override
    public List<Job> dropWaiting() {
        return drain(new CancellationException("the pool was told to drop what had not begun"));
    }

    private List<Job> drain(Throwable reason) {
        List<Job> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        waiting.removeIf(job -> job == End.LOOK);
        if (waiting.remove(End.END)) {
            queue.add(End.END);
        }
        for (Job job : waiting) {
            job.abandon(reason);
            finished.increment();
            countDown();
        }
        return waiting;
    }

    @Override
    public void terminate() {
        close();
        terminated = true;
        drain(termination());
        for (ThreadWorker worker : workers) {
            Job job = worker.job();
            if (job != null) {
                job.abandon(termination());
                worker.stop(job);
            }
        }
    }

    /** Why a job of a terminated pool has no result. */
    static CancellationException termination() {
        return new CancellationException("the pool was terminated");
    }

    @Override
    public boolean awaitEnd(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        java.lang.Thread caller = java.lang.Thread.currentThread();
        for (ThreadWorker worker : workers) {
            if (worker.runsIn(caller)) {
                throw new IllegalStateException(
                        "a task of " + settings.prefix + " cannot wait for the end of its own pool: it would wait for"
                                + " itself; close the pool from outside");
            }
        }
        if (!ended.await(nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        for (Thread thread : threads) {
            long left = nanos == Long.MAX_VALUE ? nanos : Math.max(0, nanos - (System.nanoTime() - start));
            if (!thread.join(java.time.Duration.ofNanos(left))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isClosed() {
        return (control.get() & CLOSED) != 0;
    }

    @Override
    public boolean isEnded() {
        return ended.getCount() == 0;
    }

    @Override
    public int workers() {
        return settings.max;
    }

    private long unfinished() {
        return control.get() & ~CLOSED;
    }

    @Override
    public Statistics statistics() {
        long all = finished.sum();
        for (ThreadWorker worker : workers) {
            all += worker.finished();
        }
        return new Statistics(live.get(), unfinished(), all);
    }
}
