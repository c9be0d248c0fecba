package offspring.multiprocessing.internal.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.launch.options.Inheritance;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.ring.PipeFile;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The thread that attends a child from its start to its burial: hands it its bootstrap record (which may be larger than a pipe
 * holds), waits for its end, works out the exit code, frees its slot in the process table and wakes whoever may have waited
 * for something that the child held.
 */
final class Attendant implements Runnable {

    private static final int CRASH_LOG_LINES = 30;
    private static final long ORPHANS_LINGER_NANOS = 2_000_000_000L;
    private static final int SIGTERM = 15;

    private final Session session;
    private final Child child;
    private final long identity;
    private final Process process;
    private final ChildInput input;
    private final List<String> command;
    /** Those of a child that stands by are added when it is handed its work. */
    private final List<LinePump> pumps = new CopyOnWriteArrayList<>();

    private volatile java.lang.@Nullable Thread thread;

    Attendant(Session session, Child child, Process process, ChildInput input, List<String> command) {
        this.session = session;
        this.child = child;
        this.identity = child.identity();
        this.process = process;
        this.input = input;
        this.command = command;
    }

    void start() {
        java.lang.Thread mine = new java.lang.Thread(null, this, threadName(), 1 << 19);
        mine.setDaemon(true);
        thread = mine;
        mine.start();
    }

    /** The child has got work, and with that a name, and somebody who wants to read what it prints. */
    void rename() {
        java.lang.Thread mine = thread;
        if (mine != null) {
            mine.setName(threadName());
        }
    }

    private String threadName() {
        return "offspring-attendant of " + child.name();
    }

    /** Hands on what the child prints, to where this specification says. */
    void pump(LaunchSpec spec) {
        pump(process.getInputStream(), spec, spec.output(), "stdout");
        pump(process.getErrorStream(), spec, spec.errors(), "stderr");
    }

    private void pump(InputStream from, LaunchSpec spec, Output output, String stream) {
        if (output.lines() != null) {
            Charset letters = Inheritance.charsetOf(stream, spec.systemProperties());
            Consumer<String> lines = child.caseFile().keeping(stream, output.lines());
            pumps.add(LinePump.start(from, letters, lines, stream + " of " + spec.name()));
        }
    }

    @Override
    public void run() {
        int code = -1;
        try {
            sendRecord();
            code = exitCode(waitForExit());
            boolean began = session.processes().isRunning(identity);
            if (child.isPrepared()) {
                child.endedWhilePrepared();
            }
            declareDead(identity); // before anything that takes time: others may wait for what it held
            drainPumps();
            child.caseFile().ended(code, session.folderOf(identity));
            reportBadEnd(code, began);
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
        return failedToBegin && child.wasTerminated()
                ? -SIGTERM
                : session.processes().exitCode(identity, status);
    }

    /** A child that died before it read everything says why by its exit code and on its standard error. */
    private void sendRecord() {
        try {
            input.write();
        } catch (IOException e) {
            Logs.of(Attendant.class).debug("{} did not read its bootstrap record", child.name(), e);
        }
    }

    private int waitForExit() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt an attendant; the child must be buried all the same.
                Logs.of(Attendant.class).debug("the attendant of {} was interrupted", child.name());
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
                Logs.of(Attendant.class).debug("the attendant of {} was interrupted", child.name());
            }
        }
    }

    private void reportBadEnd(int code, boolean began) {
        Path crash = CommandLine.crashLog(session.folderOf(identity));
        if (Files.exists(crash)) {
            Logs.of(Attendant.class)
                    .warn("the JVM of process {} crashed (exit code {}): {}", child.name(), code, head(crash));
            child.crashLog(kept(crash));
        } else if (code > 0 && !began && !child.isUnseen()) {
            Logs.of(Attendant.class)
                    .warn(
                            "process {} ended with exit code {} before it could begin; its standard error says why."
                                    + " The command was {}",
                            child.name(),
                            code,
                            command);
        }
    }

    /** A copy of the log outside the session, which is about to be removed; null if there is no room. */
    private @Nullable Path kept(Path crash) {
        Path keptAlready = child.caseFile().kept();
        if (keptAlready != null) {
            return keptAlready.resolve(crash.getFileName());
        }
        Path copy = Path.of(System.getProperty("java.io.tmpdir"), "offspring-crash-" + process.pid() + ".log");
        try {
            return Files.copy(crash, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Logs.of(Attendant.class).warn("the crash log of {} cannot be kept", child.name(), e);
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
            input.close();
        } catch (IOException e) {
            Logs.of(Attendant.class).trace("the tether of {} was broken already", child.name(), e);
        }
        declareDead(identity);
        removeFilesOf(identity);
        child.caseFile().close();
        child.end(code);
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
            Logs.of(Attendant.class).debug("files of {} stay until the session ends", dead, e);
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
            Logs.of(Attendant.class).debug("nobody can be waiting: there is no session", e);
        }
    }
}
