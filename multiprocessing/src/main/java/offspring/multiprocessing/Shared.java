package offspring.multiprocessing;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.ring.Departure;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Holdings;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.internal.sync.SharedMutex;

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

    /** What can travel, and how it is made again on arrival. */
    @SuppressWarnings("ImmutableEnumChecker") // the makers are constructors
    enum Kind {
        LOCK("lock", Lock::new),
        RLOCK("rlock", RLock::new),
        SEMAPHORE("semaphore", Semaphore::new),
        BOUNDED_SEMAPHORE("bounded semaphore", BoundedSemaphore::new),
        EVENT("event", Event::new),
        INT_VALUE("value", IntValue::new),
        LONG_VALUE("value", LongValue::new),
        DOUBLE_VALUE("value", DoubleValue::new),
        BOOLEAN_VALUE("value", BooleanValue::new),
        BYTE_ARRAY("array", ByteArray::new),
        INT_ARRAY("array", IntArray::new),
        LONG_ARRAY("array", LongArray::new),
        FLOAT_ARRAY("array", FloatArray::new),
        DOUBLE_ARRAY("array", DoubleArray::new),
        /** These two bring more than a cell, and make themselves. */
        CONDITION("condition", Kind::none),
        BARRIER("barrier", Kind::none);

        private final String name;
        private final Maker maker;

        Kind(String name, Maker maker) {
            this.name = name;
            this.maker = maker;
        }

        private static Shared none(Cell cell) throws InvalidObjectException {
            throw new InvalidObjectException("cell " + cell.reference() + " alone does not make this object");
        }
    }

    /** Makes an object over the cell that has arrived. */
    private interface Maker {
        Shared over(Cell cell) throws IOException;
    }

    @SuppressWarnings(
            "serial") // an IOException reaches the caller of the stream as well as the subclass that the JDK expects
    final Object writeReplace() throws IOException {
        if (isClosed()) {
            throw new NotSerializableException("a closed " + kind().name + " cannot be sent to another process");
        }
        Holdings.Handle handle = Departure.of(cell, kind().name);
        return handle == null ? kind().name : travelling(handle);
    }

    /** What travels in place of this object. */
    Object travelling(Holdings.Handle handle) {
        return new Travelling(kind(), handle);
    }

    /** The cell of a handle that has arrived. */
    static Cell attach(Holdings.Handle handle) throws IOException {
        return Session.current().holdings().attach(handle);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        throw new InvalidObjectException("a " + kind().name + " travels as a handle, never as itself");
    }

    /**
     * What travels in place of a shared object.
     *
     * @param kind which class it is
     * @param reference the cell
     * @param flight the flight of its handle
     * @param carrier who carries it
     * @serial exclude
     */
    private record Travelling(Kind kind, long reference, int flight, long carrier) implements Serializable {

        Travelling(Kind kind, Holdings.Handle handle) {
            this(kind, handle.reference(), handle.flight(), handle.carrier());
        }

        @SuppressWarnings("serial") // as above
        private Object readResolve() throws IOException {
            Holdings.Handle handle = new Holdings.Handle(reference, flight, carrier);
            return kind.maker.over(attach(handle));
        }
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
