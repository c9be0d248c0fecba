package offspring.core;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.ExceptHook;
import offspring.core.internal.NativeIds;
import offspring.core.internal.StackSize;
import offspring.core.internal.TargetNames;
import offspring.core.internal.ThreadRegistry;
import offspring.core.internal.Timeouts;
import offspring.core.internal.VirtualThreads;
import org.jspecify.annotations.Nullable;

/**
 * A thread of control as Python's {@code threading.Thread} has it. This is <b>not</b> {@code java.lang.Thread}: it wraps
 * one, which {@link #toJavaThread()} gives; code that wants both in one file writes the JDK's out in full.
 *
 * <pre>{@code
 * var worker = new Thread(() -> crunch(numbers), "cruncher"); // or a subclass that overrides run()
 * worker.start();
 * worker.join();
 *
 * var clock = Thread.builder().target(Clock::tick).daemon(true).build(); // named "Thread-1 (tick)"
 * }</pre>
 *
 * <p><b>Life.</b> A thread is <i>initial</i>, then from {@link #start()} on <i>started</i> and {@linkplain #isAlive()
 * alive}, and <i>stopped</i> when {@link #run()} has ended. It runs once; a second {@code start()} is an {@link
 * IllegalStateException}. {@code start()} returns when the thread has its {@link #ident()} and is listed by {@code
 * Threading.enumerate()}; {@link #join()} returns when it is listed no more.
 *
 * <p><b>Name.</b> A thread without a name is called {@code Thread-N}; if its target is a method reference, {@code Thread-N
 * (method)}; if it is a lambda, {@code Thread-N (<lambda>)}. A target that is an object of a named class, or that lives
 * in a module closed to reflection, adds nothing. The class of a subclass is not part of the name.
 *
 * <p><b>Daemons.</b> The JVM ends when its last thread that is not a daemon has ended; daemons are stopped then, wherever
 * they are, without their {@code finally}. Unless told otherwise a thread is a daemon if the {@code java.lang.Thread} that
 * creates it is one. A virtual thread always is.
 *
 * <p><b>Failures.</b> What {@code run()} throws never reaches {@code join()}. It goes to {@code Threading.excepthook()},
 * in the failing thread, before the thread ends; the hook a program starts with prints it to the standard error stream.
 * {@link ThreadExitException}, the counterpart of Python's {@code SystemExit}, is not printed.
 *
 * <p><b>What blocks.</b> Only the two forms of {@code join}. They throw {@link InterruptedException} if the calling thread
 * is interrupted before or while it waits; the thread waited for is not affected.
 *
 * <p><b>Memory effects.</b> What a thread did before {@code start()} <i>happens-before</i> everything in {@code run()}, and
 * everything in {@code run()} <i>happens-before</i> the return from a {@code join} that reports its end, and before {@code
 * isAlive()} says {@code false}.
 *
 * <p><b>Differences from Python.</b> {@code join(timeout)} returns whether the thread has ended. {@link #interrupt()} and
 * virtual threads are Java's. There are no {@code args}: a lambda captures what it needs. Values of inheritable
 * thread-locals and the context class loader come from the thread that calls {@code start()}.
 *
 * @since 0.1.0
 */
public class Thread {

    /*
     * The state and who writes it.
     *
     *   INITIAL ──start()──► STARTING ──starter or the new thread, whoever is first──► STARTED ──the thread──► STOPPED
     *      ▲                    │
     *      └──the OS refused────┘
     *
     * Only the winner of INITIAL → STARTING writes javaThread and registers it, so two calls of start() cannot both make a
     * thread. A join is refused before STARTED, because a start that is refused would leave the joiner waiting for ever.
     * The thread leaves the registry before it opens the latch: who returns from join() does not find it listed.
     * STOPPED is stored before the latch opens and is volatile: it publishes what run() did to those who only poll.
     */
    private static final int INITIAL = 0;

    private static final int STARTING = 1;
    private static final int STARTED = 2;
    private static final int STOPPED = 3;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final AtomicInteger state = new AtomicInteger(INITIAL);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final boolean virtual;
    private final long stackSizeBytes;

