package offspring.multiprocessing;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.connection.Waitable;
import offspring.multiprocessing.internal.launch.Bootstrap;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.parking.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * Work that runs in a JVM of its own: Python's {@code multiprocessing.Process}, <b>not</b> {@link java.lang.Process}, which it
 * shadows where it is imported; write that one out in full.
 *
 * <pre>{@code
 * var child = new Process(() -> {
 *     String me = Multiprocessing.currentProcess().name();
 *     System.out.println("hello from " + me); // hello from Process-1
 * });
 * child.start();
 * child.join();
 * int code = child.exitcode().getAsInt(); // 0
 * }</pre>
 *
 * <p>The work is a lambda or method reference, or the {@link #run()} of a subclass. It is serialized with all it captures when the
 * process is {@linkplain #start started}, and runs in the child on a copy: what it changes there does not change here. To hear from
 * it, give it an end of a {@link Pipe}. The child has the class path, the environment and the output streams of its parent; see
 * {@link ProcessOptions} for what can be set.
 *
 * <p><b>Life.</b> A process is started once. A process that is no {@linkplain #daemon() daemon} is waited for when its parent's JVM
 * ends; a daemon is terminated then. If the parent is killed, or crashes, the child ends too, within a few milliseconds, and so
 * does every descendant: no orphan stays.
 *
 * <p><b>Exit codes</b>, once it has ended: 0 when the work returned; 1 when it threw, with the stack trace on the child's standard
 * error; {@code n} after {@code System.exit(n)}; {@code -n} when signal {@code n} ended it.
 *
 * <p><b>What blocks.</b> Only {@link #join()}; {@link #start()} returns when the system has started the child, not when the work
 * begins.
 *
 * <p><b>Memory effects.</b> Actions before {@code start()} <i>happen-before</i> the work; the work happens-before a {@code join()} that
 * returns because the process ended.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 *
 * <p><b>What can be sent.</b> A target may capture whatever is {@link Serializable} with all it refers to, and connections. What
 * cannot travel is refused by {@code start()} in the parent, with the path to it; nothing has been started then. A subclass that is
 * an inner or anonymous class drags its enclosing object along.
 *
 * <p><b>Differences from Python.</b> A daemon may have children of its own, since no orphan can stay. The main program is not run again
 * in the child. {@link #kill()} takes the child's descendants, too. {@link #terminate()} lets the child's shutdown hooks run. There is
 * no {@code group} and no {@code args}: a lambda captures its arguments.
 *
 * @since 0.1.0
 * @serial exclude
 */
public class Process implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int KEY_BYTES = 32;

    private @Nullable CheckedRunnable target;
    private volatile String name;
    private volatile boolean daemon;
    /** The numbers of this process and of its ancestors below the main one: Python's {@code _identity}. */
    private final int[] path;

    private transient volatile byte @Nullable [] authkey;
    private transient @Nullable Life life;

    /** For subclasses that override {@link #run()}. */
    protected Process() {
        this(null, null, null, ProcessOptions.defaults());
    }

    /**
     * A process that runs a target.
     *
     * @param target the work
     */
    public Process(CheckedRunnable target) {
        this(target, null, null, ProcessOptions.defaults());
    }

    /**
     * A process with a name that runs a target.
     *
     * @param target the work
     * @param name for people; need not be unique
     */
    public Process(CheckedRunnable target, String name) {
        this(target, name, null, ProcessOptions.defaults());
    }

    /**
     * For subclasses that override {@link #run()} and choose their options.
     *
     * @param name for people; null for a name like {@code "Process-1"}
     * @param daemon whether it is terminated when its parent ends; null: as the process that makes it
     * @param options how its JVM is started
     */
    protected Process(@Nullable String name, @Nullable Boolean daemon, ProcessOptions options) {
        this(null, name, daemon, options);
    }

    private Process(
            @Nullable CheckedRunnable target, @Nullable String name, @Nullable Boolean daemon, ProcessOptions options) {
        Process creator = Multiprocessing.currentProcess();
        this.path = childPath(creator.path);
        this.target = target;
        this.name = name == null || name.isEmpty() ? defaultName() : name;
        this.daemon = daemon == null ? creator.daemon : daemon;
        this.life = new ChildLife(options);
    }

    /** A process that is not made to be started: the main one, or a child's view of itself or of its parent. */
    private Process(String name, int[] path, boolean daemon, Life life) {
        this.path = path;
        this.name = name;
        this.daemon = daemon;
        this.life = life;
    }

    static Process main() {
        return new Process("MainProcess", new int[0], false, new Life.OfOneself());
    }

    /** A child, in its own JVM. */
    static Process child(Bootstrap bootstrap) {
        Process child = new Process(bootstrap.name(), bootstrap.numbers(), bootstrap.daemon(), new Life.OfOneself());
        child.authkey = bootstrap.authkey();
        return child;
    }

    static Process parent(String name, long pid) {
        return new Process(name, new int[0], false, new Life.OfTheParent(pid));
    }

    private static int[] childPath(int[] parent) {
        int[] path = java.util.Arrays.copyOf(parent, parent.length + 1);
        path[parent.length] = Multiprocessing.nextNumber();
        return path;
    }

    private String defaultName() {
        String simple = getClass().getSimpleName();
        StringBuilder text = new StringBuilder(simple.isEmpty() ? "Process" : simple);
        for (int i = 0; i < path.length; i++) {
            text.append(i == 0 ? '-' : ':').append(path[i]);
        }
        return text.toString();
    }

    /**
     * Begins a process with more than a target and a name.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    // ---- the work

    /**
     * The work, called in the child. Unless overridden it runs the target, if there is one.
     *
     * @throws Exception whatever the work throws; the child then prints it and ends with exit code 1
     */
    public void run() throws Exception {
        CheckedRunnable work = target;
        if (work != null) {
            work.runChecked();
        }
    }

    /**
     * Starts the child. Returns when the system has started it; a child that then cannot begin (a JVM option it does not know, a class
     * that is not on its class path) says so on its standard error and by its exit code.
     *
     * @throws java.io.NotSerializableException if the target or a field of the subclass cannot travel; names the class and the path
     * @throws IOException if the system cannot start it: no {@code java}, no such directory, a limit reached, no room for the session's
     *     files; nothing is left behind, and it may be started again
     * @throws IllegalStateException if it was started before, is closed, or belongs to another process; if this process is itself
     *     a child that has not begun its work yet; if this JVM is shutting down; or if the classes of this program are in a class
     *     loader from which no child can have them: the message says what to do
     */
    public void start() throws IOException {
        life().start(this);
        target = null;
    }

    /**
     * Waits until the process has ended.
     *
     * @throws InterruptedException if the calling thread is interrupted while it waits; the process goes on
     * @throws IllegalStateException if it is not started, is closed, is the current process, or belongs to another process
     */
    public void join() throws InterruptedException {
        life().join(Deadlines.NEVER);
    }

    /**
     * Waits until the process has ended, at most the given time. Python's {@code join(timeout)} returns nothing; this says what
     * {@link #isAlive()} would say.
     *
     * @param timeout how long to wait; zero only looks
     * @return whether the process has ended
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted while it waits; the process goes on
     * @throws IllegalStateException if it is not started, is closed, is the current process, or belongs to another process
     */
    public boolean join(Duration timeout) throws InterruptedException {
        return life().join(ChildLife.deadline(timeout));
    }

    // ---- what is known of it

    /**
     * Whether it was started and has not ended.
     *
     * @return whether it is alive; always true of the current process
     * @throws IllegalStateException if it is closed or belongs to another process
     */
    public boolean isAlive() {
        return life().isAlive();
    }

    /** As {@link #isAlive()}, but false of a closed one. */
    boolean isRunning() {
        Life mine = life();
        return mine.isStarted() && mine.isAlive();
    }

    /** The child, as the floors below know it; it is started. */
    Child child() {
        return life().child("handed on");
    }

    /**
     * The number that the system gave to it.
     *
     * @return the pid; nothing before the start
     * @throws IllegalStateException if it is closed or belongs to another process
     */
    public OptionalLong pid() {
        return life().pid();
    }

    /**
     * How it ended: 0, 1, what it gave to {@code System.exit}, or minus the number of the signal that ended it.
     *
     * @return the exit code; nothing before its end
     * @throws IllegalStateException if it is closed or belongs to another process
     */
    public OptionalInt exitcode() {
        return life().exitcode();
    }

    /**
     * Something that becomes ready when the process ends, to be waited for beside connections.
     *
     * @return the sentinel
     * @throws IllegalStateException if it is not started, is closed, or belongs to another process
     */
    public Waitable sentinel() {
        return life().sentinel();
    }

    /**
     * Its name, for people. May be asked for even when it is closed.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Gives it another name. The child has the name that it had at the start.
     *
     * @param newName the name
     */
    public void setName(String newName) {
        this.name = java.util.Objects.requireNonNull(newName, "newName");
    }

    /**
     * Whether it is terminated, and not waited for, when its parent ends. May be asked for even when it is closed.
     *
     * @return whether it is a daemon
     */
    public boolean daemon() {
        return daemon;
    }

    /**
     * Makes it a daemon, or not.
     *
     * @param on whether it is to be terminated when its parent ends
     * @throws IllegalStateException if it was started
     */
    public void setDaemon(boolean on) {
        if (life().isStarted()) {
            throw new IllegalStateException(
                    "whether process " + name + " is a daemon can be set only before its start");
        }
        this.daemon = on;
    }

    /**
     * The key by which processes of one family know each other when they connect through a listener. The main process makes one of
     * 32 random bytes; a child has its parent's.
     *
     * @return a copy of the key
     */
    public byte[] authkey() {
        byte[] key = authkey;
        if (key == null) {
            key = this == Multiprocessing.currentProcess()
                    ? randomKey()
                    : Multiprocessing.currentProcess().authkey();
            authkey = key;
        }
        return key.clone();
    }

    /**
     * Sets the key; before the start, if the child is to have it.
     *
     * @param key the key
     */
    public void setAuthkey(byte[] key) {
        this.authkey = key.clone();
    }

    private static byte[] randomKey() {
        try (InputStream system = new FileInputStream("/dev/urandom")) {
            byte[] key = system.readNBytes(KEY_BYTES);
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IOException notThere) {
            return javaKey();
        }
        return javaKey();
    }

    /** The JDK asks the system, too, but takes 15 ms to find out how. */
    private static byte[] javaKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** The numbers of this process and of its ancestors below the main one. */
    int[] numbers() {
        return path;
    }

    /** The target, if running it is all that this process does; null for a subclass. */
    @Nullable
    CheckedRunnable soleTarget() {
        return getClass() == Process.class ? target : null;
    }

    /** The class whose code runs in the child. */
    Class<?> classOfWork() {
        CheckedRunnable alone = soleTarget();
        return alone == null ? getClass() : alone.getClass();
    }

    // ---- ending it

    /**
     * Asks the child to end, with the signal SIGTERM: its shutdown hooks run, {@code finally} blocks do not, and its exit code is
     * -15. Does nothing if it has ended.
     *
     * @throws IllegalStateException if it is not started, is closed, or belongs to another process
     */
    public void terminate() {
        life().terminate();
    }

    /**
     * Ends the child and all its descendants at once, with the signal SIGKILL: nothing of theirs runs any more, and its exit code
     * is -9. Does nothing if it has ended.
     *
     * @throws IllegalStateException if it is not started, is closed, or belongs to another process
     */
    public void kill() {
        life().kill();
    }

    /**
     * Interrupts the child's main thread, which runs the work: Python's {@code interrupt()}, which sends SIGINT. Work that waits gets an
     * {@link InterruptedException}; if it lets that go, the child ends with exit code 1. Does nothing if it has ended.
     *
     * @throws IllegalStateException if it is not started, is closed, or belongs to another process
     */
    public void interrupt() {
        life().interrupt();
    }

    /**
     * Gives up what the parent keeps of an ended process. Afterwards only its name, whether it is a daemon, and {@code toString} can be
     * asked for. Later calls do nothing; a process that was not started may be closed, too.
     *
     * @throws IllegalStateException if it is running, or belongs to another process
     */
    public void close() {
        life().close();
    }

    /** The fields of a copy that came here are set by the stream, except the life, which then is a stranger's. */
    private Life life() {
        Life mine = life;
        return mine == null ? Life.OF_A_STRANGER : mine;
    }

    /** Called in the child, whose copy has neither a life nor a key: both stay behind when a process travels. */
    void becomeCurrent(byte[] inheritedKey) {
        life = new Life.OfOneself();
        authkey = inheritedKey;
    }

    @Override
    public String toString() {
        return "<" + (getClass() == Process.class ? "Process" : getClass().getSimpleName()) + " name='" + name + "' "
                + life().state() + (daemon ? " daemon>" : ">");
    }

    /** Collects what a process is made of; not for use by several threads at a time. */
    public static final class Builder {

        private @Nullable CheckedRunnable target;
        private @Nullable String name;
        private @Nullable Boolean daemon;
        private ProcessOptions options = ProcessOptions.defaults();

        private Builder() {}

        /**
         * The work.
         *
         * @param work a lambda or method reference that captures only what can travel
         * @return this builder
         */
        public Builder target(CheckedRunnable work) {
            this.target = work;
            return this;
        }

        /**
         * The name, for people; without it, one like {@code "Process-1"}.
         *
         * @param text the name
         * @return this builder
         */
        public Builder name(String text) {
            this.name = text;
            return this;
        }

        /**
         * Whether it is terminated, and not waited for, when its parent ends; without it, as the process that makes it.
         *
         * @param on whether it is a daemon
         * @return this builder
         */
        public Builder daemon(boolean on) {
            this.daemon = on;
            return this;
        }

        /**
         * How its JVM is started.
         *
         * @param how the options
         * @return this builder
         */
        public Builder options(ProcessOptions how) {
            this.options = how;
            return this;
        }

        /**
         * Makes the process. It is not started yet.
         *
         * @return the process
         * @throws IllegalStateException if there is no target
         */
        public Process build() {
            if (target == null) {
                throw new IllegalStateException(
                        "a process needs a target: call target(...), or override run() in a subclass");
            }
            return new Process(target, name, daemon, options);
        }
    }
}
