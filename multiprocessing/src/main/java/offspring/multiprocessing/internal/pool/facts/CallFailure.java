package offspring.multiprocessing.internal.pool.facts;

import java.time.Duration;
import offspring.multiprocessing.internal.codec.Failures;
import org.jspecify.annotations.Nullable;

/** Why a call has no result; the public classes make an exception of it. */
public sealed interface CallFailure {

    /** How far the call had come. */
    Certainty certainty();

    /** The call itself threw, in the worker. */
    record Raised(Failures.Arrived thrown, String worker, long pid) implements CallFailure {
        @Override
        public Certainty certainty() {
            return Certainty.MAY_HAVE_RUN;
        }
    }

    /** The call needed more heap than the worker has. The worker is replaced. */
    record OutOfMemory(Failures.Arrived thrown, String worker, long pid) implements CallFailure {
        @Override
        public Certainty certainty() {
            return Certainty.MAY_HAVE_RUN;
        }
    }

    /** The function or an argument cannot be sent. */
    record NotSent(Throwable cause) implements CallFailure {
        @Override
        public Certainty certainty() {
            return Certainty.NEVER_STARTED;
        }
    }

    /** The function or an argument could not be restored in the worker. */
    record NotDecoded(Failures.Arrived thrown, String worker, long pid) implements CallFailure {
        @Override
        public Certainty certainty() {
            return Certainty.NEVER_STARTED;
        }
    }

    /** The call ran, and its result cannot be sent. */
    record ResultNotSent(Failures.Arrived thrown, String worker, long pid) implements CallFailure {
        @Override
        public Certainty certainty() {
            return Certainty.RESULT_LOST;
        }
    }

    /** The call ran, and its result or failure cannot be restored here. */
    record ResultNotDecoded(Throwable cause, String worker, long pid) implements CallFailure {
        @Override
        public Certainty certainty() {
            return Certainty.RESULT_LOST;
        }
    }

    /** The worker ended while it had the call. */
    record Lost(LossFacts facts, Certainty certainty) implements CallFailure {}

    /** The call took longer than it was allowed to. */
    record TimedOut(Duration limit, Step endedBy, @Nullable String threadDump, String worker, long pid)
            implements CallFailure {
        @Override
        public Certainty certainty() {
            return Certainty.MAY_HAVE_RUN;
        }
    }

    /** The pool can run nothing any more, or no worker can be started. */
    record Broken(
            String reason,
            @Nullable LossFacts facts,
            @Nullable Throwable cause,
            Certainty certainty) implements CallFailure {}

    /** What ended a call that was to be stopped, in the order in which it is tried. */
    enum Step {
        /** It ended by itself after its thread was interrupted, or just before. */
        INTERRUPT,
        /** Its worker was asked to end. */
        TERMINATE,
        /** Its worker was killed. */
        KILL
    }
}
