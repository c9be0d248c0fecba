package offspring.multiprocessing.internal.ring;

import static offspring.multiprocessing.internal.ring.Circle.FIRST;
import static offspring.multiprocessing.internal.ring.Circle.LAST;
import static offspring.multiprocessing.internal.ring.Circle.RECORD;
import static offspring.multiprocessing.internal.ring.Circle.padded;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.codec.wire.Sink;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.Segment;

/** The writing side of a {@link Ring}, as this process sees it. */
final class RingWriter {

    /** The longest array that every JVM can allocate. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    /** How often a write that does not wait looks again while another writer is writing a short message. */
    private static final int LOOKS = 1_000;

    private static final long SPIN_NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 20_000 : 0;
    private static final int PAUSES = 16;

    private final Circle circle;
    private final long self;
    private final SharedLock writer;
    private final WaitPoint dataCame;
    private final WaitPoint roomCame;
    private final BooleanSupplier readersGone;
    private final Traffic traffic = new Traffic();
    /** Up to where readers had come when a writer of this process last looked; belongs to who has the lock. */
    private long readSeen;

    RingWriter(Ring ring, long self, SharedLock writer, Holders readers) {
        this.circle = ring.circle();
        this.self = self;
        this.writer = writer;
        this.dataCame = ring.dataCame();
        this.roomCame = ring.roomCame();
        this.readersGone = new Holders.Gone(readers);
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
        boolean all = write(length, message, closed, Deadlines.NEVER);
        if (!all) {
            throw new IllegalStateException("a write without a deadline has given up");
        }
    }

    /** As {@link #write(long, Message, BooleanSupplier)}; false if there was not room for all of it before the deadline. */
    boolean write(long length, Message message, BooleanSupplier closed, long deadlineNanos)
            throws IOException, InterruptedException {
        if (length > LONGEST) {
            throw new IOException("a message of " + length + " bytes cannot be received: the longest has " + LONGEST);
        }
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean whole = RECORD + length <= circle.capacityBytes() / 4;
        if (whole && writeSoon((int) length, message, closed)) {
            return true;
        }
        return writeInTurn((int) length, message, whole, new Wait(closed, deadlineNanos));
    }

    private boolean writeSoon(int length, Message message, BooleanSupplier closed) throws IOException {
        if (writeNow(length, message, closed)) {
            return true;
        }
        if (circle.room() >= RECORD + padded(length)) {
            return false; // it is the lock that is not to be had
        }
        spinForRoom();
        return writeNow(length, message, closed);
    }

    /**
     * Spins, for some microseconds at most, until so much room is there that it is worth coming back: a writer that is faster than its
     * readers would else write one message after the other into the room of the last one that was read, and disturb them each time.
     */
    @SuppressWarnings("ThreadPriorityCheck") // works without the yield, only slower where processors are few
    void spinForRoom() {
        int worth = circle.capacityBytes() / 16;
        long start = System.nanoTime();
        while (circle.room() < worth && System.nanoTime() - start < SPIN_NANOS) {
            for (int i = 0; i < PAUSES; i++) {
                java.lang.Thread.onSpinWait();
            }
            java.lang.Thread.yield();
        }
    }

    /** With the turn of this process's threads: one of them waits, for the lock or for room. */
    private boolean writeInTurn(int length, Message message, boolean whole, Wait wait)
            throws IOException, InterruptedException {
        if (!writer.turns().take(wait.closed, wait.deadlineNanos)) {
            if (wait.closed.getAsBoolean()) {
                throw new ClosedEndException();
            }
            return false;
        }
        try {
            if (whole) {
                writeWhole(length, message, wait);
            } else {
                writeStreamed(length, message, wait);
            }
            return true;
        } catch (TimeIsUpException e) {
            return false;
        } finally {
            writer.turns().leave();
        }
    }

    /**
     * As {@link #write(long, Message, BooleanSupplier)}, if there is room now and nobody else is in the middle of a message; takes no
     * notice of interrupts.
     */
    boolean tryWrite(long length, Message message, BooleanSupplier closed) throws IOException {
        if (RECORD + length > circle.capacityBytes()) {
            return false;
        }
        int need = RECORD + padded((int) length);
        for (int look = 0; look < LOOKS; look++) {
            if (writeNow((int) length, message, closed)) {
                return true;
            }
            if (circle.room() < need) {
                return false;
            }
            java.lang.Thread.onSpinWait(); // another writer is about to be through with a short message
        }
        return false;
    }

