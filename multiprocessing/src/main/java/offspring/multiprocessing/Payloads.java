package offspring.multiprocessing;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import offspring.multiprocessing.internal.codec.Codec;
import offspring.multiprocessing.internal.codec.CodecContext;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.ring.Departure;
import offspring.multiprocessing.internal.ring.PipeEnd;
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
final class Payloads {

    private static final Codec CODEC = new Codec(Payloads.class.getClassLoader());

    private Payloads() {}

    /** An encoded object and the holds it has taken: for a child, or for a message in a pipe. Used by one thread. */
    static final class Outgoing implements Departure {

        private final long child;
        private final long pipe;
        private final Encoded encoded = new Encoded();
        /** One per end or cell, however often it occurs, and even if the codec has to begin again. */
        private @Nullable Map<PipeEnd, PipeEnd.Handle> ends;

        private @Nullable Map<Long, Holdings.Handle> cells;

        private Outgoing(long child, long pipe) {
            this.child = child;
            this.pipe = pipe;
        }

        Encoded encoded() {
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
                handle = child != 0 ? end.handleForChild(child) : end.handleInFlight();
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
        void revoke() throws IOException {
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

    /** Encodes what a child is to do. Its holds are the child's; they end with its slot. */
    static byte[] forChild(long child, ProcessTask work) throws IOException {
        return encode(new Outgoing(child, 0), "process", work).encoded().toByteArray();
    }

    /** Encodes a message that goes through the pipe with this id. */
    static Outgoing forMessage(long pipe, @Nullable Object message) throws IOException {
        return encode(new Outgoing(0, pipe), "message", message);
    }

    private static Outgoing encode(Outgoing outgoing, String label, @Nullable Object value) throws IOException {
        boolean done = false;
        try {
            CODEC.encode(value, CodecContext.named(label).with(Departure.KEY, outgoing), outgoing.encoded);
            done = true;
            return outgoing;
        } finally {
            if (!done) {
                outgoing.revoke();
            }
        }
    }

    static @Nullable Object decode(byte[] bytes) throws IOException {
        return CODEC.decode(bytes);
    }
}
