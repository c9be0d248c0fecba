package offspring.multiprocessing.internal.launch;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.IntConsumer;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.codec.Codec;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * The main program of every child JVM.
 *
 * <pre>
 *   read the bootstrap record ─► tether ─► attach to the session ─► decode the work ─► run it ─► exit code
 * </pre>
 *
 * <p>One that stands by attaches to the session first, prepares itself, and reads a second record, with which it goes on as above. While it
 * waits for that, its main thread is its tether.
 *
 * <p>Exit codes: 0 when the work returned; 1 when it threw, with the stack trace on standard error; what the work gave to
 * {@code System.exit}; {@value #CANNOT_START} when there was no work to run: no record, a record of another version, or work that
 * cannot be decoded here.
 *
 * <p>This path is what each start costs, so there are no lambdas, no string formatting and no logging on it.
 */
public final class ChildMain {

    /** The exit code of a child that did not come as far as running its work. */
    static final int CANNOT_START = 1;

    private static volatile @Nullable Bootstrap bootstrap;
    private static volatile boolean decoding;
    /** From where a process that stands by will read what it is to do; null in others, and later. */
    private static volatile @Nullable InputStream standbyInput;

    private ChildMain() {}

    /** The record that this process was started with; null in a process that was not started by the library. */
    public static @Nullable Bootstrap bootstrap() {
        return bootstrap;
    }

    /** Whether this process is a child that has not yet begun with its work: a class initializer may be running. */
    public static boolean isDecoding() {
        return decoding;
    }

    /**
     * From now on {@linkplain Child#signal signals} of the parent go to this listener, and none interrupts the main thread by
     * itself. It runs on the tether's thread and must not block, nor throw.
     */
    public static void onSignal(IntConsumer listener) {
        Tether.listen(listener);
    }

    /** Whether this process stands by, is still preparing itself, and has been given its work already: then it is prepared enough. */
    public static boolean isAwaited() throws IOException {
        InputStream in = standbyInput;
        return in != null && in.available() > 0;
    }

    /** Walks the way to the end of the process as far as that changes nothing, so that it is known when it is needed. */
    public static void rehearseEnd() throws IOException {
        ExitDuties.rehearse();
    }

    /**
     * Runs a child. Not for users.
     *
     * @param args none
     */
    public static void main(String[] args) {
        InputStream in = new FileInputStream(FileDescriptor.in);
        @Nullable Bootstrap record;
        CheckedRunnable work;
        try {
            record = Bootstrap.read(in);
            if (record == null) {
                exit(CANNOT_START); // the parent is gone, and nobody is there who would want to hear of it
                return;
            }
            if (record.standsBy()) {
                record = Standby.await(record, in);
                if (record == null) {
                    return;
                }
            }
            new Tether(in, java.lang.Thread.currentThread(), record.parentPid()).start();
            System.setIn(InputStream.nullInputStream());
            bootstrap = record;
            Session session = Session.existing();
            if (session == null) {
                session = Session.attach(Path.of(record.directory()), record.identity(), true);
            }
            session.setRunning();
            if (!ExitDuties.tryInstall()) {
                return; // told to end before it could begin
            }
            decoding = true;
            work = (CheckedRunnable) Objects.requireNonNull(Work.decode(record.work()), "work");
            decoding = false;
        } catch (Throwable failure) {
            report("A child process cannot begin:", failure);
            exit(CANNOT_START);
            return;
        }
        run(record, work);
    }

    private static void run(Bootstrap record, CheckedRunnable work) {
        try {
            work.runChecked();
        } catch (Throwable failure) {
            report("Process " + record.name() + ":", failure);
            waitForOtherThreads();
            exit(1);
        }
        // Else the end of the last thread that is no daemon ends the JVM, as everywhere in Java.
    }

    /** Where the work has broken the standard error, nobody hears of its failure; it must not change the exit code. */
    private static void report(String headline, Throwable failure) {
        try {
            PrintStream err = System.err;
            err.println(headline);
            failure.printStackTrace(err);
            err.flush();
        } catch (RuntimeException unheard) {
            failure.addSuppressed(unheard);
        }
    }

    /** A failed main thread does not cut the others short: they end first, as Python's do. */
    private static void waitForOtherThreads() {
        for (java.lang.Thread other = findOther(); other != null; other = findOther()) {
            try {
                other.join();
            } catch (InterruptedException e) {
                return; // asked to hurry
            }
        }
    }

    private static java.lang.@Nullable Thread findOther() {
        ThreadGroup group = java.lang.Thread.currentThread().getThreadGroup();
        java.lang.Thread[] threads = new java.lang.Thread[group.activeCount() * 2 + 16];
        int count = group.enumerate(threads, true);
        for (int i = 0; i < count; i++) {
            if (threads[i] != java.lang.Thread.currentThread() && !threads[i].isDaemon()) {
                return threads[i];
            }
        }
        return null;
    }

    @SuppressWarnings("SystemExitOutsideMain")
    private static void exit(int code) {
        System.exit(code);
    }

    /** A child that is started ahead of its work; its own class, so that others do not load it. */
    private static final class Standby {

        /** Prepares this JVM for any work, and waits for the record of its own; null if it was told to end. */
        static @Nullable Bootstrap await(Bootstrap first, InputStream in) throws IOException {
            System.setIn(InputStream.nullInputStream());
            Session session = Session.attach(Path.of(first.directory()), first.identity(), false);
            if (!ExitDuties.tryInstall()) {
                return null;
            }
            standbyInput = in;
            prepare(first);
            standbyInput = null;
            session.setStandby();
            @Nullable Bootstrap record;
            try {
                record = Bootstrap.read(in);
            } catch (EOFException killedWhileItWrote) {
                record = null;
            }
            if (record == null) {
                Tether.leave();
            }
            return record;
        }

        /** A JVM that is badly prepared is slow, not wrong. */
        private static void prepare(Bootstrap first) {
            try {
                ((CheckedRunnable) Objects.requireNonNull(Work.decode(first.work()), "preparation")).runChecked();
            } catch (Exception e) {
                Logs.of(ChildMain.class).debug("this process could not prepare itself", e);
            }
            java.lang.Thread.interrupted();
        }
    }

    /** Where the work is decoded; its own class, so that nothing of the codec is loaded before the tether is up. */
    private static final class Work {

        static @Nullable Object decode(byte[] bytes) throws IOException {
            return new Codec(ChildMain.class.getClassLoader()).decode(bytes);
        }
    }
}
