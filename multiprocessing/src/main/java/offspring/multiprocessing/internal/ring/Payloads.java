package offspring.multiprocessing.internal.ring;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import offspring.multiprocessing.internal.codec.Codec;
import offspring.multiprocessing.internal.codec.CodecContext;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Holdings;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * Objects as bytes on their way to another process, with what they hold on to meanwhile.
 *
 * <p>A shared object inside (a connection, a lock) takes a hold before it leaves, so that it does not seem abandoned while nobody
 * has it: for the child that is about to be started, or, in a message that any process may read, for the handle itself. If the
 * whole does not leave after all, its holds are {@linkplain Outgoing#revoke revoked}.
 */
public final class Payloads {

    private static final Codec CODEC = new Codec(Payloads.class.getClassLoader());

    private Payloads() {}

    /** An encoded object and the holds it has taken: for a child, or for a message in a pipe. Used by one thread. */
    public static final class Outgoing implements Departure {

        private final long child;
        private final long pipe;
        private final Encoded encoded = new Encoded();
        private final CodecContext context;
        /** One per end or cell, however often it occurs, and even if the codec has to begin again. */
        private @Nullable Map<PipeEnd, PipeEnd.Handle> ends;

        private @Nullable Map<Long, Holdings.Handle> cells;

        private Outgoing(String label, long child, long pipe) {
            this.child = child;
            this.pipe = pipe;
            this.context = CodecContext.named(label).with(Departure.KEY, this);
        }

        private void forget() {
            encoded.reset();
            ends = null;
            cells = null;
        }

        /** The bytes. */
        public Encoded encoded() {
            return encoded;
        }

        @Override
        public PipeEnd.Handle handleOf(PipeEnd end) throws IOException {
            Map<PipeEnd, PipeEnd.Handle> all = ends;
            if (all == null) {
                all = new HashMap<>();
                ends = all;
            }
            PipeEnd.Handle handle = all.get(end);
            if (handle == null) {
                handle = child != 0 ? end.handleForChild(child) : end.handleInFlight(pipe);
                all.put(end, handle);
            }
            return handle;
        }

        @Override
        public Holdings.Handle handleOf(Cell cell) throws IOException {
            Map<Long, Holdings.Handle> all = cells;
            if (all == null) {
                all = new HashMap<>();
                cells = all;
            }
            Holdings.Handle handle = all.get(cell.reference());
            if (handle == null) {
                handle = child != 0 ? cell.handleForChild(child) : cell.handleForPipe(pipe);
                all.put(cell.reference(), handle);
            }
            return handle;
        }

        /** The object will not arrive. */
        public void revoke() throws IOException {
            if (ends != null && child == 0) { // the holds of a child end with its slot
                ends.forEach(PipeEnd::revoke);
            }
            if (cells != null) {
                Holdings holdings = Session.current().holdings();
                for (Holdings.Handle handle : cells.values()) {
                    holdings.revoke(handle);
                }
            }
        }
    }

    /**
     * Encodes what a child is to do. Its holds are the child's; they end with its slot.
     *
     * @param child the slot
     * @param alone what the child can be sent if that needs no object stream; null: nothing
     * @param whole what it is sent otherwise
     */
    public static byte[] forChild(long child, @Nullable Object alone, Object whole) throws IOException {
        Outgoing outgoing = new Outgoing("process", child, 0);
        if (alone == null || !CODEC.encodePlain(alone, outgoing.context, outgoing.encoded)) {
            encode(outgoing, whole);
        }
        return outgoing.encoded().toByteArray();
    }

    /**
     * Where the messages of one pipe are encoded. It keeps the last object that was used for that, so that threads that send one message
     * after the other do not need a new one for each.
     */
    public static final class Outbox {

        private final long pipe;
        private final AtomicReference<@Nullable Outgoing> spare = new AtomicReference<>();

        /** For the pipe with this id. */
        public Outbox(long pipe) {
            this.pipe = pipe;
        }

        /** Encodes a message that goes through the pipe. */
        public Outgoing encode(@Nullable Object message) throws IOException {
            Outgoing known = spare.getAndSet(null);
            Outgoing outgoing = known == null ? new Outgoing("message", 0, pipe) : known;
            Payloads.encode(outgoing, message);
            return outgoing;
        }

        /** The message has left, or will not; nobody uses the object any more. */
        public void done(Outgoing outgoing) {
            outgoing.forget();
            spare.setRelease(outgoing);
        }
    }

    private static void encode(Outgoing outgoing, @Nullable Object value) throws IOException {
        boolean done = false;
        try {
            CODEC.encode(value, outgoing.context, outgoing.encoded);
            done = true;
        } finally {
            if (!done) {
                outgoing.revoke();
            }
        }
    }

    /** The object that a message holds. */
    public static @Nullable Object decode(byte[] bytes) throws IOException {
        return CODEC.decode(bytes);
    }

    /** The object that a part of a message holds. */
    public static @Nullable Object decode(byte[] bytes, int offset, int length) throws IOException {
        return CODEC.decode(bytes, offset, length, null);
    }

    /** The codec of all messages of this library. */
    public static Codec codec() {
        return CODEC;
    }
}
