package offspring.multiprocessing.internal.pool.worker;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.codec.wire.Sink;
import offspring.multiprocessing.internal.ring.PipeEnd;
import org.jspecify.annotations.Nullable;

/**
 * What parent and worker say to each other: messages of one or more frames.
 *
 * <pre>
 *     0  u8   kind
 *     1  i64  number     of the first call
 *     9  i64  extra      the place of a function; or how many nanoseconds the calls took
 *    17  i32  count      how many {@link Records records} follow; -1 - kind: one, which is the next message, alone
 *    21  i32  length     of what follows
 *    25  records, one for each number; or a payload
 * </pre>
 *
 * <p>A large payload goes as a message of its own, from the arrays that it holds straight into the pipe.
 */
public final class Frames {

    // ---- from the parent
    /** The payload is a function, for the place {@code extra}. */
    public static final byte DEFINE = 1;
    /** The records are a function and the item to apply it to. */
    public static final byte CALL = 2;
    /** The records are items for the function at the place {@code extra}. */
    public static final byte APPLY = 3;
    /** There will be no more calls: the worker runs its finalizer and ends. */
    public static final byte END = 4;

    // ---- from the worker
    /** The initializer has run. */
    public static final byte READY = 11;
    /** The initializer threw the payload. */
    public static final byte NOT_READY = 12;
    /** The records are answers. */
    public static final byte ANSWERS = 13;
    /** The heap of the worker has grown more than it may. */
    public static final byte WORN = 14;

    /** How many functions a worker keeps. */
    public static final int PLACES = 16;

    /** A longer payload goes alone; all others have room in the {@link WorkerWords}. */
    public static final int ALONE = WorkerWords.ROOM - 64;

    private static final int HEADER = 25;
    private static final int COUNT = 17;
    private static final int LENGTH = 21;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Frames() {}

