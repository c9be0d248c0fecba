package offspring.multiprocessing.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.launch.archive.ClassArchive;
import offspring.multiprocessing.internal.launch.diagnosis.CaseFile;
import offspring.multiprocessing.internal.launch.diagnosis.CrashLog;
import offspring.multiprocessing.internal.launch.options.Inheritance;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM, seen from its parent: started, told to stop, and buried by its {@link Attendant}.
 *
 * <pre>
 *   reserve ──start──► has its work ──────────────────► ended
 *   standBy ─────────► stands by ──handOver──► has its work
 *                          └──dismiss──► ended
 * </pre>
 *
 * <p>A child that <b>stands by</b> has been started for nothing in particular and waits for its second record. Until then it is none of
 * the user's; nobody but the reserve that keeps it knows of it.
 */
public final class Child {

    /** A record of up to this length fits into the pipe of a child that stands by and reads nothing. */
    private static final int SHORT_RECORD = 1 << 14;

    /** What was started with the children shall come first. */
    private static final long SETTLING_NANOS = 1_000_000_000L;

    /** The lowest number that a signal of a floor above may have. */
    public static final int FIRST_SIGNAL = 16;

    private final Session session;
    private final CaseFile caseFile;
    private final long identity;
    private final Process process;
    private final ChildInput input;
    private final Attendant attendant;
    /** Replaced once, when a child that stands by gets its work. */
    private volatile LaunchSpec spec;

    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    /** Threads that wait for the end beside other things. */
    private final Set<Parking.Sleeper> watchers = ConcurrentHashMap.newKeySet();
    /** Written by the attendant before {@link #ended} is completed. */
    private volatile @Nullable CrashLog crash;
    /** Whether the child had prepared itself and waited for its work when it ended. */
    private volatile boolean endedIdle;
    /** Whether the child was told to end. */
    private volatile boolean terminated;

    private Child(Session session, LaunchSpec spec, CaseFile caseFile, long identity, Started started) {
        this.session = session;
        this.spec = spec;
        this.caseFile = caseFile;
        this.identity = identity;
        this.process = started.process;
        this.input = new ChildInput(process.getOutputStream(), started.record);
        this.attendant = new Attendant(session, this, process, input, started.command);
    }

    /** What the system was told, and what the child will be. */
    private record Started(Process process, List<String> command, byte[] record) {}

    /**
     * Takes a slot for a child that is about to be started. From here on the child counts as alive; it must be {@linkplain
     * #start started} or {@linkplain #forget forgotten}.
     */
    public static long reserve() throws IOException {
        ExitDuties.install();
        Session session = Session.current();
        return session.processes().take(session.self());
    }

    /** Gives the slot back of a child that will not be started. */
    public static void forget(long identity) throws IOException {
        Session.current().processes().free(identity);
        Parking.current().wakeAll();
    }

    /** Whether this JVM shuts down, so that no child can be started any more. */
    public static boolean isTooLate() {
        return ExitDuties.haveBegun();
    }

    /**
     * Starts the child that was {@linkplain #reserve reserved}.
     *
     * @param bootstrap what the child reads first
     * @throws IOException if the system cannot start it; the slot is given back then
     */
    public static Child start(LaunchSpec spec, Bootstrap bootstrap) throws IOException {
        Session session = Session.current();
        long identity = bootstrap.identity();
        Path folder = session.folderOf(identity);
        CaseFile caseFile = null;
        try {
            byte[] record = bootstrap.toBytes();
            Files.createDirectory(folder);
            caseFile = CaseFile.open(spec.name(), spec.diagnostics());
            List<String> command = CommandLine.of(spec, folder, caseFile.arguments());
            Started started = new Started(launch(spec, command), command, record);
            Child child = new Child(session, spec, caseFile, identity, started);
            session.processes().setPid(identity, child.process.pid());
            Children.add(child);
            caseFile.started(child.pid(), command);
            if (!bootstrap.standsBy()) {
                child.attendant.pump(spec);
            }
            child.attendant.start();
            return child;
        } catch (IOException | RuntimeException e) {
            if (caseFile != null) {
                caseFile.close();
            }
            try {
                SessionDirectory.removeTree(folder);
            } catch (IOException stays) { // until the session ends; the cause of all is more important
                e.addSuppressed(stays);
            }
            forget(identity);
            throw e;
        }
    }

