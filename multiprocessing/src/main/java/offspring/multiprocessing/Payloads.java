package offspring.multiprocessing;

import java.io.IOException;
import java.io.NotSerializableException;
import java.util.HashMap;
import java.util.Map;
import offspring.multiprocessing.internal.codec.Codec;
import offspring.multiprocessing.internal.codec.CodecContext;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.ring.PipeEnd;
import org.jspecify.annotations.Nullable;

/**
 * Objects as bytes on their way to another process, with what they hold on to meanwhile.
 *
 * <p>A connection inside the object takes a hold on its end before it leaves, so that the end does not seem abandoned while
 * nobody has it: for the child that is about to be started, or, in a message that any process may read, for the handle itself.
 * If the object does not leave after all, its holds are {@linkplain Outgoing#revoke revoked}.
 */
final class Payloads {

    private static final Codec CODEC = new Codec(Payloads.class.getClassLoader());
    private static final CodecContext.Key<Outgoing> OUTGOING = new CodecContext.Key<>("outgoing", Outgoing.class);

    private Payloads() {}

    /** An encoded object and the holds it has taken. Used by one thread. */
    static final class Outgoing {

        private final long child;
        private final Encoded encoded = new Encoded();
        /** One per end, however often the end occurs, and even if the codec has to begin again. */
        private @Nullable Map<PipeEnd, PipeEnd.Handle> handles;

        private Outgoing(long child) {
            this.child = child;
        }

        Encoded encoded() {
            return encoded;
        }

        private PipeEnd.Handle handleOf(PipeEnd end) throws IOException {
            Map<PipeEnd, PipeEnd.Handle> all = handles;
            if (all == null) {
                all = new HashMap<>();
                handles = all;
            }
            PipeEnd.Handle handle = all.get(end);
            if (handle == null) {
                handle = child != 0 ? end.handleForChild(child) : end.handleInFlight();
                all.put(end, handle);
            }
            return handle;
        }

        /** The object will not arrive. The holds of a child end with its slot. */
        void revoke() {
            if (handles != null && child == 0) {
                handles.forEach(PipeEnd::revoke);
            }
        }
    }

    /** Encodes what a child is to do. Its holds are the child's; they end with its slot. */
    static byte[] forChild(long child, ProcessTask work) throws IOException {
        return encode(new Outgoing(child), "process", work).encoded().toByteArray();
    }

    /** Encodes a message. */
    static Outgoing forMessage(@Nullable Object message) throws IOException {
        return encode(new Outgoing(0), "message", message);
    }

    private static Outgoing encode(Outgoing outgoing, String label, @Nullable Object value) throws IOException {
        boolean done = false;
        try {
            CODEC.encode(value, CodecContext.named(label).with(OUTGOING, outgoing), outgoing.encoded);
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

    /**
     * A handle for where the object that is being encoded goes; null if it goes nowhere, because the codec only looks for what is
     * wrong with it.
     */
    static PipeEnd.@Nullable Handle handleOf(PipeEnd end) throws IOException {
        CodecContext context = CodecContext.current();
        Outgoing outgoing = context == null ? null : context.get(OUTGOING);
        if (outgoing == null) {
            throw new NotSerializableException(
                    "a connection can only be sent to a process of its family: captured by the"
                            + " target of a Process, or through a connection or queue of this library");
        }
        return CodecContext.phase() == CodecContext.Phase.REHEARSAL ? null : outgoing.handleOf(end);
    }
}
