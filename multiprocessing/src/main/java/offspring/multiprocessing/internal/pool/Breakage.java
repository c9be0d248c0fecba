package offspring.multiprocessing.internal.pool;

import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.facts.Certainty;
import offspring.multiprocessing.internal.pool.facts.LossFacts;
import org.jspecify.annotations.Nullable;

/**
 * Why a pool can do nothing any more, and what the death of a worker means for its calls. Noted under the dispatcher's lock, read without.
 */
final class Breakage {

    private static final int FAILED_STARTS = 3;

    private final PoolSpec spec;
    private int failedStarts;
    private volatile CallFailure.@Nullable Broken why;

    Breakage(PoolSpec spec) {
        this.spec = spec;
    }

    /** Why nothing can be done any more; null while it can. */
    CallFailure.@Nullable Broken why() {
        return why;
    }

    /** A worker has come as far as being ready. */
    void noteReady() {
        failedStarts = 0;
    }

    /** A worker has ended: whether the pool can go on without it. */
    void noteDeath(Worker worker, LossFacts facts, @Nullable Throwable initializerFailure, boolean costsCalls) {
        if (why != null) {
            return;
        }
        if (initializerFailure != null) {
            why = never("the initializer of " + worker.name() + " failed", facts, initializerFailure);
        } else if (!worker.ready && ++failedStarts >= FAILED_STARTS) {
            why = never(
                    failedStarts + " workers one after the other ended before they were ready; the last: "
                            + facts.text(),
                    facts,
                    null);
        } else if (spec.breaksOnLoss() && worker.ready && !worker.retiring) {
            why = never("a worker ended" + (costsCalls ? " while it had a call: " : ": ") + facts.text(), facts, null);
        }
    }

    private static CallFailure.Broken never(String reason, LossFacts facts, @Nullable Throwable cause) {
        return new CallFailure.Broken(reason, facts, cause, Certainty.NEVER_STARTED);
    }

    /** What became of a call that a worker had begun when it ended. */
    CallFailure failureOf(Worker worker, Entry entry, long number, LossFacts facts) {
        Stop stop = entry.stop;
        CallFailure stopped = stop == null ? null : stop.failure();
        if (stopped != null) {
            return stopped;
        }
        Certainty certainty = worker.words().finished() >= number ? Certainty.RESULT_LOST : Certainty.MAY_HAVE_RUN;
        CallFailure.Broken broken = why;
        return broken == null
                ? new CallFailure.Lost(facts, certainty)
                : new CallFailure.Broken(broken.reason(), facts, broken.cause(), certainty);
    }
}
