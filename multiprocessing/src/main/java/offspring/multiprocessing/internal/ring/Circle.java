package offspring.multiprocessing.internal.ring;

import offspring.multiprocessing.internal.segment.Segment;

/** The bytes of a {@link Ring}, which draws and explains them: positions grow for ever, memory goes round. */
final class Circle {

    /** How many bytes the header takes. What one side writes is 128 bytes from what the other writes: caches fetch lines in pairs. */
    static final int HEADER = 640;

    static final int WRITTEN = 0;
    static final int WRITTEN_MESSAGES = 8;
    static final int READ = 128;
    static final int READ_MESSAGES = 136;
    static final int WRITER = 256;
    static final int STREAM = 272;
    static final int READER = 384;
    static final int DATA = 512;
    static final int ROOM = 520;

    /** The length of a record's header. */
    static final int RECORD = 8;

    /** The record begins a message. */
    static final long FIRST = 1L << 32;

    /** The record ends a message. */
    static final long LAST = 1L << 33;

    private final Segment segment;
    private final int base;
    private final int data;
    private final int capacityBytes;

    /**
     * The circle at an offset of a segment.
     *
     * @param capacityBytes a power of two
     */
    Circle(Segment segment, int base, int capacityBytes) {
        this.segment = segment;
        this.base = base;
        this.data = base + HEADER;
        this.capacityBytes = capacityBytes;
    }

    int capacityBytes() {
        return capacityBytes;
    }

    /** How many bytes a payload of that length takes. */
    static int padded(int length) {
        return (length + 7) & ~7;
    }

    /** For the holder of the writer's lock. */
    long written() {
        return segment.getPlain(base + WRITTEN);
    }

    /** For readers. */
    long writtenVolatile() {
        return segment.getVolatile(base + WRITTEN);
    }

    /** For the holder of the reader's lock. */
    long read() {
        return segment.getPlain(base + READ);
    }

    /** For writers. */
    long readVolatile() {
        return segment.getVolatile(base + READ);
    }

    /**
     * Makes all before this position visible to readers; {@code ends} says that the last record before it ends a message. A {@linkplain
     * Segment#fullFence fence} must come between this and the look for sleepers.
     */
    void publish(long written, boolean ends) {
        if (ends) {
            count(base + WRITTEN_MESSAGES, written(), written);
        }
        segment.putRelease(base + WRITTEN, written);
    }

    /**
     * Gives the room of all before this position to writers; {@code ends} says that the last record before it ends a message. A
     * {@linkplain Segment#fullFence fence} must come between this and the look for sleepers.
     */
    void consume(long read, boolean ends) {
        if (ends) {
            count(base + READ_MESSAGES, read(), read);
        }
        segment.putRelease(base + READ, read);
    }

    /** One message more, as soon as the position moves on. Called by the holder of the lock, before it moves. */
    private void count(int offset, long position, long next) {
        long messages = messages(segment.getPlain(offset), position) + 1;
        segment.putRelease(offset, (messages << 32) | (next >>> 3 & 0xffff_ffffL));
    }

    /** How many messages there are before a position, by the word that counts them. */
    private static long messages(long counted, long position) {
        long messages = counted >>> 32;
        boolean reached = (int) (position >>> 3) - (int) counted >= 0;
        return (reached ? messages : messages - 1) & 0xffff_ffffL;
    }

    /** How many messages were ever written whole, modulo 2<sup>32</sup>. */
    int writtenMessages() {
        return (int) messages(segment.getVolatile(base + WRITTEN_MESSAGES), segment.getVolatile(base + WRITTEN));
    }

    /** How many whole messages were ever read, or dropped, modulo 2<sup>32</sup>. */
    int readMessages() {
        return (int) messages(segment.getVolatile(base + READ_MESSAGES), segment.getVolatile(base + READ));
    }

    boolean hasData() {
        return segment.getVolatile(base + WRITTEN) != segment.getVolatile(base + READ);
    }

    long room() {
        return capacityBytes - (segment.getVolatile(base + WRITTEN) - segment.getVolatile(base + READ));
    }

    /** Who is in the middle of a message; 0 is nobody. */
    long stream() {
        return segment.getVolatile(base + STREAM);
    }

    void setStream(long identity) {
        segment.putVolatile(base + STREAM, identity);
    }

    long getLong(long position) {
        return segment.getPlain(at(position));
    }

    void putLong(long position, long value) {
        segment.putPlain(at(position), value);
    }

    void putBytes(long position, byte[] source, int from, int count) {
        int start = at(position);
        int head = Math.min(count, data + capacityBytes - start);
        segment.putBytes(start, source, from, head);
        if (head < count) {
            segment.putBytes(data, source, from + head, count - head);
        }
    }

    void getBytes(long position, byte[] target, int from, int count) {
        int start = at(position);
        int head = Math.min(count, data + capacityBytes - start);
        segment.getBytes(start, target, from, head);
        if (head < count) {
            segment.getBytes(data, target, from + head, count - head);
        }
    }

    private int at(long position) {
        return data + ((int) position & (capacityBytes - 1));
    }
}
