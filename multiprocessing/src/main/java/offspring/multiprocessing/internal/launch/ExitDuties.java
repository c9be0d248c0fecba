package offspring.multiprocessing.internal.launch;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.queues.Flushes;
import offspring.multiprocessing.internal.segment.Session;

/**
 * What a process does for its family when its JVM shuts down.
 *
 * <p>At a normal end, children that are daemons are terminated and the others waited for, as long as they take; at the end by
 * a signal nobody waits: all children are terminated. At a normal end the process waits, too, until what it has put into queues can be
 * read by others. Then a child reports how it ends, and the root removes the session.
 * None of this is needed after a {@code kill -9}: there the tethers end the children, and the next session removes the files.
 */
final class ExitDuties extends java.lang.Thread {

    private static final AtomicBoolean INSTALLED = new AtomicBoolean();
    private static final long PATIENCE_SECONDS = 5;

    private static volatile boolean begun;

    private ExitDuties() {
        super("offspring-exit");
    }

    /**
     * Makes sure that the duties are done at the end.
     *
     * @throws IllegalStateException if the JVM is shutting down already: too late to begin anything
     */
    static void install() {
        if (!tryInstall()) {
            throw new IllegalStateException("this JVM is shutting down; it is too late to start a process");
        }
    }

    /** Whether the JVM shuts down, so that no process can be started any more. */
    static boolean haveBegun() {
        return begun;
    }

    /** Makes sure that the duties are done at the end; false if the JVM is shutting down already. */
    static boolean tryInstall() {
        if (begun) {
            return false;
        }
        if (!INSTALLED.get() && INSTALLED.compareAndSet(false, true)) {
            try {
                Runtime.getRuntime().addShutdownHook(new ExitDuties());
            } catch (IllegalStateException shuttingDown) {
                begun = true;
                return false;
            }
            Session.careForEnd();
            if (ExitDuties.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
                loadAll();
            }
        }
        return true;
    }

    /** Loads the classes that the duties need: a host may close the class loader it has made before this JVM ends. */
    private static void loadAll() {
        try {
            MethodHandles.Lookup here = MethodHandles.lookup();
            for (Class<?> needed : List.of(Children.class, Deadlines.class, Flushes.class, Logs.class, Parking.class)) {
                here.ensureInitialized(needed);
            }
            Signals.thatEndsThisJvm();
            Session.current().rehearseRemoval();
        } catch (IOException | IllegalAccessException e) {
            Logs.of(ExitDuties.class).debug("the end of this JVM is not prepared", e);
        }
    }

    /** Does of a child's duties what changes nothing. */
    static void rehearse() throws IOException {
        if (Signals.thatEndsThisJvm() == 0 && Children.live().isEmpty()) {
            Flushes.await();
        }
        Session.current().rehearseEnd();
        Tether.rehearse();
    }

    @Override
    public void run() {
        begun = true; // before the children are listed: one that comes later would not be waited for
        int signal = Signals.thatEndsThisJvm();
        List<Child> children = Children.live();
        if (!children.isEmpty()) {
            endChildren(children, signal != 0);
        }
        if (signal == 0) {
            Flushes.await();
        }
        Session session = Session.existing();
        if (session != null) {
            if (!session.isRoot()) {
                session.reportEnd(signal);
            }
            session.end();
            Parking.silence();
            if (!session.isRoot()) {
                Tether.loosen();
            }
        }
    }

    private static void endChildren(List<Child> children, boolean all) {
        for (Child child : children) {
            if (child.isUnseen()) {
                child.killAlone();
            } else if (all || child.isDaemon()) {
                child.terminate();
            }
        }
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Child child : children) {
            boolean terminated = all || child.isDaemon();
            if (!join(child, terminated ? patience : Deadlines.NEVER)) {
                child.kill();
                join(child, System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            }
        }
    }

    private static boolean join(Child child, long deadlineNanos) {
        try {
            return child.join(deadlineNanos);
        } catch (InterruptedException e) {
            Logs.of(ExitDuties.class).debug("told not to wait for {}", child);
            return false;
        }
    }
}
