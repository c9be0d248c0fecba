package offspring.multiprocessing.internal.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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
import offspring.multiprocessing.internal.launch.archive.ClassArchive;
import offspring.multiprocessing.internal.launch.options.Inheritance;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.ring.PipeFile;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A child JVM, seen from its parent: started, told to stop, and buried.
 *
 * <p>Each child has an <b>attendant</b>, a daemon thread that hands it its bootstrap record (which may be larger than a pipe
 * holds), waits for its end, works out the exit code, frees its slot in the process table and wakes whoever may have waited
 * for something that the child held.
 */
public final class Child {

    private static final int CRASH_LOG_LINES = 30;
    private static final long ORPHANS_LINGER_NANOS = 2_000_000_000L;

    private static final int SIGTERM = 15;

    /** What was started with the children shall come first. */
    private static final long SETTLING_NANOS = 1_000_000_000L;

    /** The lowest number that a signal of a floor above may have. */
    public static final int FIRST_SIGNAL = 16;

    private final Session session;
    private final LaunchSpec spec;
    private final long identity;
    private final Process process;
    private final List<LinePump> pumps = new ArrayList<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    /** Threads that wait for the end beside other things. */
    private final Set<java.lang.Thread> watchers = ConcurrentHashMap.newKeySet();
    /** Written by the attendant before it completes {@link #ended}. */
    private volatile @Nullable Path crashLog;
    /** Whether the child was told to end. */
    private volatile boolean terminated;