    /** Writes a message if both the lock and the room for it can be had at once. */
    private boolean writeNow(int length, Message message, BooleanSupplier closed) throws IOException {
        SharedLock.Taken taken = writer.tryAcquire();
        if (taken == SharedLock.Taken.NOT) {
            return false;
        }
        try {
            return putWhole(taken, length, message, closed);
        } catch (InterruptedException e) {
            throw new IOException("a message that is copied at once does not wait", e);
        } finally {
            release();
        }
    }

    /** With the writer's lock; false if there is no room. */
    private boolean putWhole(SharedLock.Taken taken, int length, Message message, BooleanSupplier closed)
            throws IOException, InterruptedException {
        if (taken == SharedLock.Taken.FROM_THE_DEAD) {
            circle.setStream(0);
        }
        checkEnds(closed);
        int need = RECORD + padded(length);
        long at = circle.written();
        if (!hasRoom(at, need)) {
            return false;
        }
        circle.putLong(at, length | FIRST | LAST);
        give(message, new WholeRecord(at + RECORD));
        circle.publish(at + need, true);
        traffic.count(length);
        return true;
    }

    private boolean hasRoom(long written, int need) {
        int capacity = circle.capacityBytes();
        if (capacity - (written - readSeen) >= need) {
            return true;
        }
        readSeen = circle.readVolatile();
        return capacity - (written - readSeen) >= need;
    }

    /** Gives the lock back, and lets readers look: for a message, or since one was given up in the middle. */
    private void release() {
        writer.release();
        dataCame.signalAll();
    }

    /** What ends the waiting of a write: its end is closed, or its time is up. */
    private record Wait(BooleanSupplier closed, long deadlineNanos) {}

    /** The deadline has passed in the middle of a write. */
    private static final class TimeIsUpException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private void writeWhole(int length, Message message, Wait wait) throws IOException, InterruptedException {
        while (true) {
            SharedLock.Taken taken = takeWriter(wait);
            try {
                if (putWhole(taken, length, message, wait.closed)) {
                    return;
                }
            } finally {
                release();
            }
            awaitRoom(RECORD + padded(length), wait);
        }
    }

    private void writeStreamed(int length, Message message, Wait wait) throws IOException, InterruptedException {
        takeWriter(wait);
        try {
            checkEnds(wait.closed);
            circle.setStream(self);
            give(message, new ManyRecords(length, wait));
            traffic.count(length);
        } finally {
            circle.setStream(0);
            release();
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
        private final Wait wait;
        /** How much of the message was taken. */
        private int done;
        /** Where the next byte goes, and how many still fit into the record; the record is published when it is full. */
        private long at;

        private int left;

        ManyRecords(int length, Wait wait) {
            this.length = length;
            this.wait = wait;
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
                    publish((at + 7) & ~7L, done == length);
                }
            }
        }

        private void publish(long written, boolean ends) {
            circle.publish(written, ends);
            Segment.fullFence();
            dataCame.signalAll();
        }

        private void begin() throws IOException, InterruptedException {
            boolean first = done == 0;
            left = Math.min(length - done, first ? chunk - TOTAL : chunk);
            int payload = first ? left + TOTAL : left;
            int need = RECORD + padded(payload);
            if (!hasRoom(circle.written(), need)) {
                awaitRoom(need, wait);
            }
            checkEnds(wait.closed);
            at = circle.written();
            circle.putLong(at, payload | (first ? FIRST : 0) | (done + left == length ? LAST : 0));
            at += RECORD;
            if (first) {
                circle.putLong(at, length);
                at += TOTAL;
            }
        }
    }

    private SharedLock.Taken takeWriter(Wait wait) throws IOException, InterruptedException {
        SharedLock.Taken taken = writer.acquire(wait.deadlineNanos, wait.closed);
        if (taken == SharedLock.Taken.NOT) {
            throw wait.closed.getAsBoolean() ? new ClosedEndException() : new TimeIsUpException();
        }
        return taken;
    }

    private void checkEnds(BooleanSupplier closed) throws IOException {
        if (closed.getAsBoolean()) {
            throw new ClosedEndException();
        }
        if (readersGone.getAsBoolean()) {
            throw new BrokenPipeException();
        }
    }

    private void awaitRoom(int need, Wait wait) throws IOException, InterruptedException {
        boolean some = roomCame.await(
                () -> circle.room() >= need || wait.closed.getAsBoolean() || readersGone.getAsBoolean(),
                wait.deadlineNanos);
        if (!some) {
            throw new TimeIsUpException();
        }
    }
}