    static int getInt(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    /** Collects frames and sends them; used by one thread at a time. */
    public static final class Writer {

        private final PipeEnd end;
        private final BooleanSupplier closed;
        private final Appended appended = new Appended();
        private byte[] buffer = new byte[1 << 10];
        private int size;
        /** Where the frame of records begins to which more can be added; -1: there is none. */
        private int open = -1;

        private boolean waits = true;
        /** Messages for which there was no room when the thread that sent them was not to wait. */
        private final ArrayDeque<byte[]> rest = new ArrayDeque<>(1);

        /** Writes into the end until {@code closed} says otherwise. */
        public Writer(PipeEnd end, BooleanSupplier closed) {
            this.end = end;
            this.closed = closed;
        }

        /** Adds a frame with a payload, or none. */
        public void add(byte kind, long extra, @Nullable Encoded payload) throws IOException {
            long length = payload == null ? 0 : payload.length();
            if (payload != null && length > ALONE) {
                alone(kind, 0, extra, Records.ITEM, payload);
                return;
            }
            open(kind, 0, extra);
            if (payload != null) {
                ensure((int) length);
                payload.writeTo(appended);
            }
            putInt(open + LENGTH, (int) length);
            open = -1;
        }

        /** Begins a frame of records; {@link #close} ends it. */
        public void open(byte kind, long number, long extra) {
            ensure(HEADER);
            open = size;
            buffer[size] = kind;
            LONGS.set(buffer, size + 1, number);
            LONGS.set(buffer, size + 9, extra);
            putInt(size + COUNT, 0);
            size += HEADER;
        }

        /** Whether a frame of records is open. */
        public boolean isOpen() {
            return open >= 0;
        }

        /** Adds a record to the open frame; the payload is not too long for that. Says where in {@link #buffer} it begins. */
        public int record(byte kind, @Nullable Encoded payload) {
            int length = payload == null ? 0 : (int) payload.length();
            ensure(Records.HEADER + length);
            int begin = size;
            buffer[size] = kind;
            putInt(size + 1, length);
            size += Records.HEADER;
            if (payload != null) {
                payload.writeTo(appended);
            }
            return begin;
        }

        /** Ends the open frame, if there is one; without records, it is forgotten. */
        public void close(int count) {
            if (open >= 0) {
                if (count == 0) {
                    size = open;
                } else {
                    putInt(open + COUNT, count);
                    putInt(open + LENGTH, size - open - HEADER);
                }
                open = -1;
            }
        }

        /** As {@link #close(int)}, with what is known only now. */
        public void close(int count, long extra) {
            if (open >= 0) {
                LONGS.set(buffer, open + 9, extra);
                close(count);
            }
        }

        /** Sends one record that is too long for a common message, behind what was added before. */
        public void alone(byte kind, long number, long extra, byte record, Encoded payload) throws IOException {
            open(kind, number, extra);
            putInt(open + COUNT, -1 - record);
            putInt(open + LENGTH, 0);
            open = -1;
            flush();
            write(payload, 0);
        }

        private final class Appended implements Sink<RuntimeException> {

            @Override
            public void write(byte[] source, int from, int count) {
                System.arraycopy(source, from, buffer, size, count);
                size += count;
            }
        }

        private void putInt(int at, int value) {
            INTS.set(buffer, at, value);
        }

        private void ensure(int more) {
            if (size + more > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
            }
        }

        /** Where the frames lie until they are sent. */
        byte[] buffer() {
            return buffer;
        }

        /** How many bytes wait to be sent. */
        public int size() {
            return size;
        }

        /** Drops what was added, since nobody is there to read it. */
        public void clear() {
            size = 0;
            open = -1;
            rest.clear();
        }

        /** Whether to wait for room, which it does if it is not told; else messages for which there is none are the rest. */
        public void waits(boolean now) {
            waits = now;
        }

        /** Whether there are messages for which there was no room. */
        public boolean hasRest() {
            return !rest.isEmpty();
        }

        /** Sends the rest; waits for room. */
        public void sendRest() throws IOException {
            for (byte[] message = rest.poll(); message != null; message = rest.poll()) {
                writeWaiting(null, message, message.length);
            }
        }

        /** Sends what was added; no frame is open. */
        public void flush() throws IOException {
            if (size > 0) {
                int length = size;
                size = 0;
                write(null, length);
            }
        }

        private void write(@Nullable Encoded payload, int length) throws IOException {
            if (waits) {
                writeWaiting(payload, buffer, length);
            } else if (hasRest() || !tryWrite(payload, length)) {
                rest.add(payload == null ? Arrays.copyOf(buffer, length) : payload.toByteArray());
            }
        }

        private boolean tryWrite(@Nullable Encoded payload, int length) throws IOException {
            return payload == null ? end.tryWrite(buffer, 0, length, closed) : end.tryWrite(payload, closed);
        }

        /** A frame that was begun is sent, whoever interrupts the thread: the other side would lose its place. */
        private void writeWaiting(@Nullable Encoded payload, byte[] bytes, int length) throws IOException {
            boolean interrupted = java.lang.Thread.interrupted();
            try {
                while (true) {
                    try {
                        if (payload == null) {
                            end.write(bytes, 0, length, closed);
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

    /** Takes frames from the pipe, one after the other; used by one thread at a time. */
    public static final class Reader {

        private static final byte[] NOTHING = {};

        private final PipeEnd end;
        private final BooleanSupplier closed;
        private byte[] message = NOTHING;
        private int next;

        private byte kind;
        private long number;
        private long extra;
        private byte[] payload = NOTHING;
        private int offset;
        private int length;
        private int count;

        /** Reads from the end until {@code closed} says otherwise. */
        public Reader(PipeEnd end, BooleanSupplier closed) {
            this.end = end;
            this.closed = closed;
        }

        /** Whether the message has another frame. */
        public boolean hasMore() {
            return next < message.length;
        }

        /** Takes the next message if one is there. */
        public boolean poll() throws IOException {
            byte[] fresh = end.tryRead(Integer.MAX_VALUE, closed);
            if (fresh == null) {
                return false;
            }
            message = fresh;
            next = 0;
            return true;
        }

        /** Waits for the next message. Takes no notice of interrupts. */
        public void await() throws IOException {
            message = read();
            next = 0;
        }

        /** Goes on to the next frame of the message, which has one. */
        public void advance() throws IOException {
            if (message.length - next < HEADER) {
                throw new StreamCorruptedException("a frame of " + (message.length - next) + " bytes");
            }
            kind = message[next];
            number = (long) LONGS.get(message, next + 1);
            extra = (long) LONGS.get(message, next + 9);
            count = getInt(message, next + COUNT);
            length = getInt(message, next + LENGTH);
            next += HEADER;
            if (count < 0) {
                payload = read();
                offset = 0;
                length = payload.length;
            } else {
                if (length < 0 || length > message.length - next) {
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

        /** The records of the frame. */
        public Records records() {
            return count < 0
                    ? Records.single((byte) (-1 - count), payload)
                    : Records.of(payload, offset, offset + length, count);
        }

        /** What the frame is. */
        public byte kind() {
            return kind;
        }

        /** The number of its first call. */
        public long number() {
            return number;
        }

        /** What its kind says. */
        public long extra() {
            return extra;
        }

        /** Where its payload lies. */
        public byte[] bytes() {
            return payload;
        }

        /** Where its payload begins. */
        public int offset() {
            return offset;
        }

        /** How long its payload is. */
        public int length() {
            return length;
        }
    }
}
