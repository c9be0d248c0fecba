package offspring.multiprocessing;

import java.time.Instant;
import java.util.List;
import offspring.futures.BrokenExecutorException;
import offspring.multiprocessing.internal.codec.Failures;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.facts.LossFacts;
import org.jspecify.annotations.Nullable;

/** Facts to exceptions: what those who asked for a call get when the engine says why it has no result. */
final class PoolFailures {

    private PoolFailures() {}

    /** The failure of a call that was made once, with its {@link WorkerTrace}. */
    static Throwable exception(CallFailure failure, StackTraceElement @Nullable [] site) {
        return WorkerTrace.attach(List.of(attempt(1, failure)), site);
    }

    /** The failure of a call that nobody takes any more. */
    static BrokenExecutorException exception(CallFailure.Broken broken) {
        BrokenExecutorException bare = brokenPool(broken);
        Throwable unused = WorkerTrace.attach(List.of(attempt(1, broken, bare)), null);
        return bare;
    }

    /** An attempt that has failed just now; its failure has no trace yet. */
    static Attempt attempt(int number, CallFailure failure) {
        return attempt(number, failure, translated(failure));
    }

    private static Attempt attempt(int number, CallFailure failure, Throwable translated) {
        Place place = place(failure);
        return new Attempt(
                number,
                place == null ? null : place.worker,
                place == null ? 0 : place.pid,
                certainty(failure),
                Instant.now(),
                translated);
    }

    private static Throwable translated(CallFailure failure) {
        if (failure instanceof CallFailure.Raised raised) {
            return thrown(raised.thrown(), raised.worker());
        } else if (failure instanceof CallFailure.OutOfMemory full) {
            return outOfMemory(full);
        } else if (failure instanceof CallFailure.NotDecoded refused) {
            return thrown(refused.thrown(), refused.worker());
        } else if (failure instanceof CallFailure.ResultNotSent unsent) {
            return thrown(unsent.thrown(), unsent.worker());
        } else if (failure instanceof CallFailure.NotSent unsent) {
            return unsent.cause();
        } else if (failure instanceof CallFailure.ResultNotDecoded refused) {
            return refused.cause();
        } else if (failure instanceof CallFailure.TimedOut late) {
            return new TaskTimeoutException(late);
        } else if (failure instanceof CallFailure.Lost lost) {
            return new WorkerLostException(lost.facts(), certainty(lost));
        }
        return brokenPool((CallFailure.Broken) failure);
    }

    private static BrokenExecutorException brokenPool(CallFailure.Broken broken) {
        Throwable cause = broken.cause();
        LossFacts facts = broken.facts();
        if (cause == null && facts != null) {
            cause = new WorkerLostException(facts, certainty(broken));
        }
        return new BrokenExecutorException(
                broken.reason() + "; make a new pool when the cause is mended",
                cause == null ? new IllegalStateException(broken.reason()) : cause);
    }

    private static Throwable thrown(Failures.Arrived arrived, String worker) {
        Throwable itself = arrived.throwable();
        return itself == null ? new RemoteException(arrived, worker) : itself;
    }

    /** The errors that a JVM has ready for the case have no room for a note; they are copied. */
    private static Throwable outOfMemory(CallFailure.OutOfMemory full) {
        Throwable itself = thrown(full.thrown(), full.worker());
        if (itself.getClass() != OutOfMemoryError.class) {
            return itself;
        }
        OutOfMemoryError copy = new OutOfMemoryError(itself.getMessage());
        copy.setStackTrace(itself.getStackTrace());
        if (itself.getCause() != null) {
            copy.initCause(itself.getCause());
        }
        for (Throwable suppressed : itself.getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    /** Inside, a call that threw is one that may have run; here we know more. */
    private static Certainty certainty(CallFailure failure) {
        return failure instanceof CallFailure.Raised || failure instanceof CallFailure.OutOfMemory
                ? Certainty.THREW
                : Certainty.valueOf(failure.certainty().name());
    }

    private record Place(String worker, long pid) {}

    /** Where the call was. A pool that broke knows the worker that broke it, which need not be the one that had the call. */
    private static @Nullable Place place(CallFailure failure) {
        if (failure instanceof CallFailure.Raised raised) {
            return new Place(raised.worker(), raised.pid());
        } else if (failure instanceof CallFailure.OutOfMemory full) {
            return new Place(full.worker(), full.pid());
        } else if (failure instanceof CallFailure.NotDecoded refused) {
            return new Place(refused.worker(), refused.pid());
        } else if (failure instanceof CallFailure.ResultNotSent unsent) {
            return new Place(unsent.worker(), unsent.pid());
        } else if (failure instanceof CallFailure.ResultNotDecoded refused) {
            return new Place(refused.worker(), refused.pid());
        } else if (failure instanceof CallFailure.TimedOut late) {
            return new Place(late.worker(), late.pid());
        } else if (failure instanceof CallFailure.Lost lost) {
            return new Place(lost.facts().worker(), lost.facts().pid());
        }
        return null;
    }
}
