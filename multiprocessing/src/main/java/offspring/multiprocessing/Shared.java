package offspring.multiprocessing;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Objects;
import offspring.multiprocessing.internal.codec.wire.Form;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.ring.Departure;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Holdings;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.internal.sync.SharedMutex;
import org.jspecify.annotations.Nullable;

/**
 * What the small objects that processes share (locks, events, values) have in common: they can be sent to a process of their family, and
 * are given up with {@link #close()}. Python has no such type.
 *
 * <pre>{@code
 * List<Shared> all = List.of(new Lock(), new Event());
 * all.forEach(Shared::close);
 * }</pre>
 *
 * <p>Such an object is some bytes of the session's shared memory and a way to them. It travels as a handle; on arrival an object of the same
 * class is made over the same bytes. They are free for another object when no process has one over them any more, and no handle is on its
 * way.
 *
 * @since 0.1.0
 * @serial exclude
 */
public abstract class Shared implements Serializable, AutoCloseable {

    private static final long serialVersionUID = 1L;

    static {
        Form.register(Shared.class, new Travel());
    }

    private final transient Cell cell;

    Shared(Cell cell) {
        this.cell = cell;
    }

    /** A new cell, all zero. */
    static Cell allocate() throws IOException {
        return Session.current().holdings().allocate();
    }

    /** The cell, which is still this object's. */
    final Cell cell() {
        checkOpen();
        return cell;
    }

    final void checkOpen() {
        if (cell.isReleased()) {
            throw new IllegalStateException("this " + kind().name + " is closed");
        }
    }

    final boolean isClosed() {
        return cell.isReleased();
    }

    /** Which class it is, in messages and on the way. */
    abstract Kind kind();

    /**
     * Gives up this object's use of the shared memory; other objects for it, here and in other processes, stay usable. An object that is
     * not closed gives it up when it is unreachable and the garbage collector has noticed. A thread of this process that waits on this
     * object gets an {@link IllegalStateException}. Later calls do nothing.
     */
    @Override
    public void close() {
        cell.release();
        try {
            WaitPoint.wakeHere(cell.segment(), cell.offset(), cell.offset() + Cell.BYTES);
        } catch (IOException e) {
            throw new IllegalStateException("a process with shared objects has a session", e);
        }
    }

    /** What can travel; the number of its constant travels with it. */
    enum Kind {
        LOCK("lock"),
        RLOCK("rlock"),
        SEMAPHORE("semaphore"),
        BOUNDED_SEMAPHORE("bounded semaphore"),
        EVENT("event"),
        INT_VALUE("value"),
        LONG_VALUE("value"),
        DOUBLE_VALUE("value"),
        BOOLEAN_VALUE("value"),
        BYTE_ARRAY("array"),
        INT_ARRAY("array"),
        LONG_ARRAY("array"),
        FLOAT_ARRAY("array"),
        DOUBLE_ARRAY("array"),
        CONDITION("condition"),
        BARRIER("barrier");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        /** The object of this kind over a cell; some bring more in their parts, from the third one on. */
        private Shared over(Cell cell, @Nullable Object[] parts) throws IOException {
            return switch (this) {
                case LOCK -> new Lock(cell);
                case RLOCK -> RLock.over(cell, parts);
                case SEMAPHORE -> new Semaphore(cell);
                case BOUNDED_SEMAPHORE -> new BoundedSemaphore(cell);
                case EVENT -> new Event(cell);
                case INT_VALUE -> new IntValue(cell);
                case LONG_VALUE -> new LongValue(cell);
                case DOUBLE_VALUE -> new DoubleValue(cell);
                case BOOLEAN_VALUE -> new BooleanValue(cell);
                case BYTE_ARRAY -> new ByteArray(cell);
                case INT_ARRAY -> new IntArray(cell);
                case LONG_ARRAY -> new LongArray(cell);
                case FLOAT_ARRAY -> new FloatArray(cell);
                case DOUBLE_ARRAY -> new DoubleArray(cell);
                case CONDITION -> Condition.over(cell, parts);
                case BARRIER -> Barrier.over(cell, parts);
            };
        }
    }

    @SuppressWarnings("EnumOrdinal") // both processes run the same build of the library
    private static final class Travel extends Form<Shared> {

        @Override
        protected @Nullable Object @Nullable [] depart(Shared object) throws IOException {
            Kind kind = object.kind();
            if (object.isClosed()) {
                throw new NotSerializableException("a closed " + kind.name + " cannot be sent to another process");
            }
            Holdings.Handle handle = Departure.of(object.cell, kind.name);
            return handle == null ? null : object.parts(kind.ordinal(), handle.words());
        }

        @Override
        protected Object arrive(@Nullable Object[] parts) throws IOException {
            Kind kind = Kind.values()[(int) Objects.requireNonNull(parts[0])];
            Holdings.Handle handle = Holdings.Handle.of((long[]) Objects.requireNonNull(parts[1]));
            return kind.over(Session.current().holdings().attach(handle), parts);
        }
    }

    /** What travels: the number of its kind, the handle of its cell, and whatever else it needs to be made again. */
    @Nullable
    Object[] parts(int kind, long[] handle) {
        return new Object[] {kind, handle};
    }

    @SuppressWarnings(
            "serial") // an IOException reaches the caller of the stream as well as the subclass that the JDK expects
    final Object writeReplace() throws IOException {
        return Form.replace(Shared.class, this);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("a " + kind().name + " travels as a handle, never as itself");
    }

    // ---- for toString

    /** Its class and its cell: the same text in every process. */
    final String identity() {
        return getClass().getName() + " at 0x" + Long.toHexString(cell.reference());
    }

    /** Who has a lock, as Python says it; a thread is named if it is not the main thread. */
    static String holderOf(SharedMutex mutex) {
        long owner = mutex.owner();
        if (owner == 0) {
            return "None";
        }
        if (mutex.isMine()) {
            String thread = java.lang.Thread.currentThread().getName();
            return Multiprocessing.currentProcess().name() + (thread.equals("main") ? "" : "|" + thread);
        }
        return mutex.isHere(owner) ? "SomeOtherThread" : "SomeOtherProcess";
    }
}
