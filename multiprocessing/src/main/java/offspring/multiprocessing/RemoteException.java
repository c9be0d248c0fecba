package offspring.multiprocessing;

import java.io.Serial;
import java.util.List;
import offspring.multiprocessing.internal.codec.Failures;

/**
 * What a call threw in its worker, when that exception itself cannot travel: its class, its message and its stack trace in words. An
 * exception that can travel arrives as itself.
 *
 * <p>The stack trace is the remote one; the cause, if it could travel, is there as itself.
 *
 * @since 0.1.0
 */
public final class RemoteException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The name of the class. */
    private final String className;

    /** All of it, as printed. */
    private final String remoteStackTrace;

    RemoteException(Failures.Arrived arrived, String worker) {
        super(
                arrived.facts().text() + " (thrown in " + worker + "; the exception itself cannot be sent)",
                arrived.cause());
        this.className = arrived.facts().className();
        this.remoteStackTrace = arrived.facts().stackTrace();
        setStackTrace(arrived.facts().stack().toArray(new StackTraceElement[0]));
        List<Throwable> suppressed = arrived.suppressed();
        suppressed.forEach(this::addSuppressed);
    }

    /**
     * Tells what was thrown.
     *
     * @return the name of its class
     */
    public String className() {
        return className;
    }

    /**
     * Tells where it was thrown, and what caused it.
     *
     * @return the stack trace, with all causes, as the worker would have printed it
     */
    public String remoteStackTrace() {
        return remoteStackTrace;
    }
}
