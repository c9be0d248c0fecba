package offspring.multiprocessing.internal.ring;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.codec.wire.Sink;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pipe, as this process holds it.
 *
 * <p>However many connections of this process lead to the end, the process has one entry among its {@link Holders}; it is
 * given up with the last of them. A handle that goes to another process takes an entry of its own before it leaves.
 */
public final class PipeEnd {

    private static final Traffic NONE = new Traffic();

    private final PipeFile pipe;
    private final int number;
    private final @Nullable Ring incoming;
    private final @Nullable Ring outgoing;

    /** How many connections of this process lead here; guarded by {@link PipeFile#HOLDING}. */
    private int holds;

    private int entry = -1;

    PipeEnd(PipeFile pipe, int number, @Nullable Ring incoming, @Nullable Ring outgoing) {
        this.pipe = pipe;
        this.number = number;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /** A way to this end that can be sent to another process. */
    public record Handle(long pipe, int end, int entry, long number) {

        /** The handle of {@link #words}. */
        public static Handle of(long[] words) {
            return new Handle(words[0], (int) words[1], (int) words[2], words[3]);
        }

        /** The handle as a part of a message. */
        public long[] words() {
            return new long[] {pipe, end, entry, number};
        }
    }

    // ---- holding

    /** Takes the process's first hold, with the entry made for it. Called with the holding lock held. */
    void hold(int newEntry) {
        holds = 1;
        entry = newEntry;
    }

    boolean isHeld() {
        return holds > 0;
    }

    /** Gives up one hold; the last one tells the other side. */
    public void release() {
        PipeFile.HOLDING.lock();
        try {
            holds--;
            pipe.signalHoldersChanged(); // a thread of this process may wait on the connection that goes
            if (holds > 0) {
                return;
            }
            if (incoming != null) {
                incoming.reader().abandon();
            }
            pipe.holders(number).remove(entry, pipe.session().self());
            pipe.signalHoldersChanged();
            pipe.ended();
        } finally {
            PipeFile.HOLDING.unlock();
        }
    }

    /**
     * A handle for a child that has its slot but does not run yet: the child holds the end from now on, and gives it up
     * by ending even if it never comes to read the handle.
     */
    public Handle handleForChild(long child) throws IOException {
        return new Handle(pipe.id(), number, pipe.holders(number).add(child), child);
    }

    /**
     * A handle for a message, read by nobody knows whom: the end is held until it arrives, is {@linkplain #revoke revoked}, or the pipe
     * that carries the message is gone.
     */
    public Handle handleInFlight(long carrier) throws IOException {
        PipeFile.markCarrier(carrier);
        long ticket = pipe.holders(number).ticket(carrier);
        return new Handle(pipe.id(), number, pipe.holders(number).addInFlight(ticket), ticket);
    }

    /** The message with this handle was not sent after all. */
    public void revoke(Handle handle) {
        pipe.holders(number).revoke(handle.entry(), handle.number());
        pipe.signalHoldersChanged();
    }

    /** The end that a handle leads to, with one hold more. */
    public static PipeEnd attach(Handle handle) throws IOException {
        Session session = Session.current();
        PipeFile.HOLDING.lock();
        try {
            PipeEnd end = PipeFile.attach(session, handle.pipe()).end(handle.end());
            end.arrive(handle, session.self());
            return end;
        } finally {
            PipeFile.HOLDING.unlock();
        }
    }

    private void arrive(Handle handle, long self) throws IOException {
        Holders holders = pipe.holders(number);
        if (holds > 0) {
            holders.revoke(handle.entry(), handle.number());
            if (handle.entry() != entry) {
                holders.remove(handle.entry(), self);
            }
        } else if (holders.isHeldBy(handle.entry(), self) || holders.claim(handle.entry(), handle.number(), self)) {
            entry = handle.entry();
        } else {
            entry = holders.add(self); // a handle that was read twice, from bytes that were kept
        }
        holds++;
    }

    // ---- messages

    /** Where those sleep who wait for messages; null if messages cannot be received. */
    public @Nullable WaitPoint place() {
        return incoming == null ? null : incoming.dataCame();
    }

    /** The id of the pipe. */
    public long pipe() {
        return pipe.id();
    }

    /** Which of the two ends this is. */
    public int number() {
        return number;
    }

    /** Whether messages can be received here. */
    public boolean canRead() {
        return incoming != null;
    }

    /** Whether messages can be sent from here. */
    public boolean canWrite() {
        return outgoing != null;
    }

    @Nullable
    Ring incoming() {
        return incoming;
    }

    /** Bytes as a message. */
    private record Piece(byte[] source, int from, int length) implements RingWriter.Message {

        @Override
        public void writeTo(Sink<Exception> sink) throws Exception {
            sink.write(source, from, length);
        }
    }

    /** What was encoded as a message. */
    private record Whole(Encoded encoded) implements RingWriter.Message {

        @Override
        public void writeTo(Sink<Exception> sink) throws Exception {
            encoded.writeTo(sink);
        }
    }

    /** Sends bytes as one message; see {@link RingWriter#write}. The end {@linkplain #canWrite can be written to}. */
    public void write(byte[] source, int from, int length, BooleanSupplier closed)
            throws IOException, InterruptedException {
        require(outgoing).writer().write(length, new Piece(source, from, length), closed);
    }

    /** Sends what was encoded as one message; see {@link RingWriter#write}. The end {@linkplain #canWrite can be written to}. */
    public void write(Encoded message, BooleanSupplier closed) throws IOException, InterruptedException {
        require(outgoing).writer().write(message.length(), new Whole(message), closed);
    }

    /** Receives one message; see {@link RingReader#read}. The end {@linkplain #canRead can be read}. */
    public byte[] read(int longest, BooleanSupplier closed) throws IOException, InterruptedException {
        return require(incoming).reader().read(longest, closed);
    }

    /** Waits until {@link #read} would not wait. */
    public boolean poll(BooleanSupplier closed, long deadlineNanos) throws InterruptedException {
        return require(incoming).reader().poll(closed, deadlineNanos);
    }

    /** Sends what was encoded; see {@link RingWriter#write(long, RingWriter.Message, BooleanSupplier, long)}. */
    public boolean write(Encoded message, BooleanSupplier closed, long deadlineNanos)
            throws IOException, InterruptedException {
        return require(outgoing).writer().write(message.length(), new Whole(message), closed, deadlineNanos);
    }

    /** Sends bytes as one message, if that is possible without waiting; see {@link RingWriter#tryWrite}. */
    public boolean tryWrite(byte[] source, int from, int length, BooleanSupplier closed) throws IOException {
        return require(outgoing).writer().tryWrite(length, new Piece(source, from, length), closed);
    }

    /** Sends what was encoded, if that is possible without waiting; see {@link RingWriter#tryWrite}. */
    public boolean tryWrite(Encoded message, BooleanSupplier closed) throws IOException {
        return require(outgoing).writer().tryWrite(message.length(), new Whole(message), closed);
    }

    /** Waits some microseconds for room; see {@link RingWriter#spinForRoom}. */
    public void spinForRoom() {
        require(outgoing).writer().spinForRoom();
    }

    /** Receives one message, or null; see {@link RingReader#read(int, BooleanSupplier, long)}. */
    public byte @Nullable [] read(int longest, BooleanSupplier closed, long deadlineNanos)
            throws IOException, InterruptedException {
        return require(incoming).reader().read(longest, closed, deadlineNanos);
    }

    /** Receives one message if that is possible without waiting, or null; see {@link RingReader#tryRead}. */
    public byte @Nullable [] tryRead(int longest, BooleanSupplier closed) throws IOException {
        return require(incoming).reader().tryRead(longest, closed);
    }

    /** How many messages were ever written whole towards this end, by all processes, modulo 2<sup>32</sup>. */
    public int writtenMessages() {
        return require(incoming).circle().writtenMessages();
    }

    /** How many whole messages were ever taken out at this end, by all processes, modulo 2<sup>32</sup>. */
    public int readMessages() {
        return require(incoming).circle().readMessages();
    }

    /** Lets the threads that wait here look again, since what their {@code closed} says has changed. */
    public void signal() {
        pipe.signalHoldersChanged();
    }

    /** Whether another process holds this end, or a handle of it is on its way. */
    public boolean isHeldElsewhere() {
        return pipe.holders(number).anyAliveBut(pipe.session().self());
    }

    /** Which of the places of its holders this process has: a number that no other process has at the same time. */
    public int entry() {
        return entry;
    }

    /** How many numbers {@link #entry} can give. */
    public static final int ENTRIES = Holders.ENTRIES;

    /** The memory of the pipe. */
    public Segment segment() {
        return pipe.segment();
    }

    /** Where in the memory the bytes of the floor above begin. */
    public int extra() {
        return pipe.extra();
    }

    /** What this process has sent from here; nothing if messages cannot be sent. */
    public Traffic sent() {
        return outgoing == null ? NONE : outgoing.writer().traffic();
    }

    /** What this process has received here; nothing if messages cannot be received. */
    public Traffic received() {
        return incoming == null ? NONE : incoming.reader().traffic();
    }

    private static Ring require(@Nullable Ring ring) {
        if (ring == null) {
            throw new IllegalStateException("this end of the pipe has no such direction");
        }
        return ring;
    }

    @Override
    public String toString() {
        return "end " + number + " of " + pipe;
    }
}
