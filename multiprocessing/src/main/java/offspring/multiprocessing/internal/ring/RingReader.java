package offspring.multiprocessing.internal.ring;

import static offspring.multiprocessing.internal.ring.Circle.FIRST;
import static offspring.multiprocessing.internal.ring.Circle.LAST;
import static offspring.multiprocessing.internal.ring.Circle.RECORD;
import static offspring.multiprocessing.internal.ring.Circle.padded;

import java.io.EOFException;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;
import org.jspecify.annotations.Nullable;

/** The reading side of a {@link Ring}, as this process sees it. */
final class RingReader {

    /** How often a read that does not wait looks again while another reader is taking a message. */
    private static final int LOOKS = 1_000;

    /** A wait that was over so soon was for a message of a stream. */
    private static final long SHORT_NANOS = 250;

    /** So many of them make a stream. */
    private static final int STREAM = 16;

    private static final int PAUSES = 24;

    private final Circle circle;
    private final ProcessTable processes;
    private final SharedLock reader;
    private final WaitPoint dataCame;
    private final WaitPoint roomCame;
    private final BooleanSupplier writersGone;
    private final Traffic traffic = new Traffic();
    /** The beginning of a message, if its reader was interrupted; belongs to who has the lock, and while there is one, it is kept. */
    private @Nullable Partial partial;
    /** How many waits in a row were short; a race on it costs nothing. */
    private int shortWaits;
    /** Up to where writers had come when a reader of this process last looked; belongs to who has the lock. */
    private long writtenSeen;

    RingReader(Ring ring, ProcessTable processes, SharedLock reader, Holders writers) {
        this.circle = ring.circle();
        this.processes = processes;
        this.reader = reader;
        this.dataCame = ring.dataCame();
        this.roomCame = ring.roomCame();
        this.writersGone = new Holders.Gone(writers);
    }

    /** A message that has begun to arrive. */
    private static final class Partial {
        final byte[] bytes;
        int filled;

        Partial(int length) {
            bytes = new byte[length];
        }
    }

    Traffic traffic() {
        return traffic;
    }

    /**
     * Reads the next message; waits for it.
     *
     * @param longest a longer message is left where it is
     * @param closed tells that the caller's end was closed meanwhile
     * @throws EOFException if no message is left and nobody holds the writing end any more
     * @throws MessageTooLongException if the message is longer than {@code longest}
     */
    byte[] read(int longest, BooleanSupplier closed) throws IOException, InterruptedException {
        while (true) {
            byte[] message = read(longest, closed, Deadlines.NEVER);
            if (message != null) {
                return message;
            }
        }
    }

    /**
     * Reads the next message, if one begins to arrive before the deadline; a message that has begun is waited for.
     *
     * @return the message; null if none has come, or other readers took those that came
     */
    byte @Nullable [] read(int longest, BooleanSupplier closed, long deadlineNanos)
            throws IOException, InterruptedException {
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (closed.getAsBoolean()) {
            throw new ClosedEndException();
        }
        byte[] message = readNow(longest, closed);
        if (message == null && shortWaits >= STREAM) {
            message = readAfterPause(longest, closed);
        }
        if (message != null) {
            return message;
        }
        long start = System.nanoTime();
        message = readInTurn(longest, closed, deadlineNanos);
        shortWaits = System.nanoTime() - start < SHORT_NANOS ? shortWaits + 1 : 0;
        return message;
    }

    private byte @Nullable [] readNow(int longest, BooleanSupplier closed) throws IOException, InterruptedException {
        boolean mine = isSomethingThere() && reader.tryAcquire() != SharedLock.Taken.NOT;
        return mine ? takeMessage(longest, closed) : null;
    }

    /**
     * A reader that is as fast as the writer takes each message at once, and each of them then waits for the lines of memory that the other
     * has just touched: both take three times as long. So when many messages came one by one, it lets some gather; and when none
     * do, it does not do so again soon.
     */
    private byte @Nullable [] readAfterPause(int longest, BooleanSupplier closed)
            throws IOException, InterruptedException {
        for (int i = 0; i < PAUSES; i++) {
            java.lang.Thread.onSpinWait();
        }
        byte[] message = readNow(longest, closed);
        if (!circle.hasData()) {
            shortWaits = 0;
        }
        return message;
    }

    /** With the turn of this process's threads: one of them waits, for a message or for the lock. */
    private byte @Nullable [] readInTurn(int longest, BooleanSupplier closed, long deadlineNanos)
            throws IOException, InterruptedException {
        if (!reader.turns().take(closed, deadlineNanos)) {
            if (closed.getAsBoolean()) {
                throw new ClosedEndException();
            }
            return null;
        }
        try {
            while (true) {
                Arrival arrival = awaitData(closed, deadlineNanos);
                if (arrival == Arrival.END) {
                    throw new EOFException("all holders of the other end have closed it or ended");
                }
                if (arrival == Arrival.CLOSED) {
                    throw new ClosedEndException();
                }
                if (arrival == Arrival.NOTHING || !takeReader(closed, deadlineNanos)) {
                    return null;
                }
                byte[] message = takeMessage(longest, closed);
                if (message != null) {
                    return message;
                }
            }
        } finally {
            reader.turns().leave();
            callThoseWhoLooked();
        }
    }

