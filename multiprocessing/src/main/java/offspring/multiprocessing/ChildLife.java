package offspring.multiprocessing;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.Logs;
import offspring.multiprocessing.connection.Waitable;
import offspring.multiprocessing.internal.launch.Bootstrap;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.ChildGoneException;
import offspring.multiprocessing.internal.launch.ChildMain;
import offspring.multiprocessing.internal.launch.ClassSource;
import offspring.multiprocessing.internal.launch.LaunchSpec;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.parking.Watchable;
import offspring.multiprocessing.internal.ring.Payloads;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * A process seen by the parent that made it.
 *
 * <pre>
 *   NEW ──start──► STARTING ──► child (started, later ended) ──close──► CLOSED
 *    ▲                 │
 *    └──── failed ─────┘         NEW ──close──► CLOSED
 * </pre>
 *
 * <p>The phase is one atomic reference, so that of two threads that start it one wins, and nobody waits for the other.
 */
final class ChildLife extends Life {

    private enum Phase {
        NEW,
        STARTING,
        CLOSED
    }

    /** A {@link Phase}, or the {@link Child}. */
    private final AtomicReference<Object> state = new AtomicReference<>(Phase.NEW);

    /** Done when the end of the child has been told; set before the child can be seen. */
    private volatile @Nullable CompletableFuture<?> told;

    private final ProcessOptions options;
    private final long creator = ProcessHandle.current().pid();

    ChildLife(ProcessOptions options) {
        this.options = options;
    }

    // ---- starting

    @Override
    void start(Process process) throws IOException {
        if (ChildMain.isDecoding()) {
            throw new IllegalStateException(
                    "process " + process.name() + " is started by a class initializer while this"
                            + " child still decodes its own target; every child would start another one, without end."
                            + " Start processes in a method that only the parent calls");
        }
        if (!state.compareAndSet(Phase.NEW, Phase.STARTING)) {
            throw new IllegalStateException(
                    state.get() == Phase.CLOSED ? "the process is closed" : "a process can be started only once");
        }
        boolean started = false;
        try {
            state.set(launch(process));
            started = true;
        } finally {
            if (!started) {
                state.set(Phase.NEW);
            }
        }
    }

    private Child launch(Process process) throws IOException {
        ClassSource known = options.classes();
        ClassSource classes = known == null ? ClassSource.of(process.classOfWork()) : known;
        LaunchSpec spec = options.toSpec(process.name(), process.daemon()).from(classes);
        Child child = options.standbys().isEmpty() ? null : handOver(process, spec);
        if (child == null) {
            child = spawn(process, spec);
            Child.rehearse(spec, Rehearsal::encoded);
        }
        Child mine = child;
        Multiprocessing.started(process);
        ProcessLog.started(process, mine.pid());
        told = mine.ended().thenAccept(code -> {
            Multiprocessing.ended(process);
            ProcessLog.ended(process, mine.pid(), code);
        });
        return mine;
    }

    private Child spawn(Process process, LaunchSpec spec) throws IOException {
        long identity = Child.reserve();
        boolean encoded = false;
        byte[] work;
        try {
            work = work(identity, process);
            encoded = true;
        } finally {
            if (!encoded) {
                Child.forget(identity);
            }
        }
        return Child.start(spec, bootstrap(identity, process, work));
    }

    /** A child that stood by and was given the work; null if there is none. */
    private @Nullable Child handOver(Process process, LaunchSpec spec) throws IOException {
        for (Child child = options.standbys().take(spec);
                child != null;
                child = options.standbys().take(spec)) {
            boolean given = false;
            try {
                byte[] work = work(child.identity(), process);
                child.handOver(spec, bootstrap(child.identity(), process, work));
                given = true;
                return child;
            } catch (ChildGoneException gone) {
                Logs.of(ChildLife.class).debug("{} has ended while it stood by", child, gone);
            } finally {
                if (!given) {
                    child.dismiss(); // what it was to hold ends with its slot
                }
            }
        }
        return null;
    }

