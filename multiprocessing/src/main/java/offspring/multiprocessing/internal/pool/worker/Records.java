package offspring.multiprocessing.internal.pool.worker;

import java.io.StreamCorruptedException;

/**
 * A walk over the records of a frame.
 *
 * <pre>
 *     0  u8   kind
 *     1  i32  length of the payload
 *     5  payload
 * </pre>
 */
public final class Records {

    /** How many bytes stand before a payload. */
    static final int HEADER = 5;

    /** To the worker: an item. */
    public static final byte ITEM = 1;
    /** To the worker: an item that could not be encoded; it has a number, and nothing more. */
    public static final byte NOTHING = 2;

    /** The payload is what the call returned. */
    public static final byte RETURNED = 13;
    /** The payload is what the call threw. */
    public static final byte THREW = 14;
    /** The payload is the OutOfMemoryError that the call threw; the worker ends. */
    public static final byte OUT_OF_MEMORY = 15;
    /** The payload says why the call could not be decoded. */
    public static final byte NOT_DECODED = 16;
    /** The payload says why the result could not be encoded. */
    public static final byte NOT_ENCODED = 17;
    /** The answer to {@link #NOTHING}. */
    public static final byte PASSED_OVER = 18;

    private final byte[] bytes;
    private final int end;
    private final int count;
    private int at;
    private int seen;

    private byte kind;
    private int offset;
    private int length;

    private Records(byte[] bytes, int from, int end, int count) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.count = count;
    }

    /** So many records, which fill the bytes. */
    static Records of(byte[] bytes, int from, int end, int count) {
        return new Records(bytes, from, end, count);
    }

    /** One record whose payload fills the bytes. */
    static Records single(byte kind, byte[] payload) {
        Records one = new Records(payload, payload.length, payload.length, 1);
        one.kind = kind;
        one.offset = 0;
        one.length = payload.length;
        one.seen = -1;
        return one;
    }

    /** As many records as the bytes hold. */
    static Records counted(byte[] bytes, int end) throws StreamCorruptedException {
        int count = 0;
        for (int at = 0; at < end; at += HEADER + Frames.getInt(bytes, at + 1)) {
            if (end - at < HEADER || Frames.getInt(bytes, at + 1) < 0) {
                throw new StreamCorruptedException("a record of " + (end - at) + " bytes");
            }
            count++;
        }
        return new Records(bytes, 0, end, count);
    }

    /** How many there are, those gone by included. */
    public int count() {
        return count;
    }

    /** Goes on to the next one, which there is. */
    public void next() throws StreamCorruptedException {
        if (seen < 0) {
            seen = 1;
            return;
        }
        if (seen == count || end - at < HEADER) {
            throw new StreamCorruptedException(
                    "record " + (seen + 1) + " of " + count + " in " + (end - at) + " bytes");
        }
        kind = bytes[at];
        length = Frames.getInt(bytes, at + 1);
        offset = at + HEADER;
        if (length < 0 || length > end - offset) {
            throw new StreamCorruptedException(
                    "a record of " + length + " bytes where " + (end - offset) + " are left");
        }
        at = offset + length;
        seen++;
    }

    public byte kind() {
        return kind;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }
}
