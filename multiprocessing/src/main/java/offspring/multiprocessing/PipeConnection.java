package offspring.multiprocessing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.connection.BufferTooShortException;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.codec.wire.Form;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.parking.Watchable;
import offspring.multiprocessing.internal.ring.Departure;
import offspring.multiprocessing.internal.ring.MessageTooLongException;
import offspring.multiprocessing.internal.ring.Payloads;
import offspring.multiprocessing.internal.ring.PipeEnd;
import org.jspecify.annotations.Nullable;

/** A {@link Connection} over shared memory. */
final class PipeConnection implements Connection, Watchable {

    private static final long serialVersionUID = 1L;
    private static final Cleaner CLEANER = Cleaner.create();

    static {
        Form.register(PipeConnection.class, new Travel());
    }

    private final transient PipeEnd end;
    private final transient Hold hold;
    private final transient Payloads.Outbox outbox;
    private final transient Cleaner.Cleanable cleanable;
    /** Set when a message was longer than its receiver allowed. */
    private transient volatile boolean readingRefused;

    PipeConnection(PipeEnd end) {
        this.end = end;
        this.hold = new Hold(end);
        this.outbox = new Payloads.Outbox(end.pipe());
        this.cleanable = CLEANER.register(this, hold);
    }

    /** What remains to be done when the connection is unreachable; knows the end, not the connection. */
    private static final class Hold implements Runnable, BooleanSupplier {

        private final PipeEnd end;
        private final AtomicBoolean closed = new AtomicBoolean();

        Hold(PipeEnd end) {
            this.end = end;
        }

        /** Whether the connection was closed. */
        @Override
        public boolean getAsBoolean() {
            return closed.get();
        }

        @Override
        public void run() {
            if (closed.compareAndSet(false, true)) {
                end.release();
            }
        }
    }

    // ---- sending

    @Override
    public void send(@Nullable Object message) throws IOException, InterruptedException {
        checkWritable();
        Payloads.Outgoing outgoing = outbox.encode(message);
        boolean sent = false;
        try {
            end.write(outgoing.encoded(), hold);
            sent = true;
        } finally {
            java.lang.ref.Reference.reachabilityFence(this);
            if (!sent) {
                outgoing.revoke();
            }
            outbox.done(outgoing);
        }
    }

    @Override
    public void sendBytes(byte[] bytes, int offset, int size) throws IOException, InterruptedException {
        if (offset < 0 || size < 0 || offset > bytes.length - size) {
            throw new IllegalArgumentException("offset " + offset + " and size " + size
                    + " do not lie within the array of " + bytes.length + " bytes");
        }
        checkWritable();
        write(bytes, offset, size);
    }

    private void write(byte[] bytes, int offset, int size) throws IOException, InterruptedException {
        try {
            end.write(bytes, offset, size, hold);
        } finally {
            java.lang.ref.Reference.reachabilityFence(this);
        }
    }

    private void checkWritable() throws IOException {
        checkOpen();
        if (!end.canWrite()) {
            throw new IOException("this end of the pipe only receives; send from the second end of Pipe.oneWay()");
        }
    }

    // ---- receiving

    @Override
    public @Nullable Object recv() throws IOException, InterruptedException {
        return Payloads.decode(read(Integer.MAX_VALUE));
    }

    @Override
    public <T> @Nullable T recv(Class<T> type) throws IOException, InterruptedException {
        Object message = recv();
        if (message != null && !type.isInstance(message)) {
            throw new ClassCastException("received a " + message.getClass().getName() + " where a " + type.getName()
                    + " was expected: " + message);
        }
        return type.cast(message);
    }

    @Override
    public byte[] recvBytes(int maxLength) throws IOException, InterruptedException {
        if (maxLength < 0) {
            throw new IllegalArgumentException("maxLength is negative: " + maxLength);
        }
        return read(maxLength);
    }

    @Override
    public int recvBytesInto(ByteBuffer buffer) throws IOException, InterruptedException {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("buffer is read-only: " + buffer + "; nothing can be put into it");
        }
        byte[] message = read(Integer.MAX_VALUE);
        if (message.length > buffer.remaining()) {
            throw new BufferTooShortException(message, buffer.remaining());
        }
        buffer.put(message);
        return message.length;
    }

    private byte[] read(int maxLength) throws IOException, InterruptedException {
        checkReadable();
        try {
            return end.read(maxLength, hold);
        } catch (MessageTooLongException e) {
            readingRefused = true;
            if (!end.canWrite()) {
                close();
            }
            throw e;
        } finally {
            java.lang.ref.Reference.reachabilityFence(this);
        }
    }

    private void checkReadable() throws IOException {
        checkOpen();
        if (!end.canRead()) {
            throw new IOException("this end of the pipe only sends; receive from the first end of Pipe.oneWay()");
        }
        if (readingRefused) {
            throw new IOException("this end only sends since it refused a message that was too long");
        }
    }

    @Override
    public boolean poll() throws IOException {
        checkReadable();
        try {
            return end.poll(hold, System.nanoTime());
        } catch (InterruptedException e) {
            throw new IllegalStateException("a look does not wait", e);
        }
    }

    @Override
    public boolean poll(Duration timeout) throws IOException, InterruptedException {
        long deadline = Deadlines.after(timeout);
        checkReadable();
        try {
            return end.poll(hold, deadline);
        } finally {
            java.lang.ref.Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean isReady() {
        try {
            return poll();
        } catch (IOException e) {
            return true; // receiving would fail at once
        }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        try {
            return poll(timeout);
        } catch (IOException e) {
            return true; // receiving would fail at once
        }
    }

    @Override
    public @Nullable WaitPoint place() {
        return end.place();
    }

    @Override
    public @Nullable Set<Parking.Sleeper> watchers() {
        return null;
    }

    // ---- state

    @Override
    public boolean readable() {
        return end.canRead() && !readingRefused;
    }

    @Override
    public boolean writable() {
        return end.canWrite();
    }

    @Override
    public boolean closed() {
        return hold.getAsBoolean();
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    @Override
    public Statistics statistics() {
        return new Statistics(
                end.sent().messages(),
                end.sent().bytes(),
                end.received().messages(),
                end.received().bytes());
    }

    private void checkOpen() throws IOException {
        if (closed()) {
            throw new IOException("this connection is closed");
        }
    }

    @Override
    public String toString() {
        return "<Connection " + end + (closed() ? " closed>" : ">");
    }

    // ---- travelling

    private static final class Travel extends Form<PipeConnection> {

        @Override
        protected @Nullable Object @Nullable [] depart(PipeConnection connection) throws IOException {
            if (connection.closed()) {
                throw new NotSerializableException("a closed connection cannot be sent to another process");
            }
            PipeEnd.Handle handle = Departure.of(connection.end, "connection");
            return handle == null ? null : new Object[] {handle.words()};
        }

        @Override
        protected Object arrive(@Nullable Object[] parts) throws IOException {
            try {
                return new PipeConnection(PipeEnd.attach(PipeEnd.Handle.of((long[]) Objects.requireNonNull(parts[0]))));
            } catch (java.nio.file.NoSuchFileException e) {
                throw new EOFException("the pipe is gone: all its ends were closed before this one arrived");
            }
        }
    }

    @SuppressWarnings(
            "serial") // an IOException reaches the caller of the stream as well as its subclass that the JDK expects
    private Object writeReplace() throws IOException {
        return Form.replace(PipeConnection.class, this);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("a connection travels as a handle, never as itself");
    }
}
