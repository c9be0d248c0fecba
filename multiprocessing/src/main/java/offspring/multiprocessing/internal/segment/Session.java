package offspring.multiprocessing.internal.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The family that this process belongs to: a root, its children, their children, and what they share.
 *
 * <p>The root makes the session at its first use of the library; a child {@linkplain #attach attaches} to it with what its
 * bootstrap record says. There is one session per process and library.
 */
public final class Session {

    private static final ReentrantLock MAKING = new ReentrantLock();
    private static volatile @Nullable Session current;
    /** Whether the exit duties end the session, after the children; else it has to do that by itself. */
    private static volatile boolean endIsCaredFor;

    private final SessionDirectory directory;
    private final ProcessTable processes;
    private final long self;
    private final Holdings holdings;

    private Session(SessionDirectory directory, ProcessTable processes, long self) {
        this.directory = directory;
        this.processes = processes;
        this.self = self;
        this.holdings = new Holdings(this);
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
            processes.setRunning(self);
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
            return ProcessTable.create(directory.path().resolve("processes"));
        } catch (IOException e) {
            directory.removeEmpty();
            throw e;
        }
    }

    /** Makes this process the child {@code self} of the session in {@code directory}. Called once, by the child's main. */
    public static Session attach(Path directory, long self) throws IOException {
        Session session = new Session(
                SessionDirectory.attach(directory), ProcessTable.open(directory.resolve("processes")), self);
        session.processes.setRunning(self);
        current = session;
        return session;
    }

    /** Where the shared files are. */
    public Path directory() {
        return directory.path();
    }

    /** Who is alive. */
    public ProcessTable processes() {
        return processes;
    }

    /** What this process holds of the session's small shared objects. */
    public Holdings holdings() {
        return holdings;
    }

    /** The identity of this process. */
    public long self() {
        return self;
    }

    /** Whether this process made the session, and ends it. */
    public boolean isRoot() {
        return directory.isOwned();
    }

    /** The private folder of a process: its crash log and whatever else must not outlive it. */
    public Path folderOf(long identity) {
        return directory
                .path()
                .resolve("child-" + ProcessTable.slotOf(identity) + "-" + ProcessTable.generationOf(identity));
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
        if (isRoot()) {
            directory.remove();
        }
    }

    @Override
    public String toString() {
        return "Session[" + directory.path() + ", self=" + Long.toHexString(self) + "]";
    }
}
