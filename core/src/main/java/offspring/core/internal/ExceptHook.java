package offspring.core.internal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.BiConsumer;
import offspring.core.Thread;
import offspring.core.ThreadExitException;
import org.jspecify.annotations.Nullable;

/**
 * Where the exceptions go that nobody caught in a thread. One hook serves all threads; it is looked up when a thread
 * fails, so that a change counts for threads that run already.
 */
public final class ExceptHook {

    private static volatile BiConsumer<Throwable, @Nullable Thread> hook = ExceptHook::print;

    private ExceptHook() {}

    /** The hook in force. */
    public static BiConsumer<Throwable, @Nullable Thread> installed() {
        return hook;
    }

    /** Puts another hook in force. */
    public static void install(BiConsumer<Throwable, @Nullable Thread> other) {
        hook = other;
    }

    /**
     * Hands a failure to the hook. If the hook itself fails, says so and hands the new exception, with the first one
     * suppressed in it, to the handler that the JVM has for uncaught exceptions.
     */
    public static void handle(Throwable failure, Thread thread) {
        try {
            hook.accept(failure, thread);
        } catch (Throwable second) {
            if (second != failure) {
                second.addSuppressed(failure);
            }
            write("Exception in Threading.excepthook:" + System.lineSeparator());
            java.lang.Thread current = java.lang.Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, second);
        }
    }

    /**
     * The hook a program starts with: prints name and stack trace in one piece, so that two failing threads do not mix
     * their lines, and keeps silent about {@link ThreadExitException}.
     */
    public static void print(Throwable failure, @Nullable Thread thread) {
        if (failure instanceof ThreadExitException) {
            return;
        }
        StringWriter text = new StringWriter();
        try (PrintWriter printer = new PrintWriter(text)) {
            String who = thread != null
                    ? thread.name()
                    : Long.toString(java.lang.Thread.currentThread().getId());
            printer.println("Exception in thread " + who + ":");
            failure.printStackTrace(printer);
        }
        write(text.toString());
    }

    /** A program may have set its standard error stream to null; then there is nobody to tell. */
    private static void write(String text) {
        PrintStream err = System.err;
        if (err != null) {
            err.print(text);
            err.flush();
        }
    }
}