    /** As {@link #read}, without waiting for a message to begin. Takes no notice of interrupts. */
    byte @Nullable [] tryRead(int longest, BooleanSupplier closed) throws IOException {
        for (int look = 0; look < LOOKS && isSomethingThere(); look++) {
            if (reader.tryAcquire() == SharedLock.Taken.NOT) {
                java.lang.Thread.onSpinWait(); // another reader is about to take what is there, and there may be more
                continue;
            }
            byte[] message = takeMessageUninterruptibly(longest, closed);
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    /** Whether there is something to read, or the rest of it to wait for. */
    private boolean isSomethingThere() {
        return circle.hasData() || reader.isKept();
    }

    private byte @Nullable [] takeMessageUninterruptibly(int longest, BooleanSupplier closed) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return takeMessage(longest, closed);
                } catch (InterruptedException e) {
                    interrupted = true; // what there is of the message was kept, and the lock
                    if (reader.tryAcquire() == SharedLock.Taken.NOT) {
                        return null; // another thread was quicker to go on with it
                    }
                }
            }
        } finally {
            if (interrupted) {
                java.lang.Thread.currentThread().interrupt();
            }
        }
    }

    private boolean takeReader(BooleanSupplier closed, long deadlineNanos)
            throws InterruptedException, ClosedEndException {
        if (reader.acquire(deadlineNanos, closed) != SharedLock.Taken.NOT) {
            return true;
        }
        if (closed.getAsBoolean()) {
            throw new ClosedEndException();
        }
        return false;
    }

    /** Whether a read would not wait: a message has begun to arrive, or none will. */
    boolean poll(BooleanSupplier closed, long deadlineNanos) throws InterruptedException {
        long left = Deadlines.left(deadlineNanos);
        if (!(left <= 0 ? reader.turns().tryTake() : reader.turns().take(closed, deadlineNanos))) {
            return closed.getAsBoolean(); // else another thread of this process is waiting: what comes is for it
        }
        boolean busy = false;
        try {
            while (!reader.isKept()) {
                Arrival arrival = awaitData(closed, deadlineNanos);
                if (arrival != Arrival.DATA) {
                    return arrival != Arrival.NOTHING;
                }
                if (reader.acquire(deadlineNanos, closed) == SharedLock.Taken.NOT) {
                    busy = true;
                    return closed.getAsBoolean(); // else another reader is at work: what has come is for it
                }
                if (beginsMessage()) {
                    return true;
                }
            }
            return true;
        } finally {
            reader.turns().leave();
            if (!busy) { // else who has the lock calls
                callThoseWhoLooked();
            }
        }
    }

    /**
     * Who waits for one of several things looks, and takes what there is for what the reader at work is about to take. So a reader that
     * has given back its turn or the lock, and leaves something, lets them look again.
     */
    private void callThoseWhoLooked() {
        if (dataCame.hasSleepers() && isSomethingThere()) {
            dataCame.signalAll();
        }
    }

    /** Whether there is a message, or will be none. */
    private final class SomethingToSee implements BooleanSupplier {

        private final BooleanSupplier closed;

        SomethingToSee(BooleanSupplier closed) {
            this.closed = closed;
        }

        @Override
        public boolean getAsBoolean() {
            return isSomethingThere() || closed.getAsBoolean() || writersGone.getAsBoolean();
        }
    }

    private enum Arrival {
        DATA,
        END,
        CLOSED,
        NOTHING
    }

    private Arrival awaitData(BooleanSupplier closed, long deadlineNanos) throws InterruptedException {
        boolean some = dataCame.await(new SomethingToSee(closed), deadlineNanos);
        if (closed.getAsBoolean()) {
            return Arrival.CLOSED;
        }
        boolean gone = writersGone.getAsBoolean(); // before the last look: a writer may write and then go
        if (isSomethingThere()) {
            return Arrival.DATA;
        }
        if (gone) {
            return Arrival.END;
        }
        return some ? awaitData(closed, deadlineNanos) : Arrival.NOTHING; // another reader was quicker
    }

    /**
     * Drops what a dead or interrupted writer or reader left of a message; says whether a message begins here. Called with the
     * reader's lock, which it gives back.
     */
    private boolean beginsMessage() {
        boolean begun = partial != null;
        try {
            while (!begun && circle.hasData()) {
                long at = circle.read();
                long header = circle.getLong(at);
                if ((header & FIRST) != 0 && !isGivenUp(at, header)) {
                    return true;
                }
                circle.consume(at + RECORD + padded((int) header), (header & LAST) != 0);
            }
            return begun;
        } finally {
            giveBack(begun);
        }
    }

    /** Gives the lock back, and lets writers look for room; or keeps it for the rest of a message that has begun. */
    private void giveBack(boolean keep) {
        if (keep) {
            reader.keep();
        } else {
            reader.release();
        }
        roomCame.signalAll();
        callThoseWhoLooked();
    }

    /** Whether a beginning has no end: another message begins behind it, or nobody is writing the rest. */
    private boolean isGivenUp(long at, long header) {
        boolean streaming =
                isStreaming(); // before the look at what is written: a writer may write the last and be through
        long end = circle.writtenVolatile();
        long next = at;
        for (long record = header; (record & LAST) == 0; record = circle.getLong(next)) {
            next += RECORD + padded((int) record);
            if (next == end) {
                return !streaming;
            }
            if ((circle.getLong(next) & FIRST) != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes one message, or what there is of it; null if there is nothing, or it was given up by its writer. Called with the
     * lock, which it gives back, or keeps for this process if it is interrupted in the middle of a message.
     */
    private byte @Nullable [] takeMessage(int longest, BooleanSupplier closed)
            throws IOException, InterruptedException {
        boolean keep = false;
        try {
            refuseLongRest(longest);
            while (true) {
                if (!hasData() && (partial == null || !awaitRest(closed))) {
                    partial = null;
                    return null;
                }
                byte[] message = takeRecord(longest);
                if (message != null) {
                    traffic.count(message.length);
                    return message;
                }
                Segment.fullFence();
                roomCame.signalAll();
            }
        } catch (InterruptedException e) {
            keep = partial != null;
            throw e;
        } finally {
            giveBack(keep);
            if (keep && closed.getAsBoolean()) { // who closed it may have looked before the lock was kept
                abandon();
            }
        }
    }

    private boolean hasData() {
        long read = circle.read();
        if (read < writtenSeen) {
            return true;
        }
        writtenSeen = circle.writtenVolatile();
        return read < writtenSeen;
    }

    /** A message whose reader was interrupted may be too long for the next; its beginning is gone, so all of it goes. */
    private void refuseLongRest(int longest) throws MessageTooLongException {
        Partial begun = partial;
        if (begun != null && begun.bytes.length > longest) {
            partial = null;
            throw new MessageTooLongException(begun.bytes.length, longest);
        }
    }

    /** Waits for the next record of a message that has begun; false if its writer gave it up or died. */
    private boolean awaitRest(BooleanSupplier closed) throws InterruptedException, ClosedEndException {
        dataCame.await(() -> circle.hasData() || closed.getAsBoolean() || !isStreaming(), Deadlines.NEVER);
        if (closed.getAsBoolean()) {
            partial = null;
            throw new ClosedEndException();
        }
        return circle.hasData();
    }

    private boolean isStreaming() {
        long streaming = circle.stream();
        return streaming != 0 && processes.isAlive(streaming);
    }

    /** Takes one record; gives the message if that was its last. */
    private byte @Nullable [] takeRecord(int longest) throws MessageTooLongException {
        long at = circle.read();
        long header = circle.getLong(at);
        byte[] message = (header & (FIRST | LAST)) == (FIRST | LAST)
                ? whole(at + RECORD, (int) header, longest)
                : piece(at + RECORD, header, longest);
        circle.consume(at + RECORD + padded((int) header), (header & LAST) != 0);
        return message;
    }

    private byte[] whole(long body, int length, int longest) throws MessageTooLongException {
        checkLength(length, longest);
        partial = null; // a beginning that its writer gave up
        byte[] message = new byte[length];
        circle.getBytes(body, message, 0, length);
        return message;
    }

    private byte @Nullable [] piece(long at, long header, int longest) throws MessageTooLongException {
        long body = at;
        int payload = (int) header;
        if ((header & FIRST) != 0) {
            int length = (int) circle.getLong(body);
            checkLength(length, longest);
            partial = new Partial(length);
            body += Long.BYTES;
            payload -= Long.BYTES;
        }
        Partial message = partial;
        if (message == null) {
            return null; // the rest of what another reader took along
        }
        circle.getBytes(body, message.bytes, message.filled, payload);
        message.filled += payload;
        if ((header & LAST) == 0) {
            return null;
        }
        partial = null;
        return message.bytes;
    }

    private static void checkLength(int length, int longest) throws MessageTooLongException {
        if (length > longest) {
            throw new MessageTooLongException(length, longest);
        }
    }

    /** Called when this process gives up the reading end: the rest of a half-read message is for nobody. */
    void abandon() {
        if (reader.isKept() && reader.tryAcquire() != SharedLock.Taken.NOT) {
            partial = null;
            giveBack(false);
        }
    }
}
