package offspring.multiprocessing.internal.ring;

import static offspring.multiprocessing.internal.ring.Circle.FIRST;
import static offspring.multiprocessing.internal.ring.Circle.LAST;
import static offspring.multiprocessing.internal.ring.Circle.RECORD;
import static offspring.multiprocessing.internal.ring.Circle.padded;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.codec.wire.Sink;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.WaitPoint;

/** The writing side of a {@link Ring}, as this process sees it. */
final class RingWriter {

    /** The longest array that every JVM can allocate. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private final Circle circle;
    private final long self;
    private final SharedLock writer;
    private final WaitPoint dataCame;
    private final WaitPoint roomCame;
    private final BooleanSupplier readersGone;
    /** The turns of this process's threads. */
    private final ReentrantLock turns = new ReentrantLock();

    private final Traffic traffic = new Traffic();

    RingWriter(Ring ring, long self, SharedLock writer, Holders readers) {
        this.circle = ring.circle();
        this.self = self;
        this.writer = writer;
        this.dataCame = ring.dataCame();
        this.roomCame = ring.roomCame();
        this.readersGone = () -> !readers.anyAlive();
    }

    Traffic traffic() {
        return traffic;
    }

    /** What is to be written: it gives its bytes to a sink, piece by piece, once. */
    @FunctionalInterface
    interface Message {
        void writeTo(Sink<Exception> sink) throws Exception;
    }

    /**
     * Writes a message; waits for room.
     *
     * @param closed tells that the caller's end was closed meanwhile
     * @throws ClosedEndException if it was; nothing of the message arrives
     * @throws BrokenPipeException if nobody holds the reading end any more
     * @throws InterruptedException if interrupted; nothing of the message arrives
     */
    void write(long length, Message message, BooleanSupplier closed) throws IOException, InterruptedException {
        if (length > LONGEST) {
            throw new IOException("a message of " + length + " bytes cannot be received: the longest has " + LONGEST);
        }
        turns.lockInterruptibly();
        try {
            if (RECORD + length <= circle.capacityBytes() / 4) {
                writeWhole((int) length, message, closed);
            } else {
                writeStreamed((int) length, message, closed);
            }
            traffic.count(length);
        } finally {
            turns.unlock();
        }
    }

    private void writeWhole(int length, Message message, BooleanSupplier closed)
            throws IOException, InterruptedException {
        int need = RECORD + padded(length);
        while (true) {
            takeWriter(closed);
            try {
                checkEnds(closed);
                if (circle.room() >= need) {
                    long at = circle.written();
                    circle.putLong(at, length | FIRST | LAST);
                    give(message, new WholeRecord(at + RECORD));
                    publish(at + need);
                    return;
                }
            } finally {
                writer.release();
            }
            awaitRoom(need, closed);
        }
    }

    private void writeStreamed(int length, Message message, BooleanSupplier closed)
            throws IOException, InterruptedException {
        takeWriter(closed);
        try {
            checkEnds(closed);
            circle.setStream(self);
            give(message, new ManyRecords(length, closed));
        } finally {
            circle.setStream(0);
            dataCame.signalAll(); // a reader in the middle of a message given up must not wait for its rest
            writer.release();
        }
    }

    private static void give(Message message, Sink<Exception> sink) throws IOException, InterruptedException {
        try {
            message.writeTo(sink);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("a message could not be written", e);
        }
    }

    /** Takes the pieces of a message for which there is room. */
    private final class WholeRecord implements Sink<Exception> {

        private long at;

        WholeRecord(long at) {
            this.at = at;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            circle.putBytes(at, bytes, offset, count);
            at += count;
        }
    }

    /** Takes the pieces of a message that goes through the ring in several records. */
    private final class ManyRecords implements Sink<Exception> {

        private static final int TOTAL = Long.BYTES;

        private final int chunk = circle.capacityBytes() / 4 - RECORD;
        private final int length;
        private final BooleanSupplier closed;
        /** How much of the message was taken. */
        private int done;
        /** Where the next byte goes, and how many still fit into the record; the record is published when it is full. */
        private long at;

        private int left;

        ManyRecords(int length, BooleanSupplier closed) {
            this.length = length;
            this.closed = closed;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException, InterruptedException {
            int taken = 0;
            while (taken < count) {
                if (left == 0) {
                    begin();
                }
                int now = Math.min(left, count - taken);
                circle.putBytes(at, bytes, offset + taken, now);
                at += now;
                left -= now;
                taken += now;
                done += now;
                if (left == 0) {
                    publish((at + 7) & ~7L);
                }
            }
        }

        private void begin() throws IOException, InterruptedException {
            boolean first = done == 0;
            left = Math.min(length - done, first ? chunk - TOTAL : chunk);
            int payload = first ? left + TOTAL : left;
            awaitRoom(RECORD + padded(payload), closed);
            checkEnds(closed);
            at = circle.written();
            circle.putLong(at, payload | (first ? FIRST : 0) | (done + left == length ? LAST : 0));
            at += RECORD;
            if (first) {
                circle.putLong(at, length);
                at += TOTAL;
            }
        }
    }

    private void takeWriter(BooleanSupplier closed) throws InterruptedException, ClosedEndException {
        switch (writer.acquire(Deadlines.NEVER, closed)) {
            case FREE -> {}
            case FROM_THE_DEAD -> {
                circle.setStream(0);
                dataCame.signalAll();
            }
            case NOT -> throw new ClosedEndException();
        }
    }

    private void checkEnds(BooleanSupplier closed) throws IOException {
        if (closed.getAsBoolean()) {
            throw new ClosedEndException();
        }
        if (readersGone.getAsBoolean()) {
            throw new BrokenPipeException();
        }
    }

    private void awaitRoom(int need, BooleanSupplier closed) throws InterruptedException {
        roomCame.await(
                () -> circle.room() >= need || closed.getAsBoolean() || readersGone.getAsBoolean(), Deadlines.NEVER);
    }

    private void publish(long written) {
        circle.publish(written);
        dataCame.signalAll();
    }
}
