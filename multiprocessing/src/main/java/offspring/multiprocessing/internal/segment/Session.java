package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import offspring.core.internal.Logs;
import org.jspecify.annotations.Nullable;

/**
 * The family that this process belongs to: a root, its children, their children, and what they share.
 *
 * <p>The root makes the session at its first use of the library; a child {@linkplain #attach attaches} to it with what its
 * bootstrap record says. There is one session per process and library.
 */
public final class Session {

    private static final String TABLE = "processes";
    private static final ReentrantLock MAKING = new ReentrantLock();
    private static volatile @Nullable Session current;
    /** Whether the exit duties end the session, after the children; else it has to do that by itself. */
    private static volatile boolean endIsCaredFor;

    private final Path directory;
    /** The same directory in the process that made it; null in a child. */
    private final @Nullable SessionDirectory owned;

    private final long self;
    /** How a child tells of itself while it has not mapped the table; null where it has to. */
    private final @Nullable Attendance attendance;
    /** Set before the session can be seen, or when first asked for. */
    private volatile @Nullable ProcessTable processes;

    private volatile @Nullable Holdings holdings;
    private volatile @Nullable Path ownFolder;

    private Session(SessionDirectory owned, ProcessTable processes, long self) {
        this.directory = owned.path();
        this.owned = owned;
        this.processes = processes;
        this.self = self;
        this.attendance = null;
    }

    private Session(Path directory, @Nullable ProcessTable processes, @Nullable Attendance attendance, long self) {
        this.directory = directory;
        this.owned = null;
        this.processes = processes;
        this.self = self;
        this.attendance = attendance;
    }

    /**
     * The session of this process, made if there is none yet.
     *
     * @throws IOException if its directory cannot be made
     */
    public static Session current() throws IOException {
        Session known = current;
        if (known != null) {
            return known;
        }
        MAKING.lock();
        try {
            known = current;
            if (known == null) {
                known = makeRoot();
                current = known;
            }
            return known;
        } finally {
            MAKING.unlock();
        }
    }

    /** The session of this process, if it has one. */
    public static @Nullable Session existing() {
        return current;
    }

    private static Session makeRoot() throws IOException {
        SessionDirectory directory = SessionDirectory.create();
        ProcessTable processes = makeTable(directory);
        try {
            long self = processes.take(0);
            processes.setPid(self, ProcessHandle.current().pid());
            processes.setState(self, ProcessTable.RUNNING);
            Session session = new Session(directory, processes, self);
            Runtime.getRuntime().addShutdownHook(new java.lang.Thread(session::endUncaredFor, "offspring-end"));
            java.lang.Thread sweeper = new java.lang.Thread(null, directory::sweepStale, "offspring-sweep", 1 << 18);
            sweeper.setDaemon(true);
            sweeper.start();
            return session;
        } catch (IOException | IllegalStateException e) { // the latter: the JVM is shutting down
            directory.remove();
            throw e;
        }
    }

    private static ProcessTable makeTable(SessionDirectory directory) throws IOException {
        try {
            return ProcessTable.create(directory.path().resolve(TABLE));
        } catch (IOException e) {
            directory.removeEmpty();
            throw e;
        }
    }

    /**
     * Makes this process the child {@code self} of the session in {@code directory}. Called once, by the child's main, which says next
     * that the child {@linkplain #setRunning runs} or {@linkplain #setStandby stands by}.
     *
     * @param hurried whether it is to map memory in the way that is cheaper to begin with
     */
    public static Session attach(Path directory, long self, boolean hurried) throws IOException {
        if (hurried) {
            Mapping.forAChild();
        }
        Session session = Attendance.isPossible()
                ? new Session(directory, null, Attendance.open(directory.resolve(TABLE), self), self)
                : new Session(directory, ProcessTable.open(directory.resolve(TABLE)), null, self);
        current = session;
        return session;
    }

    /** This child says that it has read what it is to do. */
    public void setRunning() throws IOException {
        setState(ProcessTable.RUNNING);
    }

    /** This child says that it waits for what it is to do. */
    public void setStandby() throws IOException {
        setState(ProcessTable.STANDBY);
    }

    private void setState(int state) throws IOException {
        if (attendance == null) {
            processes().setState(self, state);
        } else {
            attendance.setState(state);
        }
    }

    /** Where the shared files are. */
    public Path directory() {
        return directory;
    }

    /**
     * Who is alive.
     *
     * @throws UncheckedIOException if this child needs the table for the first time, and it cannot be mapped
     */
    public ProcessTable processes() {
        ProcessTable known = processes;
        if (known != null) {
            return known;
        }
        MAKING.lock();
        try {
            known = processes;
            if (known == null) {
                known = ProcessTable.open(directory.resolve(TABLE));
                processes = known;
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the process table of " + directory + " cannot be mapped (" + e.getMessage()
                            + "); check the limits on open files and memory",
                    e);
        } finally {
            MAKING.unlock();
        }
    }

    /** What this process holds of the session's small shared objects. */
    public Holdings holdings() {
        Holdings known = holdings;
        if (known != null) {
            return known;
        }
        MAKING.lock();
        try {
            known = holdings;
            if (known == null) {
                known = new Holdings(this);
                holdings = known;
            }
            return known;
        } finally {
            MAKING.unlock();
        }
    }

    /** This child says, last of all: I end by myself, with the code that the system will report; or because of this signal. */
    public void reportEnd(int signal) {
        Attendance mine = attendance;
        if (mine == null) {
            processes().report(self, signal);
            return;
        }
        try {
            mine.report(ProcessTable.report(signal));
        } catch (IOException e) {
            Logs.of(Session.class).debug("{} cannot be told how this process ends", directory, e);
        }
    }

    /** Reports nothing, in the way of {@link #reportEnd}. */
    public void rehearseEnd() throws IOException {
        if (attendance != null) {
            attendance.report(0);
        }
    }

    /** Does what the {@link #end} of a root does, to a directory made for that. */
    public void rehearseRemoval() throws IOException {
        if (owned != null) {
            owned.rehearseRemoval();
        }
    }

    /** The identity of this process. */
    public long self() {
        return self;
    }

    /** Whether this process made the session, and ends it. */
    public boolean isRoot() {
        return owned != null;
    }

    /** The private folder of a process: its crash log and whatever else must not outlive it. */
    public Path folderOf(long identity) {
        return directory.resolve("child-" + ProcessTable.slotOf(identity) + "-" + ProcessTable.generationOf(identity));
    }

    /** The private folder of this process, where it makes what others shall not see yet: it goes with the process, however that ends. */
    public Path ownFolder() throws IOException {
        Path known = ownFolder;
        if (known == null) {
            known = Files.createDirectories(folderOf(self));
            ownFolder = known;
        }
        return known;
    }

    private void endUncaredFor() {
        if (!endIsCaredFor) {
            end();
        }
    }

    /** Says that the caller ends the session when the JVM ends. One that never has children is ended without it. */
    public static void careForEnd() {
        endIsCaredFor = true;
    }

    /** Removes the session's files. Called by the root when it ends; the process does not use the session again. */
    public void end() {
        if (owned != null) {
            owned.remove();
        }
    }

    @Override
    public String toString() {
        return "Session[" + directory + ", self=" + Long.toHexString(self) + "]";
    }
}
