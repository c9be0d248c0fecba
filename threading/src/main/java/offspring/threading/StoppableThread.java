package offspring.threading;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import offspring.core.Thread;
import offspring.core.ThreadExitException;
import offspring.core.function.CheckedConsumer;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * A thread that others can suspend, resume and terminate, because it agrees to: the {@code StoppableThread} that Python
 * textbooks write by hand. Neither Python nor Java can stop a thread by force without breaking what it holds.
 *
 * <pre>{@code
 * var poller = new StoppableThread(() -> handle(inbox.get())); // one step, repeated until terminated
 * poller.start();
 * poller.suspend(); // from the end of the current step on, it rests
 * poller.resume();
 * poller.terminate(); // ends it, also out of inbox.get()
 * poller.join();
 *
 * var search = StoppableThread.withBody(self -> {
 *     for (Path file : files) {
 *         self.checkpoint(); // in a work of one's own, where it suits
 *         scan(file);
 *     }
 * });
 * }</pre>
 *
 * <p>A subclass overrides {@link #step()} for the first form and {@link #body()} for the second.
 *
 * <p><b>Where it stops.</b> Only at a <i>checkpoint</i>: before the work begins, before every step, and where the work calls
 * {@link #checkpoint()}, which throws when the thread is to end, or {@link #proceed()}, which says so. Locks that the work
 * holds there stay held while it rests, so let it hold none. Between checkpoints nothing is cut short, with one exception:
 * {@link #terminate()} also interrupts, so that a work that waits in a queue, a lock, a sleep or an interruptible channel
 * ends too; {@link #terminate(boolean) terminate(false)} does not.
 *
 * <p><b>How it ends.</b> By returning, or by the {@link ThreadExitException} of the checkpoint or the exception of the
 * interrupted call, which both unwind through the {@code finally} blocks and are not reported to the except hook once
 * the thread was told to terminate. At a checkpoint the interrupt flag of {@code terminate()} is cleared, so that clean-up
 * code may block. Any other exception of the work is a failure, as in every {@link Thread}.
 *
 * <p><b>Commands.</b> {@link #suspend()}, {@link #resume()} and {@link #terminate()} never block, may be given by any
 * thread, the thread itself among them, at any time, before the start and after the end, and as often as one likes:
 * suspending twice needs one {@code resume}. Terminate is final, and wakes a thread that rests.
 *
 * <p><b>What blocks.</b> {@link #checkpoint()} and {@link #proceed()} while the thread is suspended, and {@link
 * #awaitResting}. An interrupt that does not come from {@code terminate()} makes them throw {@link InterruptedException}.
 *
 * <p><b>Memory effects.</b> Actions before {@code resume()} or {@code terminate()} <i>happen-before</i> those after the
 * checkpoint that it opened; actions before a checkpoint at which the thread rests <i>happen-before</i> those after an
 * {@code awaitResting} that returned {@code true}.
 *
 * <p><b>Differences from the textbook.</b> There a suspended thread cannot be terminated, {@code resume} without {@code
 * suspend} is an error, a second {@code suspend} blocks its caller for ever, and a step that waits is never terminated.
 *
 * @since 0.1.0
 */
public class StoppableThread extends Thread {

    /*
     * All state is guarded by the lock, which is held for a few instructions only, or while waiting on its condition.
     * attention is the exception: it is written under the lock and read without, so that a checkpoint of a thread that
     * nobody bothers costs one volatile read. It is true whenever suspended or terminated is; a stale false delays the
     * command by one checkpoint, as if it had been given a moment later.
     *
     * terminate() sets its flag and interrupts in one hold of the lock, and only while inWork. A checkpoint that sees the
     * flag has therefore seen the interrupt too and can clear it for good: no interrupt comes later, into clean-up code.
     * If the interrupt were sent after the lock was given back, it could.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private volatile boolean attention;
    private boolean suspended;
    private boolean terminated;
    private boolean inWork;
    private boolean resting;
    private boolean over;

    private @Nullable CheckedRunnable step;
    private @Nullable CheckedConsumer<StoppableThread> body;

    /** Makes a thread for subclasses, which override {@link #step()} or {@link #body()}. */
    protected StoppableThread() {}

    /**
     * Makes a thread that repeats a step until it is terminated.
     *
     * @param step what to do again and again, with a checkpoint before each time
     */
    public StoppableThread(CheckedRunnable step) {
        this(step, null);
    }

    /**
     * Makes a thread that repeats a step until it is terminated.
     *
     * @param step what to do again and again, with a checkpoint before each time
     * @param name its name; with {@code null} or an empty text it gets one
     */
    public StoppableThread(CheckedRunnable step, @Nullable String name) {
        super(null, name);
        Objects.requireNonNull(step, "step: null; give what the thread is to repeat");
        this.step = step;
    }

    private StoppableThread(@Nullable String name, CheckedConsumer<StoppableThread> body) {
        super(null, name);
        this.body = body;
    }

    /**
     * Makes a thread that does a work once, which calls the checkpoints itself.
     *
     * @param body what to do; it is given this thread, so that it can call {@link #checkpoint()} or {@link #proceed()}
     * @return a new thread, not started
     */
    public static StoppableThread withBody(CheckedConsumer<StoppableThread> body) {
        return withBody(body, null);
    }

    /**
     * Makes a thread that does a work once, which calls the checkpoints itself.
     *
     * @param body what to do; it is given this thread, so that it can call {@link #checkpoint()} or {@link #proceed()}
     * @param name its name; with {@code null} or an empty text it gets one
     * @return a new thread, not started
     */
    public static StoppableThread withBody(CheckedConsumer<StoppableThread> body, @Nullable String name) {
        Objects.requireNonNull(body, "body: null; give what the thread is to do");
        return new StoppableThread(name, body);
    }

    /**
     * One step of the work, called again and again. Subclasses override it; this one does what the constructor was given.
     *
     * @throws Exception whatever the step throws; it ends the thread
     */
    protected void step() throws Exception {
        CheckedRunnable given = step;
        if (given == null) {
            throw new IllegalStateException(getClass().getName() + " has nothing to do; override step() or body()");
        }
        given.runChecked();
    }

    /**
     * The whole work. Subclasses override it, and call {@link #checkpoint()} or {@link #proceed()} from it; this one does
     * what {@link #withBody} was given, or repeats {@link #step()} until the thread is terminated.
     *
     * @throws Exception whatever the work throws; it ends the thread
     */
    protected void body() throws Exception {
        CheckedConsumer<StoppableThread> given = body;
        if (given != null) {
            given.acceptChecked(this);
        } else {
            while (proceed()) {
                step();
            }
        }
    }

    /** Does the {@link #body()}, unless the thread is terminated first. Not to be overridden: it tells ends from failures. */
    @Override
    public final void run() throws Exception {
        try {
            if (begin()) {
                body();
            }
        } catch (Exception end) {
            if (!terminated() || !isEndOfTerminated(end)) {
                throw end;
            }
        } finally {
            finish();
        }
    }

    private boolean begin() throws InterruptedException {
        lock.lock();
        try {
            inWork = true;
        } finally {
            lock.unlock();
        }
        return proceed();
    }

    private void finish() {
        lock.lock();
        try {
            inWork = false;
            over = true;
            step = null;
            body = null;
            changed.signalAll();
            if (terminated) {
                java.lang.Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What a checkpoint throws, and what the JDK's blocking calls throw when they are interrupted. */
    private static boolean isEndOfTerminated(Exception end) {
        return end instanceof ThreadExitException
                || end instanceof InterruptedException
                || end instanceof ClosedByInterruptException
                || end instanceof FileLockInterruptionException
                || (end instanceof InterruptedIOException && !(end instanceof SocketTimeoutException));
    }

    /**
     * A place where the work may be stopped: returns at once if nobody wants anything, rests while the thread is
     * suspended, and leaves the work if it is to end.
     *
     * @throws ThreadExitException if the thread was told to terminate; let it pass
     * @throws InterruptedException if the thread is interrupted while it rests, other than by {@link #terminate()}
     * @throws IllegalStateException if called by another thread than this
     */
    public void checkpoint() throws InterruptedException {
        if (!proceed()) {
            throw new ThreadExitException(name() + " was told to terminate");
        }
    }

    /**
     * A place where the work may be stopped, as the condition of a loop: {@code while (self.proceed()) { … }}. Returns at
     * once if nobody wants anything, and rests while the thread is suspended.
     *
     * @return {@code true} to go on, {@code false} if the thread was told to terminate
     * @throws InterruptedException if the thread is interrupted while it rests, other than by {@link #terminate()}
     * @throws IllegalStateException if called by another thread than this
     */
    public boolean proceed() throws InterruptedException {
        if (toJavaThread() != java.lang.Thread.currentThread()) {
            throw new IllegalStateException("a checkpoint of " + name() + " was called by "
                    + java.lang.Thread.currentThread().getName() + "; call it from the thread's own work");
        }
        return !attention || proceedOnCommand();
    }

    private boolean proceedOnCommand() throws InterruptedException {
        lock.lock();
        try {
            while (suspended && !terminated) {
                rest();
            }
            if (terminated) {
                java.lang.Thread.interrupted();
            }
            return !terminated;
        } finally {
            lock.unlock();
        }
    }

    private void rest() throws InterruptedException {
        resting = true;
        changed.signalAll();
        try {
            changed.await();
        } catch (InterruptedException e) {
            if (!terminated) {
                throw e;
            }
        } finally {
            resting = false;
        }
    }

    /** Asks the thread to rest at its next checkpoint, until {@link #resume()} or {@link #terminate()}. */
    public void suspend() {
        setSuspended(true);
    }

    /** Lets a suspended thread go on. Does nothing if it is not suspended. */
    public void resume() {
        setSuspended(false);
    }

    private void setSuspended(boolean wanted) {
        lock.lock();
        try {
            suspended = wanted;
            attention = suspended || terminated;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks the thread to end: at its next checkpoint, or now if it rests or waits in an interruptible call. */
    public void terminate() {
        terminate(true);
    }

    /**
     * Asks the thread to end at its next checkpoint, or now if it rests.
     *
     * @param interrupt whether to interrupt what the work waits in; the first call of {@code terminate} decides. With
     *     {@code false} a work that waits goes on waiting until it gets what it waits for
     */
    public void terminate(boolean interrupt) {
        lock.lock();
        try {
            if (terminated) {
                return;
            }
            terminated = true;
            attention = true;
            changed.signalAll();
            if (interrupt && inWork && toJavaThread() != java.lang.Thread.currentThread()) {
                interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the thread was told to suspend and not to resume since; it may not have come to a checkpoint yet.
     *
     * @return whether it is to rest at its next checkpoint; {@code false} once it was told to terminate
     */
    public boolean suspended() {
        return under(() -> suspended && !terminated);
    }

    /**
     * Whether the thread is at a checkpoint and stays there.
     *
     * @return whether it rests at this moment
     */
    public boolean resting() {
        return under(this::atRest);
    }

    /**
     * Whether the thread was told to terminate; {@link #isAlive()} says whether it has not ended yet.
     *
     * @return whether {@link #terminate()} was called
     */
    public boolean terminated() {
        return under(() -> terminated);
    }

    private boolean atRest() {
        return resting && suspended && !terminated;
    }

    private boolean under(BooleanSupplier question) {
        lock.lock();
        try {
            return question.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a suspended thread rests, so that what it works on can be looked at. Returns at once if the thread is not
     * suspended, or can never come to rest because it is to terminate or has ended; and as soon as that happens.
     *
     * @param timeout how long to wait; zero asks and returns at once
     * @return {@code true} if the thread rests, until somebody resumes or terminates it; otherwise {@code false}
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     * @throws IllegalStateException if called by the thread itself
     */
    public boolean awaitResting(Duration timeout) throws InterruptedException {
        long left = Timeouts.nanos(timeout);
        if (Threading.currentThread() == this) {
            throw new IllegalStateException(name() + " cannot wait for itself to rest; call checkpoint()");
        }
        lock.lockInterruptibly();
        try {
            while (suspended && !terminated && !over && !resting && left > 0) {
                left = changed.awaitNanos(left);
            }
            return atRest();
        } finally {
            lock.unlock();
        }
    }
}
