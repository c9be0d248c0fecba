package offspring.multiprocessing.internal.pool;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.ring.PipeEnd;
import org.jspecify.annotations.Nullable;

/**
 * What parent and worker say to each other: messages of one or more frames.
 *
 * <pre>
 *     0  u8   kind
 *     1  i64  number     of the call
 *     9  i64  extra      the place of the job's function; or how many nanoseconds the call took
 *    17  i32  length     of the payload; -1: it is the next message, alone
 *    21  payload
 * </pre>
 *
 * <p>A large payload goes as a message of its own, from the arrays that it holds straight into the pipe.
 */
final class Frames {

    // ---- from the parent
    /** The payload is the function of a job, for the place {@code extra}. */
    static final byte DEFINE = 1;
    /** The payload is work of its own. */
    static final byte CALL = 2;
    /** The payload is an argument for the function at the place {@code extra}. */
    static final byte APPLY = 3;
    /** There will be no more calls: the worker runs its finalizer and ends. */
    static final byte END = 4;

    // ---- from the worker
    /** The initializer has run. */
    static final byte READY = 11;
    /** The initializer threw the payload. */
    static final byte NOT_READY = 12;
    /** The payload is what the call returned. */
    static final byte RETURNED = 13;
    /** The payload is what the call threw. */
    static final byte THREW = 14;
    /** The payload is the OutOfMemoryError that the call threw; the worker ends. */
    static final byte OUT_OF_MEMORY = 15;
    /** The payload says why the call could not be decoded. */
    static final byte NOT_DECODED = 16;
    /** The payload says why the result could not be encoded. */
    static final byte NOT_ENCODED = 17;

    /** How many functions of jobs a worker keeps. */
    static final int PLACES = 16;

    private static final int HEADER = 21;
    private static final int ALONE = 1 << 14;

    private Frames() {}

    /** Collects frames and sends them; used by one thread at a time. */
    static final class Writer {

        private final PipeEnd end;
        private final BooleanSupplier closed;
        private byte[] buffer = new byte[1 << 10];
        private int size;

        Writer(PipeEnd end, BooleanSupplier closed) {
            this.end = end;
            this.closed = closed;
        }

        /** Adds a frame; one with a large payload leaves at once, behind those before it. */
        void add(byte kind, long number, long extra, @Nullable Encoded payload) throws IOException {
            long length = payload == null ? 0 : payload.length();
            boolean alone = payload != null && length > ALONE;
            int more = HEADER + (alone ? 0 : (int) length);
            if (size + more > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
            }
            ByteBuffer.wrap(buffer, size, HEADER)
                    .put(kind)
                    .putLong(number)
                    .putLong(extra)
                    .putInt(alone ? -1 : (int) length);
            size += HEADER;
            if (alone) {
                flush();
                write(payload, 0);
            } else if (payload != null) {
                payload.writeTo(this::append);
            }
        }

        private void append(byte[] source, int from, int count) {
            System.arraycopy(source, from, buffer, size, count);
            size += count;
        }

        /** How many bytes wait to be sent. */
        int size() {
            return size;
        }

        /** Drops what was added, since nobody is there to read it. */
        void clear() {
            size = 0;
        }

        /** Sends what was added. */
        void flush() throws IOException {
            if (size > 0) {
                int length = size;
                size = 0;
                write(null, length);
            }
        }

        /** A frame that was begun is sent, whoever interrupts the thread: the other side would lose its place. */
        private void write(@Nullable Encoded payload, int length) throws IOException {
            boolean interrupted = java.lang.Thread.interrupted();
            try {
                while (true) {
                    try {
                        if (payload == null) {
                            end.write(buffer, 0, length, closed);
                        } else {
                            end.write(payload, closed);
                        }
                        return;
                    } catch (InterruptedException again) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    java.lang.Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Takes frames from the pipe, one after the other; used by one thread. */
    static final class Reader {

        private final PipeEnd end;
        private final BooleanSupplier closed;
        private byte[] message = new byte[0];
        private int next;
        private byte[] payload = message;

        private byte kind;
        private long number;
        private long extra;
        private int offset;
        private int length;

        Reader(PipeEnd end, BooleanSupplier closed) {
            this.end = end;
            this.closed = closed;
        }

        /** Goes on to the next frame; waits for it. Takes no notice of interrupts. */
        void advance() throws IOException {
            if (next == message.length) {
                message = read();
                next = 0;
            }
            if (message.length - next < HEADER) {
                throw new StreamCorruptedException("a frame of " + (message.length - next) + " bytes");
            }
            ByteBuffer header = ByteBuffer.wrap(message, next, HEADER);
            kind = header.get();
            number = header.getLong();
            extra = header.getLong();
            length = header.getInt();
            next += HEADER;
            if (length < 0) {
                payload = read();
                offset = 0;
                length = payload.length;
            } else {
                if (length > message.length - next) {
                    throw new StreamCorruptedException("a frame that is longer than its message");
                }
                payload = message;
                offset = next;
                next += length;
            }
        }

        private byte[] read() throws IOException {
            while (true) {
                try {
                    return end.read(Integer.MAX_VALUE, closed);
                } catch (InterruptedException nobodyMeansThis) {
                    if (closed.getAsBoolean()) {
                        throw new EOFException("closed");
                    }
                }
            }
        }

        /** Whether the message has another frame. */
        boolean hasMore() {
            return next < message.length;
        }

        byte kind() {
            return kind;
        }

        long number() {
            return number;
        }

        long extra() {
            return extra;
        }

        byte[] bytes() {
            return payload;
        }

        int offset() {
            return offset;
        }

        int length() {
            return length;
        }
    }
}
