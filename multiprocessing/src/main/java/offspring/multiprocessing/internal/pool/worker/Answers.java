package offspring.multiprocessing.internal.pool.worker;

import java.io.IOException;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has finished and not sent yet: in a frame that is open, and the same bytes in the shared words, where they outlive the
 * worker. Used by the worker's main thread.
 *
 * <p>Many small answers go as one message: each message may have to wake the parent, and costs more than a small call.
 */
final class Answers {

    private final Frames.Writer out;
    private final WorkerWords words;
    private long first;
    private int count;
    private int length;
    private long nanos;

    Answers(Frames.Writer out, WorkerWords words) {
        this.out = out;
        this.words = words;
    }

    /** A call is finished; numbers only rise. */
    void add(long number, byte kind, @Nullable Encoded payload) throws IOException {
        long size = payload == null ? 0 : payload.length();
        if (payload != null && size > Frames.ALONE) {
            flush();
            words.finish(number);
            out.alone(Frames.ANSWERS, number, nanos, kind, payload);
            nanos = 0;
            return;
        }
        int more = Records.HEADER + (int) size;
        if (out.isOpen() && (number != first + count || length + more > WorkerWords.ROOM)) {
            flush();
        }
        if (!out.isOpen()) {
            out.open(Frames.ANSWERS, number, 0);
            first = number;
        }
        int begin = out.record(kind, payload);
        words.append(first, length, out.buffer(), begin, more);
        length += more;
        count++;
        words.finish(number);
    }

    /** So much time went into calls. */
    void spent(long moreNanos) {
        nanos += moreNanos;
    }

    /** Sends what is finished. */
    void flush() throws IOException {
        if (out.isOpen()) {
            out.close(count, nanos);
            out.flush();
            words.answersHaveLeft();
            count = 0;
            length = 0;
            nanos = 0;
        }
    }
}