    private Child(Session session, LaunchSpec spec, long identity, Process process) {
        this.session = session;
        this.spec = spec;
        this.identity = identity;
        this.process = process;
    }

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
        try {
            byte[] record = bootstrap.toBytes();
            Files.createDirectory(folder);
            List<String> command = CommandLine.of(spec, folder);
            Child child = new Child(session, spec, identity, launch(spec, command));
            session.processes().setPid(identity, child.process.pid());
            Children.add(child);
            child.attend(record, command);
            return child;
        } catch (IOException | RuntimeException e) {
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
                        archive.make(args -> startUnseen(spec.unseen("class archive", args), rehearsal.get()));
                    },
                    "offspring-class-archive",
                    1 << 19);
            maker.setDaemon(true);
            maker.start();
        }
    }

    private static CompletableFuture<Integer> startUnseen(LaunchSpec spec, byte[] work) throws IOException {
        long identity = reserve();
        Bootstrap bootstrap = new Bootstrap(
                Session.current().directory().toString(),
                identity,
                spec.name(),
                ProcessHandle.current().pid(),
                spec.name(),
                true,
                new int[] {0},
                new byte[0],
                work);
        return start(spec, bootstrap).ended();
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

    private void attend(byte[] record, List<String> command) {
        pump(process.getInputStream(), spec.output(), "stdout");
        pump(process.getErrorStream(), spec.errors(), "stderr");
        java.lang.Thread attendant = new java.lang.Thread(
                null, () -> attendTo(record, command), "offspring-attendant of " + spec.name(), 1 << 19);
        attendant.setDaemon(true);
        attendant.start();
    }

    private void pump(java.io.InputStream from, Output output, String stream) {
        if (output.lines() != null) {
            Charset letters = Inheritance.charsetOf(stream, spec.systemProperties());
            pumps.add(LinePump.start(from, letters, output.lines(), stream + " of " + spec.name()));
        }
    }

    // ---- the attendant

    private void attendTo(byte[] record, List<String> command) {
        int code = -1;
        try {
            sendRecord(record);
            code = exitCode(waitForExit());
            boolean began = session.processes().isRunning(identity);
            declareDead(identity); // before anything that takes time: others may wait for what it held
            drainPumps();
            reportBadEnd(code, began, command);
        } finally {
            bury(code);
        }
    }

    /**
     * Python's exit code. A JVM that is told to end while it is still initializing itself may call that a failure of its own (25 does,
     * and says 1), but its end is what was asked for.
     */
    private int exitCode(int status) {
        boolean failedToBegin = status > 0 && !session.processes().isRunning(identity);
        return failedToBegin && terminated ? -SIGTERM : session.processes().exitCode(identity, status);
    }

    /** A child that died before it read everything says why by its exit code and on its standard error. */
    private void sendRecord(byte[] record) {
        try {
            OutputStream tether = process.getOutputStream();
            tether.write(record);
            tether.flush();
        } catch (IOException e) {
            LoggerFactory.getLogger(Child.class).debug("{} did not read its bootstrap record", spec.name(), e);
        }
    }

    private int waitForExit() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt an attendant; the child must be buried all the same.
                LoggerFactory.getLogger(Child.class).debug("the attendant of {} was interrupted", spec.name());
            }
        }
    }

    /** A line that the child printed is delivered before its end is told; a grandchild that holds the pipe delays nothing. */
    private void drainPumps() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        for (LinePump pump : pumps) {
            try {
                pump.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                LoggerFactory.getLogger(Child.class).debug("the attendant of {} was interrupted", spec.name());
            }
        }
    }

    private void reportBadEnd(int code, boolean began, List<String> command) {
        Path crash = CommandLine.crashLog(session.folderOf(identity));
        if (Files.exists(crash)) {
            LoggerFactory.getLogger(Child.class)
                    .warn("the JVM of process {} crashed (exit code {}): {}", spec.name(), code, head(crash));
            crashLog = kept(crash);
        } else if (code > 0 && !began) {
            LoggerFactory.getLogger(Child.class)
                    .warn(
                            "process {} ended with exit code {} before it could begin; its standard error says why."
                                    + " The command was {}",
                            spec.name(),
                            code,
                            command);
        }
    }

    /** A copy of the log outside the session, which is about to be removed; null if there is no room. */
    private @Nullable Path kept(Path crash) {
        Path copy = Path.of(System.getProperty("java.io.tmpdir"), "offspring-crash-" + process.pid() + ".log");
        try {
            return Files.copy(crash, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LoggerFactory.getLogger(Child.class).warn("the crash log of {} cannot be kept", spec.name(), e);
            return null;
        }
    }

    private static String head(Path crash) {
        try {
            List<String> lines = Files.readAllLines(crash, Charset.defaultCharset());
            return String.join(System.lineSeparator(), lines.subList(0, Math.min(CRASH_LOG_LINES, lines.size())));
        } catch (IOException e) {
            return "its log cannot be read: " + e;
        }
    }

    private void bury(int code) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LoggerFactory.getLogger(Child.class).trace("the tether of {} was broken already", spec.name(), e);
        }
        declareDead(identity);
        removeFilesOf(identity);
        Children.remove(this);
        ended.complete(code);
        watchers.forEach(Parking::wake);
        buryOrphansOf(identity);
        PipeFile.removeUnheld(session);
        session.holdings().removeUnheldFiles();
        Parking.tidy(); // last: the system may close what the dead had open a moment after it has told of the death
    }

    /** The process is gone: so goes its slot, and whoever may have waited for it looks again. May be repeated. */
    private void declareDead(long dead) {
        if (session.processes().isAlive(dead)) {
            session.processes().free(dead);
            wakeEverybody();
        }
    }

    private void removeFilesOf(long dead) {
        try {
            SessionDirectory.removeTree(session.folderOf(dead));
            Files.deleteIfExists(Parking.bellOf(session, dead));
        } catch (IOException e) {
            LoggerFactory.getLogger(Child.class).debug("files of {} stay until the session ends", dead, e);
        }
    }

    /** What the child has left behind leaves by itself, since its tether is gone; its slots are freed when it has. */
    private void buryOrphansOf(long parent) {
        session.processes().forEachChildOf(parent, orphan -> {
            awaitEndOf(session.processes().pid(orphan));
            declareDead(orphan);
            removeFilesOf(orphan);
            buryOrphansOf(orphan);
        });
    }

    private static void awaitEndOf(long pid) {
        long deadline = System.nanoTime() + ORPHANS_LINGER_NANOS;
        while (pid != 0 && isThere(pid) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /**
     * Whether a process runs. An orphan that has ended stays in the system's list until the foster parent asks for it, which in
     * a container may be never; then it has no program any more.
     */
    private static boolean isThere(long pid) {
        return ProcessHandle.of(pid)
                .map(orphan -> orphan.isAlive() && orphan.info().command().isPresent())
                .orElse(false);
    }

    private static void wakeEverybody() {
        try {
            Parking.current().wakeAll();
        } catch (IOException e) {
            LoggerFactory.getLogger(Child.class).debug("nobody can be waiting: there is no session", e);
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

    /** Whether the child is none of the user's, and is killed at the end. */
    boolean isUnseen() {
        return spec.unseen();
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

    /** Threads in this set are woken when the child has ended. */
    public Set<java.lang.Thread> watchers() {
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
            OutputStream tether = process.getOutputStream();
            tether.write(code);
            tether.flush();
        } catch (IOException e) {
            LoggerFactory.getLogger(Child.class).debug("{} has ended; nobody hears signal {}", spec.name(), code, e);
        }
    }

    /** The log that the child's JVM wrote when it crashed, which stays; null if it did not crash, or has not ended. */
    public @Nullable Path crashLog() {
        return crashLog;
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
