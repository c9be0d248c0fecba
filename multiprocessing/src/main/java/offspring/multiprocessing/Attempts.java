package offspring.multiprocessing;

import java.util.ArrayList;
import java.util.List;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The failed attempts at one call, and whether another one follows. Made when a call fails for the first time. Attempts follow each
 * other, and the engine hands the call from thread to thread, so nothing is guarded here.
 */
final class Attempts {

    /** In place of a pause: there is no further attempt. */
    static final long NO_MORE = -1;

    private final RetryPolicy policy;
    private final List<Attempt> failed = new ArrayList<>(1);

    private final StackTraceElement @Nullable [] site;

    Attempts(RetryPolicy policy, StackTraceElement @Nullable [] site) {
        this.policy = policy;
        this.site = site;
    }

    /** Notes how an attempt failed; says how many nanoseconds to wait before the next one, or {@link #NO_MORE}. */
    long failed(CallFailure failure) {
        Attempt attempt = PoolFailures.attempt(failed.size() + 1, failure);
        failed.add(attempt);
        return !isForGood(failure) && isWorthAnother(attempt) ? policy.pauseNanos(attempt.number()) : NO_MORE;
    }

    /** A pool that broke because a worker ended runs nothing any more; that no worker could be started may pass. */
    private static boolean isForGood(CallFailure failure) {
        return failure instanceof CallFailure.Broken broken && broken.facts() != null;
    }

    private boolean isWorthAnother(Attempt attempt) {
        try {
            return policy.wantsAnotherAfter(attempt);
        } catch (RuntimeException | Error undecided) {
            if (undecided != attempt.failure()) {
                attempt.failure().addSuppressed(undecided);
            }
            return false;
        }
    }

    /** The failure of the last attempt, which tells of all of them. */
    Throwable failure() {
        return WorkerTrace.attach(failed, site);
    }
}
