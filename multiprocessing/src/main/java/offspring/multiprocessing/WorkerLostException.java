package offspring.multiprocessing;

import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import offspring.multiprocessing.internal.launch.diagnosis.CrashLog;
import offspring.multiprocessing.internal.pool.facts.LossFacts;
import org.jspecify.annotations.Nullable;

/**
 * The worker process ended while it had the call: it was killed, crashed, or the call ended it with {@code System.exit}.
 * Python's {@code Pool} waits for ever here; its executor has {@code BrokenProcessPool} for all calls.
 *
 * <p>Only the call that the worker was running gets this; the pool goes on with another worker.
 *
 * @since 0.1.0
 */
public final class WorkerLostException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The worker's name. */
    private final String workerName;

    /** The number that the system gave to it. */
    private final long pid;

    /** How it ended. */
    private final int exitCode;

    /** How long it lived. */
    private final Duration workerAge;

    /** How many calls it had answered. */
    private final long tasksServed;

    /** What it printed last. */
    private final String[] lastErrorLines;

    /** What its JVM wrote first of its crash. */
    private final String[] crashLogHead;

    /** The path of its crash log. */
    private final @Nullable String crashLog;

    /** How far the call had come. */
    private final Certainty certainty;

    WorkerLostException(LossFacts facts, Certainty certainty) {
        super(facts.text()
                + (certainty == Certainty.RESULT_LOST
                        ? "\nThe call had run to its end, but its result is lost"
                        : "\nThe call may have run in part; make it again if that does no harm"));
        this.workerName = facts.worker();
        this.pid = facts.pid();
        this.exitCode = facts.exitCode();
        this.workerAge = facts.age();
        this.tasksServed = facts.served();
        this.lastErrorLines = facts.lastLines().toArray(new String[0]);
        CrashLog crash = facts.crash();
        this.crashLogHead = crash == null ? new String[0] : crash.head().toArray(new String[0]);
        this.crashLog =
                crash == null || crash.file() == null ? null : crash.file().toString();
        this.certainty = certainty;
    }

    /**
     * Tells which worker it was.
     *
     * @return its name
     */
    public String workerName() {
        return workerName;
    }

    /**
     * Tells which process it was.
     *
     * @return the number that the system gave to it
     */
    public long pid() {
        return pid;
    }

    /**
     * Tells how it ended.
     *
     * @return its exit code, as of {@link Process#exitcode()}: minus the number of a signal
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * Tells which signal ended it.
     *
     * @return the signal's number; nothing if it ended by itself
     */
    public OptionalInt signal() {
        return exitCode < 0 ? OptionalInt.of(-exitCode) : OptionalInt.empty();
    }

    /**
     * Tells how long the worker lived.
     *
     * @return from its start to its end
     */
    public Duration workerAge() {
        return workerAge;
    }

    /**
     * Tells how much the worker had done.
     *
     * @return how many calls it had answered
     */
    public long tasksServed() {
        return tasksServed;
    }

    /**
     * Tells what the worker printed last on its standard error.
     *
     * @return up to 20 lines; none if its standard error goes to a file
     */
    public List<String> lastErrorLines() {
        return List.of(lastErrorLines);
    }

    /**
     * Tells where the worker's JVM wrote why it crashed.
     *
     * @return the path of a copy of the log, which is yours to keep and to delete; nothing if it did not crash, or if there was no room for
     *     a copy
     */
    public Optional<Path> crashLog() {
        return Optional.ofNullable(crashLog).map(Path::of);
    }

    /**
     * Tells why the worker's JVM crashed: the head of its log, with the signal or the error, the versions of the JVM, and the frame in which
     * it happened. The lines about the problem are in the message, too.
     *
     * @return up to 15 lines of at most 2048 characters in all, without the mark that the log has before each; none if it did not crash
     */
    public List<String> crashLogHead() {
        return List.of(crashLogHead);
    }

    /**
     * Tells how far the call had come.
     *
     * @return never {@link Certainty#NEVER_STARTED}, since such calls run elsewhere
     */
    public Certainty certainty() {
        return certainty;
    }
}
