package offspring.multiprocessing.internal.ring;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * Messages in one direction, through a circle of shared bytes: written by whoever holds the writing end, read by whoever
 * holds the reading end, each message whole, once, in the order of writing.
 *
 * <pre>
 *   header                                          data: capacity bytes, a multiple of 8
 *     0  written   bytes ever written               ...|header|payload.......|pad|header|payload...
 *    64  read      bytes ever read                         ▲                      ▲
 *   128  writer    {@link SharedLock}                   read % capacity       written % capacity
 *   144  stream    identity of a process in the middle of a message, or 0
 *   192  reader    {@link SharedLock}
 *   256  data      {@link WaitPoint} of readers
 *   264  room      {@link WaitPoint} of writers
 *
 *   record header (8 bytes): payload length in the low 32 bits, then FIRST and LAST
 * </pre>
 *
 * <p><b>Who writes what.</b> {@code written}, {@code stream} and the bytes from {@code written} on belong to the holder of
 * {@code writer}; {@code read} belongs to the holder of {@code reader}.
 *
 * <p><b>What publishes.</b> A record is in the ring when {@code written} is stored, volatile, after its bytes; the reader's
 * load of {@code written} is its partner. Were either weaker than release and acquire, a reader could see the count before
 * the bytes. Room is given back by the store of {@code read}, after the bytes were copied out; its partner is the writer's
 * load. Both stores are volatile, not just release, since the look at the wait points that follows must not come before.
 *
 * <p><b>Messages that do not fit</b> into a quarter of the ring go through it in several records: the first begins with the
 * total length and has FIRST, the last has LAST. The writer keeps its lock from the first to the last.
 *
 * <p><b>A kill.</b> A writer killed before its store of {@code written} has written nothing. One killed between two records
 * of a message leaves a beginning without an end; its successor clears {@code stream} and starts with FIRST, and a reader
 * drops a beginning when it meets FIRST, or when nothing more is there and {@code stream} names nobody alive. A reader killed
 * before its store of {@code read} has read nothing; its successor reads the record again. One killed between two records
 * takes its message with it: the successor drops records until FIRST. So a kill costs at most the message that the killed
 * process was writing or reading.
 *
 * <p><b>Interruption.</b> An interrupted writer gives its message up as if killed. An interrupted reader keeps what it has of a
 * message, and the reader's lock, so that the next read in this process goes on with it; when the process closes its end or
 * dies, the rest is dropped.
 *
 * <p>Ancestors: Agrona's ring buffers (a length that commits, records in a circle). We differ: locks that outlive a holder
 * instead of a claim per writer, so that there is never a hole that somebody must unblock.
 */
final class Ring {

    /** How many bytes the header takes. */
    static final int HEADER = 320;

    private static final int WRITTEN = 0;
    private static final int READ = 64;
    private static final int WRITER = 128;
    private static final int STREAM = 144;
    private static final int READER = 192;
    private static final int DATA = 256;
    private static final int ROOM = 264;

    private static final int RECORD = 8;
    private static final long FIRST = 1L << 32;
    private static final long LAST = 1L << 33;

    private final Segment segment;
    private final ProcessTable processes;
    private final long self;
    private final int base;
    private final int data;
    private final int capacityBytes;
    private final SharedLock writer;
    private final SharedLock reader;
    private final WaitPoint dataCame;
    private final WaitPoint roomCame;
    private final BooleanSupplier writersGone;
    private final BooleanSupplier readersGone;
    /** The turns of this process's threads. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ReentrantLock reading = new ReentrantLock();
    /** The beginning of a message whose reader was interrupted; guarded by {@link #reading}. */
    private @Nullable Partial partial;

    Ring(Session session, Segment segment, int base, int capacityBytes, Holders writers, Holders readers)
            throws IOException {
        this.segment = segment;
        this.processes = session.processes();
        this.self = session.self();
        this.base = base;
        this.data = base + HEADER;
        this.capacityBytes = capacityBytes;
        this.writer = lockAt(base + WRITER);
        this.reader = lockAt(base + READER);
        this.dataCame = WaitPoint.at(segment, base + DATA);
        this.roomCame = WaitPoint.at(segment, base + ROOM);
        this.writersGone = () -> !writers.anyAlive();
        this.readersGone = () -> !readers.anyAlive();
    }

    private SharedLock lockAt(int offset) throws IOException {
        return new SharedLock(processes, self, segment, offset, WaitPoint.at(segment, offset + 8));
    }

    /** A message that has begun to arrive. */
    private static final class Partial {
        final byte[] bytes;
        int filled;

        Partial(int length) {
            bytes = new byte[length];
        }
    }

    // ---- writing