    private Bootstrap bootstrap(long identity, Process process, byte[] work) throws IOException {
        int flags = (process.daemon() ? Bootstrap.DAEMON : 0)
                | (options.standbys().chosen() == StartMethod.STANDBY ? Bootstrap.CHILDREN_STAND_BY : 0);
        return new Bootstrap(
                Session.current().directory().toString(),
                identity,
                process.name(),
                ProcessHandle.current().pid(),
                Multiprocessing.currentProcess().name(),
                flags,
                process.numbers(),
                process.authkey(),
                work);
    }

    /**
     * A target that needs no object stream travels alone, and the child makes its {@link Process} when somebody asks for it. Everything
     * else travels with the process that it may refer to.
     */
    private static byte[] work(long identity, Process process) throws IOException {
        CheckedRunnable sole = process.soleTarget();
        Preparation.expect(sole == null ? process : sole);
        CheckedRunnable target = ProcessLog.isToStderr() ? null : sole;
        return Payloads.forChild(identity, target, new ProcessTask(process));
    }

    // ---- the child

    private @Nullable Child childOrNull() {
        Object now = state.get();
        if (now == Phase.CLOSED) {
            throw new IllegalStateException("the process is closed");
        }
        return now instanceof Child child ? child : null;
    }

    @Override
    Child child(String what) {
        Child child = childOrNull();
        if (child == null) {
            throw new IllegalStateException("a process cannot be " + what + " before it is started");
        }
        return child;
    }

    @Override
    boolean join(long deadlineNanos) throws InterruptedException {
        Child child = child("joined");
        CompletableFuture<?> note = told;
        boolean over = child.join(deadlineNanos);
        if (over && note != null) {
            note.join(); // does not wait for anything: who joins finds the end told and the child gone from the
            // active ones
        }
        return over;
    }

    @Override
    boolean isAlive() {
        Child child = childOrNull();
        return child != null && !child.ended().isDone();
    }

    @Override
    OptionalLong pid() {
        Child child = childOrNull();
        return child == null ? OptionalLong.empty() : OptionalLong.of(child.pid());
    }

    @Override
    OptionalInt exitcode() {
        Child child = childOrNull();
        return child == null ? OptionalInt.empty() : child.exitCode();
    }

    @Override
    Waitable sentinel() {
        return new Sentinel(child("waited for"));
    }

    /** Ready when the child has ended. */
    private record Sentinel(Child child) implements Waitable, Watchable {

        @Override
        public boolean isReady() {
            return child.ended().isDone();
        }

        @Override
        public boolean await(Duration timeout) throws InterruptedException {
            return child.join(deadline(timeout));
        }

        @Override
        public @Nullable WaitPoint place() {
            return null;
        }

        @Override
        public Set<Parking.Sleeper> watchers() {
            return child.watchers();
        }
    }

    @Override
    void terminate() {
        child("terminated").terminate();
    }

    @Override
    void kill() {
        child("killed").kill();
    }

    @Override
    void interrupt() {
        child("interrupted").interrupt();
    }

    @Override
    void close() {
        Object now = state.get();
        if (now == Phase.STARTING
                || (now instanceof Child child && !child.ended().isDone())) {
            throw new IllegalStateException("a process that runs cannot be closed; join, terminate or kill it first");
        }
        state.compareAndSet(now, Phase.CLOSED);
    }

    @Override
    boolean isStarted() {
        return state.get() instanceof Child;
    }

    @Override
    String state() {
        Object now = state.get();
        if (now instanceof Child child) {
            OptionalInt code = child.exitCode();
            return "pid=" + child.pid() + " parent=" + creator
                    + (code.isEmpty() ? " started" : " stopped exitcode=" + code.getAsInt());
        }
        return now == Phase.CLOSED ? "closed" : "initial";
    }

    // ---- waiting

    static long deadline(Duration timeout) {
        return Deadlines.after(timeout);
    }

    static boolean await(Future<?> end, long deadlineNanos) throws InterruptedException {
        try {
            if (deadlineNanos == Deadlines.NEVER) {
                end.get();
            } else {
                end.get(Math.max(0, Deadlines.left(deadlineNanos)), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process does not fail", e);
        }
    }
}
