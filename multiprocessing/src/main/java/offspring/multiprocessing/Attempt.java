package offspring.multiprocessing;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a call, and how it failed. A call that is not made again by a {@link RetryPolicy} has one of them.
 *
 * <pre>{@code
 * for (Attempt attempt : WorkerTrace.of(failure).attempts()) {
 *     System.out.println(attempt.number() + ": " + attempt.certainty()); // 1: THREW
 * }
 * }</pre>
 *
 * @param number counts from 1
 * @param worker the name of the worker that had the call; null if none had it, or it is not known which
 * @param pid the number that the system gave to that worker; 0 if there is none
 * @param certainty how far the call had come
 * @param failedAt when the failure was known
 * @param failure what the attempt failed with
 * @serial exclude
 * @since 0.1.0
 */
public record Attempt(
        int number, @Nullable String worker, long pid, Certainty certainty, Instant failedAt, Throwable failure)
        implements Serializable {

    /** In the words of a stack trace. */
    String where() {
        return (worker == null ? "in no worker" : "in worker " + worker + ", pid " + pid) + "; "
                + switch (certainty) {
                    case NEVER_STARTED -> "the call never started";
                    case MAY_HAVE_RUN -> "the call may have run";
                    case THREW -> "the call ran until then";
                    case RESULT_LOST -> "the call ran, but its result is lost";
                };
    }
}