    private volatile String name;
    private volatile boolean daemon;
    private volatile @Nullable CheckedRunnable target;
    private volatile boolean targetDropped;
    private volatile java.lang.@Nullable Thread javaThread;
    private volatile long nativeId;

    /** Makes a thread that does nothing, for subclasses, which override {@link #run()}. */
    protected Thread() {
        this(new Builder());
    }

    /**
     * Makes a thread that will run {@code target} and has a name of its own.
     *
     * @param target what to run; with {@code null} the thread does nothing
     */
    public Thread(@Nullable CheckedRunnable target) {
        this(new Builder().target(target));
    }

    /**
     * Makes a thread that will run {@code target}.
     *
     * @param target what to run; with {@code null} the thread does nothing
     * @param name its name; with {@code null} or an empty text it gets one
     */
    public Thread(@Nullable CheckedRunnable target, @Nullable String name) {
        this(new Builder().target(target).name(name));
    }

    private Thread(Builder builder) {
        target = builder.target;
        name = nameOr(builder.name, builder.target);
        virtual = builder.virtual;
        stackSizeBytes = builder.stackSizeBytes;
        Boolean wanted = builder.daemon;
        daemon = virtual
                || (wanted != null ? wanted : java.lang.Thread.currentThread().isDaemon());
    }

    private static String nameOr(@Nullable String given, @Nullable CheckedRunnable target) {
        if (given != null && !given.isEmpty()) {
            return given;
        }
        String generated = "Thread-" + COUNTER.incrementAndGet();
        String ofTarget = target == null ? null : TargetNames.of(target);
        return ofTarget == null ? generated : generated + " (" + ofTarget + ")";
    }

    /**
     * Begins a thread with more than a target and a name.
     *
     * @return a builder with Python's defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts the thread, once. Returns when it has its ident and is listed; its {@link #run()} may have begun or even
     * ended by then. Does not block.
     *
     * @throws IllegalStateException if it was started before
     * @throws OutOfMemoryError if the operating system refuses one more thread; then nothing is listed and the thread may
     *     be started again
     */
    public void start() {
        if (!state.compareAndSet(INITIAL, STARTING)) {
            throw new IllegalStateException(name + " was started before, and a thread runs once; make a new one");
        }
        java.lang.Thread made = null;
        try {
            made = newJavaThread();
            javaThread = made;
            ThreadRegistry.add(made, this);
            made.start();
        } catch (Throwable refused) {
            if (made != null) {
                ThreadRegistry.remove(made);
            }
            javaThread = null;
            state.set(INITIAL);
            throw refused;
        }
        state.compareAndSet(STARTING, STARTED);
    }

    private java.lang.Thread newJavaThread() {
        if (virtual) {
            return VirtualThreads.unstarted(name, this::bootstrap);
        }
        long stackSize = stackSizeBytes == 0 ? StackSize.bytes() : stackSizeBytes;
        var made = new java.lang.Thread(null, this::bootstrap, name, stackSize);
        made.setDaemon(daemon);
        return made;
    }

    private void bootstrap() {
        state.compareAndSet(STARTING, STARTED);
        try {
            run();
        } catch (Throwable failure) {
            ExceptHook.handle(failure, this);
        } finally {
            ThreadRegistry.remove(java.lang.Thread.currentThread());
            state.set(STOPPED);
            ended.countDown();
        }
    }

    /**
     * What the thread does: runs the target, if there is one, and drops it, so that nothing it captured outlives the run.
     * Subclasses override it; {@link #start()} calls it in the new thread.
     *
     * @throws Exception whatever the work throws; in the new thread it goes to the except hook
     * @throws IllegalStateException if called again after the target was dropped
     */
    public void run() throws Exception {
        if (targetDropped) {
            throw new IllegalStateException("the target of " + name + " has run and was dropped; make a new thread");
        }
        CheckedRunnable work = target;
        try {
            if (work != null) {
                work.runChecked();
            }
        } finally {
            targetDropped = true;
            target = null;
        }
    }

