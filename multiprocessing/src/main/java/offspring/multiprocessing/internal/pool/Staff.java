package offspring.multiprocessing.internal.pool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.facts.Certainty;
import org.slf4j.Logger;

/**
 * Starts the workers of a pool, ends them, and knows when the last one is gone.
 *
 * <p>Workers are entered in the {@link Roster} under the dispatcher's lock and started without it. Who starts one looks afterwards whether it is
 * still wanted: a pool that is terminated meanwhile ends those that it finds started, and the starter those that were not.
 */
final class Staff {

    private static final long KILL_AFTER_NANOS = 1_000_000_000;

    private final ReentrantLock lock;
    private final Roster roster;
    private final Breakage breakage;
    private final Watch watch;
    private final PoolSpec.Starter starter;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Staff(ReentrantLock lock, Roster roster, Breakage breakage, Watch watch, PoolSpec.Starter starter) {
        this.lock = lock;
        this.roster = roster;
        this.breakage = breakage;
        this.watch = watch;
        this.starter = starter;
    }

    // ---- starting

    /**
     * Starts all workers.
     *
     * @throws IOException if one cannot be started; those that were run on
     */
    void startAll() throws IOException {
        List<Worker> all = reserve();
        int tried = 0;
        try {
            for (Worker worker : all) {
                tried++;
                start(worker);
            }
        } catch (IOException | RuntimeException e) {
            forget(all.subList(tried, all.size()));
            throw e;
        }
    }

    /** These will not be started. */
    private void forget(List<Worker> entered) {
        lock.lock();
        try {
            entered.forEach(roster::remove);
        } finally {
            lock.unlock();
        }
    }

    /** Enters the workers that are needed; the caller starts them. */
    List<Worker> reserve() {
        lock.lock();
        try {
            return breakage.why() == null ? roster.reserve() : List.of();
        } finally {
            lock.unlock();
        }
    }

    private void start(Worker worker) throws IOException {
        boolean started = false;
        try {
            worker.start();
            started = true;
        } finally {
            boolean unwanted;
            lock.lock();
            try {
                if (!started) {
                    roster.remove(worker);
                }
                unwanted = roster.phase == Roster.Phase.TERMINATED || breakage.why() != null;
            } finally {
                lock.unlock();
            }
            if (started && unwanted) {
                worker.child().terminate();
            }
        }
    }

    /** A worker that cannot be started is fatal only to calls that no other worker can do. */
    void startOrLog(List<Worker> fresh) {
        for (Worker worker : fresh) {
            try {
                start(worker);
            } catch (IOException | RuntimeException e) {
                Logger log = Logs.of(Staff.class);
                if (Child.isTooLate()) {
                    log.debug("{} is not started: this JVM ends", worker.name(), e);
                } else {
                    log.warn("{} cannot be started", worker.name(), e);
                }
                failIfNobodyIsLeft(e);
            }
        }
        if (!fresh.isEmpty()) {
            endIfDone();
        }
    }

    private void failIfNobodyIsLeft(Exception e) {
        List<Span> helpless;
        lock.lock();
        try {
            roster.telling++;
            helpless = roster.workers().isEmpty() ? roster.takePending() : List.of();
        } finally {
            lock.unlock();
        }
        CallFailure.Broken why =
                new CallFailure.Broken("no worker can be started: " + e.getMessage(), null, e, Certainty.NEVER_STARTED);
        helpless.forEach(span -> span.call.fail(span.from, span.to, why));
        told();
    }

    /** Failures that nobody had in the books any more have been told; what they led to is in the books. The pool may end now. */
    void told() {
        lock.lock();
        try {
            roster.telling--;
        } finally {
            lock.unlock();
        }
    }

    // ---- the end

    /** Ends workers; {@code kill}: without asking them first. */
    void end(List<Worker> all, boolean kill) {
        for (Worker worker : all) {
            if (!worker.isStarted()) {
                continue; // whoever starts it will see that it is not wanted
            }
            if (kill) {
                worker.child().kill();
                continue;
            }
            worker.child().terminate();
            watch.later(KILL_AFTER_NANOS, () -> {
                if (!worker.child().ended().isDone()) {
                    worker.child().kill();
                }
            });
        }
    }

    /** Looks whether the pool has ended. */
    void endIfDone() {
        boolean over;
        lock.lock();
        try {
            over = roster.isOver();
        } finally {
            lock.unlock();
        }
        if (over && ending.compareAndSet(false, true)) {
            watch.end();
            try {
                starter.end();
            } finally {
                ended.complete(null);
            }
        }
    }

    /** Completed when the pool is closed and its last worker gone. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Waits until {@link #ended}, at most so long; says whether it is. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        try {
            ended.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a pool does not fail", e);
        }
    }
}