    /**
     * Writes a message; waits for room.
     *
     * @throws BrokenPipeException if nobody holds the reading end any more
     * @throws InterruptedException if interrupted; nothing of the message arrives
     */
    void write(byte[] source, int from, int length) throws IOException, InterruptedException {
        writing.lockInterruptibly();
        try {
            if (RECORD + length <= capacityBytes / 4) {
                writeWhole(source, from, length);
            } else {
                writeStreamed(source, from, length);
            }
        } finally {
            writing.unlock();
        }
    }

    private void writeWhole(byte[] source, int from, int length) throws IOException, InterruptedException {
        int need = RECORD + padded(length);
        while (true) {
            takeWriter();
            try {
                checkReaders();
                if (room() >= need) {
                    long at = segment.getPlain(base + WRITTEN);
                    putLong(at, length | FIRST | LAST);
                    putBytes(at + RECORD, source, from, length);
                    publish(at + need);
                    return;
                }
            } finally {
                writer.release();
            }
            awaitRoom(need);
        }
    }

    private void writeStreamed(byte[] source, int from, int length) throws IOException, InterruptedException {
        takeWriter();
        try {
            checkReaders();
            segment.putVolatile(base + STREAM, self);
            int chunk = capacityBytes / 4 - RECORD;
            int done = 0;
            while (done < length) {
                boolean first = done == 0;
                int count = Math.min(length - done, first ? chunk - Long.BYTES : chunk);
                int payload = first ? count + Long.BYTES : count;
                awaitRoom(RECORD + padded(payload));
                checkReaders();
                long at = segment.getPlain(base + WRITTEN);
                putLong(at, payload | (first ? FIRST : 0) | (done + count == length ? LAST : 0));
                long body = at + RECORD;
                if (first) {
                    putLong(body, length);
                    body += Long.BYTES;
                }
                putBytes(body, source, from + done, count);
                publish(at + RECORD + padded(payload));
                done += count;
            }
        } finally {
            segment.putVolatile(base + STREAM, 0);
            dataCame.signalAll(); // a reader in the middle of a message given up must not wait for its rest
            writer.release();
        }
    }

    private void takeWriter() throws InterruptedException {
        if (writer.acquire(Deadlines.NEVER) == SharedLock.Taken.FROM_THE_DEAD) {
            segment.putVolatile(base + STREAM, 0);
            dataCame.signalAll();
        }
    }

    private void checkReaders() throws BrokenPipeException {
        if (readersGone.getAsBoolean()) {
            throw new BrokenPipeException();
        }
    }

    private long room() {
        return capacityBytes - (segment.getPlain(base + WRITTEN) - segment.getVolatile(base + READ));
    }

    private void awaitRoom(int need) throws InterruptedException {
        roomCame.await(
                () -> capacityBytes - (segment.getVolatile(base + WRITTEN) - segment.getVolatile(base + READ)) >= need
                        || readersGone.getAsBoolean(),
                Deadlines.NEVER);
    }

    private void publish(long written) {
        segment.putVolatile(base + WRITTEN, written);
        dataCame.signalAll();
    }

    // ---- reading

    /**
     * Reads the next message; waits for it.
     *
     * @param longest a longer message is left where it is
     * @param closed tells that the caller's end was closed meanwhile
     * @throws EOFException if no message is left and nobody holds the writing end any more
     * @throws MessageTooLongException if the message is longer than {@code longest}
     */
    byte[] read(int longest, BooleanSupplier closed) throws IOException, InterruptedException {
        reading.lockInterruptibly();
        try {
            while (true) {
                Arrival arrival = partial != null ? Arrival.DATA : awaitData(closed, Deadlines.NEVER);
                if (arrival == Arrival.END) {
                    throw new EOFException("all holders of the other end have closed it or ended");
                }
                if (arrival == Arrival.CLOSED) {
                    throw new ClosedEndException();
                }
                byte[] message = takeMessage(longest);
                if (message != null) {
                    return message;
                }
            }
        } finally {
            reading.unlock();
        }
    }

    /** Whether a read would not wait: a message has begun to arrive, or none will. */
    boolean poll(BooleanSupplier closed, long deadlineNanos) throws InterruptedException {
        long left = Deadlines.left(deadlineNanos);
        if (!(left <= 0 ? reading.tryLock() : reading.tryLock(left, TimeUnit.NANOSECONDS))) {
            return false; // another thread of this process is reading: what comes is for it
        }
        try {
            while (partial == null) {
                Arrival arrival = awaitData(closed, deadlineNanos);
                if (arrival != Arrival.DATA) {
                    return arrival != Arrival.NOTHING;
                }
                if (beginsMessage(deadlineNanos)) {
                    return true;
                }
            }
            return true;
        } finally {
            reading.unlock();
        }
    }

    private enum Arrival {
        DATA,
        END,
        CLOSED,
        NOTHING
    }

