package offspring.multiprocessing;

import java.io.Serial;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where a call failed and how far it had come: a note that hangs as a {@linkplain Throwable#getSuppressed() suppressed} exception on
 * every failure that comes from the workers of a pool. It is to be found in printed stack traces, as the {@code _RemoteTraceback} of
 * Python is, and asked by programs:
 *
 * <pre>{@code
 * try {
 *     pool.apply(Ledger::book, entry);
 * } catch (RuntimeException e) {
 *     WorkerTrace trace = WorkerTrace.of(e);
 *     if (trace != null && trace.certainty() == Certainty.NEVER_STARTED) later.add(entry);
 * }
 * }</pre>
 *
 * <pre>
 * java.lang.IllegalStateException: no such account
 *         at bank.Ledger.book(Ledger.java:17)
 *         Suppressed: offspring.multiprocessing.WorkerTrace: in worker ProcessPool-1-2, pid 4711; the call ran until then
 *                 at bank.Evening.bookAll(Evening.java:42)
 * </pre>
 *
 * <p>The stack trace of the failure is that of the worker. The note's own stack trace says where the call was submitted: always for maps,
 * for single calls if the pool was told to {@linkplain ProcessPoolBuilder#submitSites note} that; else it has none. A failure that came through several pools,
 * because a worker has a pool itself, has one note of each. An exception that is the failure of several calls, since they all threw the
 * same object, keeps its first note. On an exception that was made without {@linkplain Throwable#Throwable(String, Throwable, boolean,
 * boolean) suppression} there is no room for a note.
 *
 * <p>Python has no counterpart of the certainty and of the {@linkplain #attempts() attempts}.
 *
 * @since 0.1.0
 */
public final class WorkerTrace extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Futures that wrap futures are a few layers; more than this is a circle. */
    private static final int MAX_WRAPPERS = 100;

    /** Guards the look at what an exception has and the addition to it, for two workers may deliver the same object. */
    private static final ReentrantLock ATTACHING = new ReentrantLock();

    /** All attempts, the last one last; never empty. */
    private final Attempt[] attempts;

    /** Whether this JVM made the note; false in the copy that goes to another one. */
    private final transient boolean own;

    private WorkerTrace(List<Attempt> attempts, StackTraceElement @Nullable [] site) {
        super(text(attempts), null, false, site != null);
        if (site != null) {
            setStackTrace(site);
        }
        this.attempts = attempts.toArray(new Attempt[0]);
        this.own = true;
    }

    private static String text(List<Attempt> attempts) {
        Attempt last = attempts.get(attempts.size() - 1);
        if (attempts.size() == 1) {
            return last.where();
        }
        StringBuilder text = new StringBuilder(last.where());
        text.append("; this was attempt ").append(last.number()).append(", after");
        for (Attempt attempt : attempts.subList(0, attempts.size() - 1)) {
            text.append("\n\t\t")
                    .append(attempt.number())
                    .append(". ")
                    .append(attempt.where())
                    .append(": ")
                    .append(attempt.failure().getClass().getName());
        }
        return text.toString();
    }

    /**
     * Hangs a note on the failure of the last attempt, if this JVM has not done so before.
     *
     * @param attempts all attempts, the last one last
     * @param site where the call was submitted; null if that was not noted
     * @return the failure of the last attempt
     */
    static Throwable attach(List<Attempt> attempts, StackTraceElement @Nullable [] site) {
        Throwable failure = attempts.get(attempts.size() - 1).failure();
        ATTACHING.lock();
        try {
            WorkerTrace there = on(failure);
            if (there == null || !there.own) {
                failure.addSuppressed(new WorkerTrace(attempts, site));
            }
        } finally {
            ATTACHING.unlock();
        }
        return failure;
    }

    /**
     * The note on a failure. If it has several, that of the pool it came through last.
     *
     * @param failure what a call or a future threw; one of the JDK's exceptions that wrap the failures of futures is
     *     looked through
     * @return the note; null if it has none
     */
    public static @Nullable WorkerTrace of(Throwable failure) {
        Throwable inner = failure;
        for (int i = 0; inner != null && i < MAX_WRAPPERS; i++) {
            WorkerTrace trace = on(inner);
            if (trace != null || !(inner instanceof CompletionException || inner instanceof ExecutionException)) {
                return trace;
            }
            inner = inner.getCause();
        }
        return null;
    }

    private static @Nullable WorkerTrace on(Throwable failure) {
        WorkerTrace last = null;
        for (Throwable suppressed : failure.getSuppressed()) {
            if (suppressed instanceof WorkerTrace trace) {
                last = trace;
            }
        }
        return last;
    }

    private Attempt last() {
        return attempts[attempts.length - 1];
    }

    /**
     * Tells which worker had the call, when it failed for good.
     *
     * @return its name; nothing if the call was never sent, or it is not known to whom
     */
    public Optional<String> worker() {
        return Optional.ofNullable(last().worker());
    }

    /**
     * Tells which process had the call.
     *
     * @return the number that the system gave to the worker; nothing if {@link #worker()} is not known
     */
    public OptionalLong pid() {
        return last().worker() == null ? OptionalLong.empty() : OptionalLong.of(last().pid());
    }

    /**
     * Tells how far the call had come, in its last attempt.
     *
     * @return whether it may be made again
     */
    public Certainty certainty() {
        return last().certainty();
    }

    /**
     * Tells what was tried.
     *
     * @return every attempt, oldest first; the failure of the last one is the exception that this note hangs on
     */
    public List<Attempt> attempts() {
        return List.of(attempts);
    }
}
