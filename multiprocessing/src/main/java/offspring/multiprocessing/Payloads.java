package offspring.multiprocessing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
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

    private static final ThreadLocal<@Nullable Outgoing> CURRENT = new ThreadLocal<>();

    private Payloads() {}

    /** An encoded object and the holds it has taken. */
    static final class Outgoing {

        private final long child;
        private final List<Runnable> revocations = new ArrayList<>();
        private byte[] bytes = {};

        private Outgoing(long child) {
            this.child = child;
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return bytes.length;
        }

        /** The object will not arrive. */
        void revoke() {
            revocations.forEach(Runnable::run);
        }
    }

    /** Encodes what a child is to do. Its holds are the child's; they end with its slot. */
    static Outgoing forChild(long child, @Nullable Object work) throws IOException {
        return encode(new Outgoing(child), work);
    }

    /** Encodes a message. */
    static Outgoing forMessage(@Nullable Object message) throws IOException {
        return encode(new Outgoing(0), message);
    }

    private static Outgoing encode(Outgoing outgoing, @Nullable Object value) throws IOException {
        Outgoing outer = CURRENT.get();
        CURRENT.set(outgoing);
        boolean done = false;
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(value);
            }
            outgoing.bytes = bytes.toByteArray();
            done = true;
            return outgoing;
        } finally {
            CURRENT.set(outer);
            if (!done) {
                outgoing.revoke();
            }
        }
    }

    static @Nullable Object decode(byte[] bytes) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    /** A handle for where the object that is being encoded goes. */
    static PipeEnd.Handle handleOf(PipeEnd end) throws IOException {
        Outgoing outgoing = CURRENT.get();
        if (outgoing == null) {
            throw new NotSerializableException(
                    "a connection can only be sent to a process of its family: captured by the"
                            + " target of a Process, or through a connection or queue of this library");
        }
        if (outgoing.child != 0) {
            return end.handleForChild(outgoing.child);
        }
        PipeEnd.Handle handle = end.handleInFlight();
        outgoing.revocations.add(() -> end.revoke(handle));
        return handle;
    }
}