    /**
     * Waits until the thread has ended. Returns at once if it has. Any number of threads may join one, any number of
     * times.
     *
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     * @throws IllegalStateException if the thread was not started, is the calling thread itself, or is one that
     *     Offspring did not start
     */
    public void join() throws InterruptedException {
        checkJoinable();
        ended.await();
        awaitJavaThread();
    }

    /**
     * Waits until the thread has ended, at most the given time.
     *
     * @param timeout how long to wait; zero asks and returns at once; more than 292 years waits for ever
     * @return {@code true} if the thread has ended, {@code false} if the time was over first
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     * @throws IllegalStateException as {@link #join()}
     */
    public boolean join(Duration timeout) throws InterruptedException {
        long nanos = Timeouts.nanos(timeout);
        checkJoinable();
        if (!ended.await(nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        awaitJavaThread();
        return true;
    }

    private void checkJoinable() {
        if (state.get() < STARTED) {
            throw new IllegalStateException("cannot join " + name + ": it was not started; call start() first");
        }
        if (javaThread == java.lang.Thread.currentThread()) {
            throw new IllegalStateException(
                    "cannot join " + name + ": it is the calling thread, which would wait for itself for ever");
        }
    }

    /**
     * Waits the few microseconds between the end of bootstrap() and that of the thread below it, so that after a join no
     * trace of it is left in the JVM either. A virtual caller goes without: the JDK's join waits on a monitor, which would
     * pin it.
     */
    private void awaitJavaThread() throws InterruptedException {
        java.lang.Thread below = javaThread;
        if (below != null && !virtual && !VirtualThreads.isVirtual(java.lang.Thread.currentThread())) {
            below.join();
        }
    }

    /**
     * Whether the thread runs.
     *
     * @return {@code true} from inside {@link #start()} until {@link #run()} and the except hook have ended
     */
    public boolean isAlive() {
        return state.get() == STARTED;
    }

    /**
     * The thread's name, for people; several threads may have the same.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Renames the thread, and the {@code java.lang.Thread} below it.
     *
     * @param name the new name
     */
    public void setName(String name) {
        Objects.requireNonNull(name, "name: null; give a text, which may be empty");
        this.name = name;
        java.lang.Thread below = javaThread;
        if (below != null) {
            below.setName(name);
        }
    }

    /**
     * The thread's number in this JVM: never zero, never given to another thread.
     *
     * @return the number, or nothing before {@link #start()}; it stays after the thread's end
     */
    public OptionalLong ident() {
        java.lang.Thread below = javaThread;
        return below == null ? OptionalLong.empty() : OptionalLong.of(below.getId());
    }

    /**
     * The number that the operating system's tools show for the thread. The JVM does not tell it; on Linux a thread can
     * find out its own, which takes some microseconds. So that no start pays for it, it is known from the first time on
     * that the thread itself asks, here or by {@code Threading.getNativeId()}, and stays after the thread's end.
     *
     * @return the number; nothing if the thread has not asked yet, is virtual, or the platform does not tell
     */
    public OptionalLong nativeId() {
        if (nativeId == 0 && !virtual && javaThread == java.lang.Thread.currentThread()) {
            nativeId = NativeIds.current().orElse(0);
        }
        return nativeId == 0 ? OptionalLong.empty() : OptionalLong.of(nativeId);
    }

    /**
     * Whether the JVM may end while the thread still runs.
     *
     * @return whether it is a daemon
     */
    public boolean daemon() {
        return daemon;
    }

    /**
     * Makes the thread a daemon, or no daemon, before it starts.
     *
     * @param daemon whether the JVM may end while the thread still runs
     * @throws IllegalStateException if the thread was started, even if it has ended
     * @throws IllegalArgumentException if the thread is virtual and {@code daemon} is {@code false}
     */
    public void setDaemon(boolean daemon) {
        if (state.get() != INITIAL) {
            throw new IllegalStateException(
                    "cannot set daemon=" + daemon + " on " + name + ": it was started; set it before start()");
        }
        if (virtual) {
            checkVirtualDaemon(daemon);
        }
        this.daemon = daemon;
    }

    private static void checkVirtualDaemon(boolean daemon) {
        if (!daemon) {
            throw new IllegalArgumentException(
                    "daemon=false, but virtual threads are always daemons; join the thread instead, or leave out virtual");
        }
    }

    /**
     * Whether the thread is one of Java 21's virtual threads.
     *
     * @return whether it was built with {@link Builder#virtual virtual(true)}
     */
    public boolean isVirtual() {
        return virtual;
    }

    /**
     * Interrupts the thread, as {@link java.lang.Thread#interrupt()} does: a blocking call it is in, or enters next, throws
     * {@link InterruptedException}. Python has no counterpart. Does nothing once the thread has ended.
     *
     * @throws IllegalStateException if the thread was not started
     */
    public void interrupt() {
        toJavaThread().interrupt();
    }

    /**
     * The {@code java.lang.Thread} that this one wraps.
     *
     * @return the JDK's thread, which is there from {@link #start()} on
     * @throws IllegalStateException if the thread was not started
     */
    public java.lang.Thread toJavaThread() {
        java.lang.Thread below = javaThread;
        if (below == null) {
            throw new IllegalStateException(
                    name + " was not started, so there is no java.lang.Thread below it yet; call start() first");
        }
        return below;
    }

    /** Like Python's: {@code <Thread(Thread-1 (tick), started daemon 31)>}. */
    @Override
    public String toString() {
        OptionalLong ident = ident();
        String status = isAlive() ? "started" : ident.isEmpty() ? "initial" : "stopped";
        String kind = daemon() ? " daemon" : "";
        String number = ident.isEmpty() ? "" : " " + ident.getAsLong();
        return "<" + getClass().getSimpleName() + "(" + name() + ", " + status + kind + number + ")>";
    }

    /**
     * Gathers what a thread is made of, for more than a target and a name. Not for use by several threads at once.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private @Nullable CheckedRunnable target;
        private @Nullable String name;
        private @Nullable Boolean daemon;
        private boolean virtual;
        private long stackSizeBytes;

        private Builder() {}

        /**
         * Sets what to run.
         *
         * @param target what to run; with {@code null} the thread does nothing
         * @return this builder
         */
        public Builder target(@Nullable CheckedRunnable target) {
            this.target = target;
            return this;
        }

        /**
         * Sets the name.
         *
         * @param name the name; with {@code null} or an empty text the thread gets one
         * @return this builder
         */
        public Builder name(@Nullable String name) {
            this.name = name;
            return this;
        }

        /**
         * Says whether the thread is a daemon, instead of taking over what the creating thread is.
         *
         * @param daemon whether the JVM may end while the thread still runs
         * @return this builder
         */
        public Builder daemon(boolean daemon) {
            this.daemon = daemon;
            return this;
        }

        /**
         * Asks for a virtual thread, which only Java 21 and later have.
         *
         * @param virtual whether the thread is to be virtual
         * @return this builder
         */
        public Builder virtual(boolean virtual) {
            this.virtual = virtual;
            return this;
        }

        /**
         * Asks for a stack of this size; a hint, which some platforms round or ignore.
         *
         * @param stackSizeBytes the size, at least 32768, or 0 for what {@code Threading.stackSizeBytes()} says at the
         *     start
         * @return this builder
         * @throws IllegalArgumentException if the size is negative, or less than 32768 and not 0
         */
        public Builder stackSizeBytes(long stackSizeBytes) {
            this.stackSizeBytes = StackSize.checked(stackSizeBytes);
            return this;
        }

        /**
         * Makes the thread; it is not started.
         *
         * @return a new thread
         * @throws UnsupportedOperationException if the thread is to be virtual and this JVM is older than 21
         * @throws IllegalArgumentException if the thread is to be virtual and also no daemon, or with a stack size
         */
        public Thread build() {
            if (virtual) {
                VirtualThreads.requireSupport();
                checkVirtualDaemon(daemon == null || daemon);
                if (stackSizeBytes != 0) {
                    throw new IllegalArgumentException("stackSizeBytes=" + stackSizeBytes
                            + ", but the stack of a virtual thread grows on the heap; leave out one of the two");
                }
            }
            return new Thread(this);
        }
    }
}
