package offspring.multiprocessing;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import org.jspecify.annotations.Nullable;

/**
 * A call took longer than its pool allows, and was stopped. Python has no counterpart: a call that runs cannot be stopped there.
 *
 * <p>Not to be confused with the {@link java.util.concurrent.TimeoutException} of those who do not want to wait any longer
 * for a result: that one leaves the call alone.
 *
 * @since 0.1.0
 */
public final class TaskTimeoutException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** How long it was allowed to take. */
    private final Duration limit;

    /** What ended it. */
    private final Step endedBy;

    /** What the worker's threads were doing. */
    private final @Nullable String threadDump;

    /** The worker's name. */
    private final String workerName;

    /** The number that the system gave to the worker. */
    private final long pid;

    /**
     * What ended a call, in the order in which it is tried.
     *
     * @since 0.1.0
     */
    public enum Step {
        /** It ended by itself after its thread was interrupted, or just before; the worker lives on. */
        INTERRUPT,
        /** Its worker was asked to end, with SIGTERM. */
        TERMINATE,
        /** Its worker was killed, with SIGKILL. */
        KILL
    }

    TaskTimeoutException(CallFailure.TimedOut facts) {
        super("the call took longer than " + facts.limit() + " and was ended by " + facts.endedBy() + " in "
                + facts.worker() + " (pid " + facts.pid() + ")"
                + (facts.threadDump() == null
                        ? "; the worker did not answer when it was asked for its stacks"
                        : "; the worker's threads then:\n" + facts.threadDump()));
        this.limit = facts.limit();
        this.endedBy = Step.valueOf(facts.endedBy().name());
        this.threadDump = facts.threadDump();
        this.workerName = facts.worker();
        this.pid = facts.pid();
    }

    /**
     * Tells how long the call was allowed to take.
     *
     * @return the pool's limit
     */
    public Duration limit() {
        return limit;
    }

    /**
     * Tells what ended it.
     *
     * @return the last step that was needed
     */
    public Step endedBy() {
        return endedBy;
    }

    /**
     * Tells what the worker's threads were doing when the time was over; the one that made the call comes first.
     *
     * @return their stacks; nothing if the worker did not answer, because it was stopped or too busy
     */
    public Optional<String> threadDump() {
        return Optional.ofNullable(threadDump);
    }

    /**
     * Tells which worker made the call.
     *
     * @return its name
     */
    public String workerName() {
        return workerName;
    }

    /**
     * Tells which process made the call.
     *
     * @return the number that the system gave to it
     */
    public long pid() {
        return pid;
    }

    /**
     * Tells how far the call had come.
     *
     * @return {@link Certainty#MAY_HAVE_RUN}
     */
    public Certainty certainty() {
        return Certainty.MAY_HAVE_RUN;
    }
}
