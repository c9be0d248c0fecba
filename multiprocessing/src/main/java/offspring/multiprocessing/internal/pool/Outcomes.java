package offspring.multiprocessing.internal.pool;

import java.io.IOException;
import java.util.List;
import offspring.multiprocessing.internal.codec.Failures;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.worker.Frames;
import offspring.multiprocessing.internal.pool.worker.Records;
import offspring.multiprocessing.internal.ring.Payloads;
import org.jspecify.annotations.Nullable;

/** Decodes what a worker has answered, and tells the calls. Without the lock, by whoever has taken the answers out of the books. */
final class Outcomes {

    private final Worker worker;
    private final Dispatcher dispatcher;

    Outcomes(Worker worker, Dispatcher dispatcher) {
        this.worker = worker;
        this.dispatcher = dispatcher;
    }

    /** Tells the outcomes of what was taken out of the books. */
    void settle(List<Slice> slices, Records answers) throws IOException {
        for (Slice slice : slices) {
            Entry entry = slice.entry();
            if (entry == null) {
                for (int i = 0; i < slice.count(); i++) {
                    answers.next();
                }
            } else {
                settle(entry, slice, answers);
            }
        }
    }

    /** Values that come one after the other are told together. */
    private void settle(Entry entry, Slice slice, Records answers) throws IOException {
        @Nullable Object[] values = new Object[slice.count()];
        int from = slice.from();
        int count = 0;
        Stop stop = entry.stop;
        CallFailure stopped = stop == null ? null : stop.failure();
        for (int i = 0; i < slice.count(); i++) {
            answers.next();
            CallFailure failure = stopped;
            boolean isValue = false;
            if (answers.kind() == Records.RETURNED && stopped == null) {
                try {
                    values[count] = Payloads.decode(answers.bytes(), answers.offset(), answers.length());
                    isValue = true;
                } catch (IOException | RuntimeException | Error e) {
                    failure = new CallFailure.ResultNotDecoded(e, worker.name(), worker.pid());
                }
            } else if (answers.kind() != Records.PASSED_OVER && stopped == null) {
                failure = failure(answers);
            }
            if (isValue) {
                count++;
                continue;
            }
            entry.call.succeed(from, values, count);
            from = slice.from() + i + 1;
            count = 0;
            if (failure != null && answers.kind() != Records.PASSED_OVER) {
                entry.call.fail(slice.from() + i, failure);
            }
        }
        entry.call.succeed(from, values, count);
    }

    private CallFailure failure(Records answer) {
        if (answer.kind() == Records.OUT_OF_MEMORY) {
            dispatcher.dying(worker);
        }
        try {
            Object packed = Payloads.decode(answer.bytes(), answer.offset(), answer.length());
            return failure(answer.kind(), Failures.unpack(Payloads.codec(), packed, null));
        } catch (IOException | RuntimeException | Error e) {
            return new CallFailure.ResultNotDecoded(e, worker.name(), worker.pid());
        }
    }

    private CallFailure failure(byte kind, Failures.Arrived thrown) {
        return switch (kind) {
            case Records.THREW -> new CallFailure.Raised(thrown, worker.name(), worker.pid());
            case Records.OUT_OF_MEMORY -> new CallFailure.OutOfMemory(thrown, worker.name(), worker.pid());
            case Records.NOT_DECODED -> new CallFailure.NotDecoded(thrown, worker.name(), worker.pid());
            case Records.NOT_ENCODED -> new CallFailure.ResultNotSent(thrown, worker.name(), worker.pid());
            default -> throw new IllegalStateException("an answer of the unknown kind " + kind);
        };
    }

    /** What a worker's initializer has failed with. */
    static Throwable initializerFailure(Frames.Reader in) {
        try {
            Object packed = Payloads.decode(in.bytes(), in.offset(), in.length());
            Failures.Arrived arrived = Failures.unpack(Payloads.codec(), packed, null);
            return arrived.throwable() != null
                    ? arrived.throwable()
                    : new IllegalStateException(arrived.facts().stackTrace());
        } catch (IOException e) {
            return e;
        }
    }
}
