package offspring.multiprocessing.internal.codec.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One encoded message: the bytes written so far, and the large arrays that lie between them.
 *
 * <pre>
 *   buffer   ┌────────────┬─────────────┬───────────┐
 *            │ 0 … at[0]  │ … at[1]     │ … size    │
 *            └─────┬──────┴──────┬──────┴───────────┘
 *                  ▼             ▼
 *              arrays[0]     arrays[1]                 not copied: they are read when the message is written out
 * </pre>
 *
 * <p>An array of {@link #SPLICE} bytes or more is remembered instead of copied, so it reaches a ring with a single copy;
 * it must not be changed between encoding and {@link #writeTo}. The object is meant to be reused by one owner at a time:
 * each encoding begins with {@link #reset()}, which keeps the buffer unless it has grown large.
 */
public final class Encoded {

    /** Arrays of that many bytes or more are not copied into the buffer. */
    static final int SPLICE = 4096;

    /** Arrays that are not bytes are converted in steps of that many bytes, small enough to stay in a core's cache. */
    static final int CHUNK = 16 * 1024;

    /** A larger buffer is not kept for the next message. */
    private static final int KEEP = 64 * 1024;

    /** The longest array that every JVM can allocate. */
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private static final int FIRST = 256;

    private static final int[] NOWHERE = {};

    private byte[] buffer = new byte[FIRST];
    private int size;
    private @Nullable Object @Nullable [] arrays;
    private int[] at = NOWHERE;
    private int arrayCount;
    private long arrayBytes;
    private byte @Nullable [] chunk;

    /** Forgets the message and lets go of its arrays. */
    public void reset() {
        if (buffer.length > KEEP) {
            buffer = new byte[FIRST];
        }
        rewind();
    }

    /** Forgets what was written, keeps the room. */
    public void rewind() {
        size = 0;
        if (arrays != null && arrayCount > 0) {
            Arrays.fill(arrays, 0, arrayCount, null);
        }
        arrayCount = 0;
        arrayBytes = 0;
    }

    /** How many bytes the message has. */
    public long length() {
        return size + arrayBytes;
    }

    /** How many bytes lie in the buffer, without the arrays between them. */
    public int position() {
        return size;
    }

    /** Writes the whole message out; may be repeated. */
    public <X extends Exception> void writeTo(Sink<X> sink) throws X {
        int from = 0;
        for (int i = 0; i < arrayCount; i++) {
            if (at[i] > from) {
                sink.write(buffer, from, at[i] - from);
                from = at[i];
            }
            Object array = arrays == null ? null : arrays[i];
            if (array != null) {
                writeArray(array, sink);
            }
        }
        if (size > from) {
            sink.write(buffer, from, size - from);
        }
    }

    private <X extends Exception> void writeArray(Object array, Sink<X> sink) throws X {
        int tag = PrimitiveArrays.tagOf(array);
        int count = PrimitiveArrays.count(array, tag);
        if (tag == Tags.BYTES) {
            sink.write((byte[]) array, 0, count);
            return;
        }
        byte[] bytes = chunk;
        if (bytes == null) {
            bytes = new byte[CHUNK];
            chunk = bytes;
        }
        int shift = PrimitiveArrays.shift(tag);
        int step = CHUNK >> shift;
        for (int from = 0; from < count; from += step) {
            int now = Math.min(step, count - from);
            PrimitiveArrays.toBytes(array, tag, from, now, bytes, 0);
            sink.write(bytes, 0, now << shift);
        }
    }

    /** The whole message in a new array. */
    public byte[] toByteArray() {
        if (length() > MAX_ARRAY) {
            throw new IllegalStateException("message of " + length()
                    + " bytes does not fit into one array; write it out in pieces with writeTo(sink)");
        }
        byte[] all = new byte[(int) length()];
        int from = 0;
        int to = 0;
        for (int i = 0; i < arrayCount; i++) {
            System.arraycopy(buffer, from, all, to, at[i] - from);
            to += at[i] - from;
            from = at[i];
            Object array = arrays == null ? null : arrays[i];
            if (array != null) {
                int tag = PrimitiveArrays.tagOf(array);
                int count = PrimitiveArrays.count(array, tag);
                PrimitiveArrays.toBytes(array, tag, 0, count, all, to);
                to += count << PrimitiveArrays.shift(tag);
            }
        }
        System.arraycopy(buffer, from, all, to, size - from);
        return all;
    }

    void u8(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    void u16(int value) {
        ensure(2);
        buffer[size++] = (byte) value;
        buffer[size++] = (byte) (value >>> 8);
    }

    void u32(int value) {
        ensure(4);
        putU32(size, value);
        size += 4;
    }

    void u64(long value) {
        u32((int) value);
        u32((int) (value >>> 32));
    }

    void varint(long value) {
        ensure(10);
        byte[] target = buffer;
        int to = size;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target[to++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[to++] = (byte) rest;
        size = to;
    }

    /** Opens a graph whose stream length is not known yet; {@link #closeGraph} writes it. */
    public void openGraph(byte tag) {
        u8(tag);
        u32(0);
    }

    /** Writes the length of the graph's stream, which began {@code 5} bytes after the message and ends here. */
    public void closeGraph() {
        putU32(1, size - 5);
    }

    private void putU32(int index, int value) {
        buffer[index] = (byte) value;
        buffer[index + 1] = (byte) (value >>> 8);
        buffer[index + 2] = (byte) (value >>> 16);
        buffer[index + 3] = (byte) (value >>> 24);
    }

    /** Appends raw bytes. */
    public void bytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, buffer, size, length);
        size += length;
    }

    /** Appends one raw byte. */
    public void raw(int value) {
        u8(value);
    }

    /** Appends an array of primitives with its tag and count, by reference when it is large. */
    public void array(Object array, byte tag) {
        int count = PrimitiveArrays.count(array, tag);
        u8(tag);
        varint(count);
        elements(array, tag, count);
    }

    /** Appends the elements of an array of primitives, by reference when they are large. */
    void elements(Object array, byte tag, int count) {
        long length = (long) count << PrimitiveArrays.shift(tag);
        if (length < SPLICE) {
            ensure((int) length);
            PrimitiveArrays.toBytes(array, tag, 0, count, buffer, size);
            size += (int) length;
            return;
        }
        @Nullable Object[] list = arrays;
        if (list == null) {
            list = new Object[4];
            arrays = list;
            at = new int[4];
        } else if (arrayCount == list.length) {
            list = Arrays.copyOf(list, arrayCount * 2);
            arrays = list;
            at = Arrays.copyOf(at, arrayCount * 2);
        }
        list[arrayCount] = array;
        at[arrayCount++] = size;
        arrayBytes += length;
    }

    /** The characters as single bytes, or false and nothing written when one of them needs two. */
    boolean latin1(String text) {
        int length = text.length();
        ensure(length);
        byte[] target = buffer;
        int to = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0xff) {
                return false;
            }
            target[to++] = (byte) c;
        }
        size = to;
        return true;
    }

    /** Takes back what was written into the buffer after that position; no array may lie behind it. */
    void back(int position) {
        size = position;
    }

    private void ensure(int more) {
        int needed = size + more;
        if (needed - buffer.length > 0 || needed < 0) {
            grow(needed);
        }
    }

    private void grow(int needed) {
        if (needed < 0 || needed > MAX_ARRAY) {
            throw new OutOfMemoryError("a message without its large arrays exceeds 2 GiB; send it in parts");
        }
        int doubled = buffer.length > MAX_ARRAY / 2 ? MAX_ARRAY : buffer.length * 2;
        buffer = Arrays.copyOf(buffer, Math.max(doubled, needed));
    }
}