    private Arrival awaitData(BooleanSupplier closed, long deadlineNanos) throws InterruptedException {
        boolean some =
                dataCame.await(() -> hasData() || closed.getAsBoolean() || writersGone.getAsBoolean(), deadlineNanos);
        if (closed.getAsBoolean()) {
            return Arrival.CLOSED;
        }
        boolean gone = writersGone.getAsBoolean(); // before the last look: a writer may write and then go
        if (hasData()) {
            return Arrival.DATA;
        }
        if (gone) {
            return Arrival.END;
        }
        return some ? awaitData(closed, deadlineNanos) : Arrival.NOTHING; // another reader was quicker
    }

    private boolean hasData() {
        return segment.getVolatile(base + WRITTEN) != segment.getVolatile(base + READ);
    }

    /** Drops what a dead or interrupted writer or reader left of a message; says whether a message begins here. */
    private boolean beginsMessage(long deadlineNanos) throws InterruptedException {
        if (reader.acquire(deadlineNanos) == SharedLock.Taken.NOT) {
            return false;
        }
        try {
            while (hasData()) {
                long at = segment.getVolatile(base + READ);
                long header = getLong(at);
                if ((header & FIRST) != 0) {
                    return true;
                }
                consume(at, header);
            }
            return false;
        } finally {
            reader.release();
        }
    }

    /** Takes one message, or what there is of it; null if there is nothing, or it was given up by its writer. */
    private byte @Nullable [] takeMessage(int longest) throws IOException, InterruptedException {
        reader.acquire(Deadlines.NEVER);
        boolean keep = false;
        try {
            while (true) {
                if (!hasData() && (partial == null || !awaitRest())) {
                    partial = null;
                    return null;
                }
                byte[] message = takeRecord(longest);
                if (message != null) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            keep = partial != null;
            throw e;
        } finally {
            if (!keep) {
                reader.release();
            }
        }
    }

    /** Waits for the next record of a message that has begun; false if its writer gave it up or died. */
    private boolean awaitRest() throws InterruptedException {
        dataCame.await(() -> hasData() || !isStreaming(), Deadlines.NEVER);
        return hasData();
    }

    private boolean isStreaming() {
        long streaming = segment.getVolatile(base + STREAM);
        return streaming != 0 && processes.isAlive(streaming);
    }

    /** Takes one record; gives the message if that was its last. */
    private byte @Nullable [] takeRecord(int longest) throws MessageTooLongException {
        long at = segment.getPlain(base + READ);
        long header = getLong(at);
        int payload = (int) header;
        long body = at + RECORD;
        if ((header & FIRST) != 0) {
            boolean whole = (header & LAST) != 0;
            int length = whole ? payload : (int) getLong(body);
            if (length > longest) {
                throw new MessageTooLongException(length, longest);
            }
            partial = new Partial(length);
            if (!whole) {
                body += Long.BYTES;
                payload -= Long.BYTES;
            }
        }
        Partial message = partial;
        if (message != null) {
            getBytes(body, message.bytes, message.filled, payload);
            message.filled += payload;
        }
        consume(at, header);
        if (message == null || (header & LAST) == 0) {
            return null;
        }
        partial = null;
        return message.bytes;
    }

    private void consume(long at, long header) {
        segment.putVolatile(base + READ, at + RECORD + padded((int) header));
        roomCame.signalAll();
    }

    // ---- ends that go

    /** Lets waiting threads of all processes look again at who holds which end. */
    void signalHoldersChanged() {
        dataCame.signalAll();
        roomCame.signalAll();
    }

    /** Called when this process gives up the reading end: the rest of a half-read message is for nobody. */
    void abandonReading() {
        if (reading.tryLock()) {
            try {
                partial = null;
                reader.releaseIfMine();
            } finally {
                reading.unlock();
            }
        }
    }

    // ---- the circle

    private static int padded(int length) {
        return (length + 7) & ~7;
    }

    private int at(long position) {
        return data + (int) (position % capacityBytes);
    }

    private long getLong(long position) {
        return segment.getPlain(at(position));
    }

    private void putLong(long position, long value) {
        segment.putPlain(at(position), value);
    }

    private void putBytes(long position, byte[] source, int from, int count) {
        int start = at(position);
        int head = Math.min(count, data + capacityBytes - start);
        segment.putBytes(start, source, from, head);
        if (head < count) {
            segment.putBytes(data, source, from + head, count - head);
        }
    }

    private void getBytes(long position, byte[] target, int from, int count) {
        int start = at(position);
        int head = Math.min(count, data + capacityBytes - start);
        segment.getBytes(start, target, from, head);
        if (head < count) {
            segment.getBytes(data, target, from + head, count - head);
        }
    }
}
