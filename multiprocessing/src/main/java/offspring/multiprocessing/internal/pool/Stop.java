package offspring.multiprocessing.internal.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.worker.Interrupts;
import org.jspecify.annotations.Nullable;

/**
 * Stops one running call, more firmly with each step: interrupt, grace, terminate, grace, kill.
 *
 * <p>Runs on a thread of its own, since it waits; what it has done so far is read by whoever sees the end of the call: the steps
 * are volatile, and written before the step is taken. When the call is {@linkplain #answered answered} after the interrupt, the worker
 * lives on.
 */
final class Stop implements Runnable {

    private static final long STACKS_NANOS = 300_000_000;
    private static final long LOOK_NANOS = 1_000_000;
    private static final long ASK_NANOS = 10_000_000;

    private final Worker worker;
    private final Entry entry;
    private final boolean timedOut;
    private final long graceNanos;
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile CallFailure.Step step = CallFailure.Step.INTERRUPT;
    private volatile @Nullable String threadDump;

    Stop(Worker worker, Entry entry, boolean timedOut, long graceNanos) {
        this.worker = worker;
        this.entry = entry;
        this.timedOut = timedOut;
        this.graceNanos = graceNanos;
    }

    void begin() {
        java.lang.Thread thread = new java.lang.Thread(null, this, "offspring-stop in " + worker.name(), 1 << 18);
        thread.setDaemon(true);
        thread.start();
    }

    /** The call has ended, by an answer or with its worker. */
    void answered() {
        answered.countDown();
    }

    /** What the call has failed with; null if it was cancelled, and nobody asks. */
    @Nullable
    CallFailure failure() {
        return timedOut
                ? new CallFailure.TimedOut(
                        Duration.ofNanos(entry.call.timeoutNanos), step, threadDump, worker.name(), worker.pid())
                : null;
    }

    @Override
    public void run() {
        Child child = worker.child();
        if (timedOut) {
            threadDump = askForStacks(child);
        }
        if (interrupted()) {
            return;
        }
        if (!worker.doom(entry)) {
            return;
        }
        step = CallFailure.Step.TERMINATE;
        child.terminate();
        if (!isGone(child)) {
            if (answered.getCount() > 0) {
                step = CallFailure.Step.KILL;
            }
            child.kill();
        }
    }

    /** Whether the child has ended within the grace: it may have answered and hang in its end all the same. */
    private boolean isGone(Child child) {
        try {
            child.ended().get(graceNanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | InterruptedException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a child does not fail", e);
        }
    }

    /** Asks again and again, since the call may be on its way to the worker; a call is interrupted once at most. */
    private boolean interrupted() {
        long deadline = System.nanoTime() + graceNanos;
        do {
            worker.interrupt(entry);
            if (ended(ASK_NANOS)) {
                return true;
            }
        } while (System.nanoTime() - deadline < 0);
        return false;
    }

    private boolean ended(long nanos) {
        try {
            return answered.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException nobodyMeansThis) {
            return false;
        }
    }

    /** A JVM that is stopped, or too busy, does not answer. */
    private @Nullable String askForStacks(Child child) {
        Path stacks = Interrupts.stacksIn(child.folder());
        child.signal(Interrupts.SHOW_STACKS);
        long deadline = System.nanoTime() + STACKS_NANOS;
        while (!Files.exists(stacks)) {
            if (System.nanoTime() - deadline > 0 || child.ended().isDone()) {
                return null;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        try {
            String text = Files.readString(stacks, StandardCharsets.UTF_8);
            Files.deleteIfExists(stacks);
            return text;
        } catch (IOException e) {
            Logs.of(Stop.class).debug("the stacks of {} are gone with it", worker.name(), e);
            return null;
        }
    }
}