    /**
     * Has an archive of classes made for children like that, if this was the child after which it is worth while. Nobody waits for it.
     *
     * @param rehearsal encoded work that does what children do, and ends
     */
    public static void rehearse(LaunchSpec spec, Supplier<byte[]> rehearsal) {
        ClassArchive archive = CommandLine.archiveOf(spec);
        if (archive.isWanted()) {
            java.lang.Thread maker = new java.lang.Thread(
                    null,
                    () -> {
                        LockSupport.parkNanos(SETTLING_NANOS);
                        archive.make(args -> startUnseen(spec.archiving(args), rehearsal.get()));
                    },
                    "offspring-class-archive",
                    1 << 19);
            maker.setDaemon(true);
            maker.start();
        }
    }

    private static CompletableFuture<Integer> startUnseen(LaunchSpec spec, byte[] work) throws IOException {
        return start(spec, unseen(spec.name(), Bootstrap.DAEMON, work)).ended();
    }

    /**
     * Starts a child that prepares itself and then waits to be {@linkplain #handOver handed} its work.
     *
     * @param spec what it will have in common with the process that it becomes; of {@link LaunchSpec#standby()}
     * @param preparation encoded work that makes it load and link what its real work may need
     * @throws IOException if it cannot be started
     */
    public static Child standBy(LaunchSpec spec, byte[] preparation) throws IOException {
        return start(spec, unseen(spec.name(), Bootstrap.DAEMON | Bootstrap.STANDS_BY, preparation));
    }

    private static Bootstrap unseen(String name, int flags, byte[] work) throws IOException {
        return new Bootstrap(
                Session.current().directory().toString(),
                reserve(),
                name,
                ProcessHandle.current().pid(),
                name,
                flags,
                new int[] {0},
                new byte[0],
                work);
    }

    /** Whether it has prepared itself, and would begin with its work at once. */
    public boolean isPrepared() {
        return session.processes().isStandingBy(identity);
    }

    /** Whether it had prepared itself, and still waited for its work when it ended. */
    public boolean wasPrepared() {
        return endedIdle;
    }

    /**
     * Gives its work to a child that stands by. From here on it is like any other.
     *
     * @param as what it was started with, and its own name and where its lines go
     * @throws ChildGoneException if it has ended meanwhile
     */
    public void handOver(LaunchSpec as, Bootstrap bootstrap) throws IOException {
        byte[] record = bootstrap.toBytes();
        spec = as;
        attendant.rename();
        if (ended.isDone()) {
            throw new ChildGoneException(as.name(), new IOException("its end has been seen"));
        }
        attendant.pump(as); // before it can print anything
        try {
            if (!input.queue(record)) {
                return; // the attendant still writes the first one, and goes on
            }
            if (record.length <= SHORT_RECORD) {
                input.write();
                return;
            }
        } catch (IOException e) {
            throw new ChildGoneException(as.name(), e);
        }
        java.lang.Thread carrier = new java.lang.Thread(null, this::carry, "offspring-record of " + as.name(), 1 << 18);
        carrier.setDaemon(true);
        carrier.start();
    }

    private void carry() {
        try {
            input.write();
        } catch (IOException e) { // it has ended; its exit code tells
            Logs.of(Child.class).debug("{} did not read its bootstrap record", name(), e);
        }
    }

    /** Ends a child that stands by. */
    public void dismiss() {
        killAlone();
    }

    private static Process launch(LaunchSpec spec, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Inheritance.clean(builder.environment());
        builder.environment().putAll(spec.environment());
        if (spec.directory() != null) {
            builder.directory(spec.directory().toFile());
        }
        builder.redirectOutput(spec.output().redirect());
        builder.redirectError(spec.errors().redirect());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "cannot start process " + spec.name() + " with " + spec.java() + ": " + e.getMessage()
                            + "; check that this file is there and can be run, that the working directory exists, and that"
                            + " the limits on processes and open files are not reached",
                    e);
        }
    }

    // ---- what the parent can do

    /** The child's name. */
    public String name() {
        return spec.name();
    }

    /** Whether the child is ended, not waited for, when this process ends. */
    public boolean isDaemon() {
        return spec.daemon();
    }

    /** Whether it was told to end. */
    boolean wasTerminated() {
        return terminated;
    }

    /** What is kept of the child. */
    CaseFile caseFile() {
        return caseFile;
    }

    /** Called by the attendant, before {@link #end}. */
    void endedWhilePrepared() {
        endedIdle = true;
    }

    /** Called by the attendant when the child is gone and its slot free. */
    void end(int code) {
        Children.remove(this);
        ended.complete(code);
        watchers.forEach(Parking.Sleeper::wake);
    }

    /** Called by the attendant. */
    void crashed(CrashLog log) {
        crash = log;
    }

    /** Whether the child is none of the user's, and is killed at the end. */
    boolean isUnseen() {
        return spec.purpose() != LaunchSpec.Purpose.WORK;
    }

    /** The child's identity in the session. */
    public long identity() {
        return identity;
    }

    /** The number that the system gave to the child. */
    public long pid() {
        return process.pid();
    }

    /** Completed with the exit code when the child is gone and its slot is free. */
    public CompletableFuture<Integer> ended() {
        return ended;
    }

    /** The sleepers in this set are woken when the child has ended. */
    public Set<Parking.Sleeper> watchers() {
        return watchers;
    }

    /** The exit code, once the child has ended. */
    public OptionalInt exitCode() {
        return ended.isDone() ? OptionalInt.of(ended.join()) : OptionalInt.empty();
    }

    /** Waits for the end of the child; says whether it has come. */
    public boolean join(long deadlineNanos) throws InterruptedException {
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            if (deadlineNanos == Deadlines.NEVER) {
                ended.get();
            } else {
                ended.get(Math.max(0, Deadlines.left(deadlineNanos)), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an attendant never fails", e);
        }
    }

    /** Asks the child to end: SIGTERM. Its streams stay open, unlike with {@link Process#destroy()}. */
    public void terminate() {
        terminated = true;
        process.toHandle().destroy();
    }

    /** Ends the child and all its descendants: SIGKILL. */
    public void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.toHandle().destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends the child: SIGKILL. Its descendants then end by their tethers. */
    void killAlone() {
        process.toHandle().destroyForcibly();
    }

    /** Asks the child to interrupt its main thread. */
    public void interrupt() {
        signal(Tether.INTERRUPT);
    }

    /**
     * Sends one byte to the child, for the listener of its work; see {@link ChildMain#onSignal}.
     *
     * @param code {@value #FIRST_SIGNAL} or more
     */
    public void signal(int code) {
        try {
            input.give((byte) code);
        } catch (IOException e) {
            Logs.of(Child.class).debug("{} has ended; nobody hears signal {}", name(), code, e);
        }
    }

    /** What the child's JVM wrote when it crashed; null if it did not crash, or has not ended. */
    public @Nullable CrashLog crash() {
        return crash;
    }

    /** The child's own folder, which is removed when it has ended. */
    public Path folder() {
        return session.folderOf(identity);
    }

    @Override
    public String toString() {
        return "Child[" + spec.name() + ", pid=" + pid() + ", slot=" + ProcessTable.slotOf(identity) + "]";
    }
}
