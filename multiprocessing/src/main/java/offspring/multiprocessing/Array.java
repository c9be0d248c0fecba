package offspring.multiprocessing;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;

/**
 * A row of numbers that processes share: Python's {@code multiprocessing.Array}. The kinds are {@link ByteArray}, {@link IntArray}, {@link
 * LongArray}, {@link FloatArray} and {@link DoubleArray}; this class makes them.
 *
 * <pre>{@code
 * var squares = Array.ofLong(10);
 * var child = new Process(() -> {
 *     for (int i = 0; i < squares.length(); i++) {
 *         squares.set(i, (long) i * i);
 *     }
 * });
 * child.start();
 * child.join();
 * long[] all = squares.toArray();
 * long[] some = squares.slice(2, 5); // 4, 9, 16
 * }</pre>
 *
 * <p><b>Alone and contended.</b> Methods for one element are one atomic step each, whichever threads of whichever processes call at the
 * same time. Those for many elements ({@link #toArray()}, {@link #slice}, {@link #setSlice}, {@code fill}) are not: who reads while
 * another writes may see some elements new and some old. None blocks.
 *
 * <p><b>The lock.</b> Each array has one, for work of several steps. It keeps out those who take it, too; it does not keep out the
 * array's own methods.
 *
 * <p><b>Size.</b> From 0 elements to 2 GiB of memory. It does not change. An array of more than 72 bytes has a file of its own in the
 * session's directory, which is allocated when the array is made: if there is no room, that is the {@link IOException}, and using the array
 * cannot fail later.
 *
 * <p><b>Death of a process</b> changes nothing: what it has written stays. For the lock see {@link RLock}.
 *
 * <p><b>Memory effects.</b> Methods for one element have those of a {@code volatile} field: actions before a write <i>happen-before</i> actions
 * after a read that sees it. Those for many elements have none; let a lock, or an element that is written last and read first, order
 * them.
 *
 * <p><b>What can be sent.</b> The array itself, with its lock: a handle travels, no element does. An array that no process holds any more
 * (closed, or unreachable and collected, or its holders dead) gives its memory back; closing it does so at once.
 *
 * <p><b>Differences from Python.</b> There, each access takes the lock; here none does. There is one class per kind in place of type codes. A
 * negative index is refused, as everywhere in Java.
 *
 * @param <A> the Java array of the same kind
 * @since 0.1.0
 */
public abstract sealed class Array<A> extends Shared permits ByteArray, IntArray, LongArray, FloatArray, DoubleArray {

    private static final long serialVersionUID = 1L;

    /*
     *   cell  0  how many elements
     *         8  the lock
     *        48  the elements, if they fit; else they are in the cell's file, from its beginning
     */
    private static final int LENGTH = 0;
    private static final int LOCK = 8;
    private static final int ELEMENTS = 48;
    private static final int FITS = Cell.BYTES - ELEMENTS;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 7;

    static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final transient int length;
    private final transient ByteBuffer elements;
    private final transient RLock lock;

    Array(Cell cell) throws IOException {
        super(cell);
        this.length = (int) cell.segment().getAcquire(cell.offset() + LENGTH);
        this.elements = elementsOf(cell, length * elementBytes());
        this.lock = new RLock(cell, LOCK);
    }

    private static ByteBuffer elementsOf(Cell cell, int bytes) throws IOException {
        if (bytes <= FITS) {
            return cell.segment().slice(cell.offset() + ELEMENTS, FITS);
        }
        Segment file = Session.current().holdings().openFile(cell);
        return file.slice(0, file.sizeBytes());
    }

    // ---- making

    /**
     * Shared bytes, all zero.
     *
     * @param size how many
     * @return the array
     * @throws IllegalArgumentException if {@code size} is negative, or too large for 2 GiB
     * @throws IOException if there is no room for it in shared memory
     */
    public static ByteArray ofByte(int size) throws IOException {
        return make(size, Byte.BYTES, ByteArray::new);
    }

    /**
     * Shared bytes.
     *
     * @param values what they are at first
     * @return the array
     * @throws IOException if there is no room for it in shared memory
     */
    public static ByteArray ofByte(byte[] values) throws IOException {
        return filled(ofByte(values.length), values);
    }

    /**
     * Shared {@code int}s, all zero.
     *
     * @param size how many
     * @return the array
     * @throws IllegalArgumentException if {@code size} is negative, or too large for 2 GiB
     * @throws IOException if there is no room for it in shared memory
     */
    public static IntArray ofInt(int size) throws IOException {
        return make(size, Integer.BYTES, IntArray::new);
    }

    /**
     * Shared {@code int}s.
     *
     * @param values what they are at first
     * @return the array
     * @throws IOException if there is no room for it in shared memory
     */
    public static IntArray ofInt(int[] values) throws IOException {
        return filled(ofInt(values.length), values);
    }

    /**
     * Shared {@code long}s, all zero.
     *
     * @param size how many
     * @return the array
     * @throws IllegalArgumentException if {@code size} is negative, or too large for 2 GiB
     * @throws IOException if there is no room for it in shared memory
     */
    public static LongArray ofLong(int size) throws IOException {
        return make(size, Long.BYTES, LongArray::new);
    }

    /**
     * Shared {@code long}s.
     *
     * @param values what they are at first
     * @return the array
     * @throws IOException if there is no room for it in shared memory
     */
    public static LongArray ofLong(long[] values) throws IOException {
        return filled(ofLong(values.length), values);
    }

    /**
     * Shared {@code float}s, all zero.
     *
     * @param size how many
     * @return the array
     * @throws IllegalArgumentException if {@code size} is negative, or too large for 2 GiB
     * @throws IOException if there is no room for it in shared memory
     */
    public static FloatArray ofFloat(int size) throws IOException {
        return make(size, Float.BYTES, FloatArray::new);
    }

    /**
     * Shared {@code float}s.
     *
     * @param values what they are at first
     * @return the array
     * @throws IOException if there is no room for it in shared memory
     */
    public static FloatArray ofFloat(float[] values) throws IOException {
        return filled(ofFloat(values.length), values);
    }

    /**
     * Shared {@code double}s, all zero.
     *
     * @param size how many
     * @return the array
     * @throws IllegalArgumentException if {@code size} is negative, or too large for 2 GiB
     * @throws IOException if there is no room for it in shared memory
     */
    public static DoubleArray ofDouble(int size) throws IOException {
        return make(size, Double.BYTES, DoubleArray::new);
    }

    /**
     * Shared {@code double}s.
     *
     * @param values what they are at first
     * @return the array
     * @throws IOException if there is no room for it in shared memory
     */
    public static DoubleArray ofDouble(double[] values) throws IOException {
        return filled(ofDouble(values.length), values);
    }

    /** Makes an array over a cell that has a length, and a file if it needs one. */
    private interface Maker<T> {
        T over(Cell cell) throws IOException;
    }

    private static <T extends Array<?>> T make(int size, int elementBytes, Maker<T> maker) throws IOException {
        int most = MOST_BYTES / elementBytes;
        if (size < 0 || size > most) {
            throw new IllegalArgumentException("size is " + size + "; an array of elements of " + elementBytes
                    + " bytes has from 0 to " + most + " of them");
        }
        Cell cell = allocate();
        boolean done = false;
        try {
            int bytes = size * elementBytes;
            if (bytes > FITS) {
                Session.current().holdings().createFile(cell, (bytes + 7) & ~7);
            }
            cell.segment().putRelease(cell.offset() + LENGTH, size);
            T array = maker.over(cell);
            done = true;
            return array;
        } finally {
            if (!done) {
                cell.release();
            }
        }
    }

    private static <A, T extends Array<A>> T filled(T array, A values) {
        array.setSlice(0, values);
        return array;
    }

    // ---- looking

    /**
     * How many elements it has.
     *
     * @return the number of elements
     */
    public final int length() {
        return length;
    }

    /**
     * The lock that travels with the array: Python's {@code get_lock()}. It is a part of the array: closing it closes this object.
     *
     * @return the lock; the same object each time
     */
    public final RLock lock() {
        return lock;
    }

    /** The memory of the elements, which is still this object's. */
    final ByteBuffer elements() {
        checkOpen();
        return elements;
    }

    /** Where an element is. */
    final int at(int index) {
        return Objects.checkIndex(index, length) * elementBytes();
    }

    // ---- copying

    /**
     * Copies all elements out: Python's {@code array[:]}.
     *
     * @return a new Java array
     */
    public final A toArray() {
        return slice(0, length);
    }

    /**
     * Copies some elements out: Python's {@code array[from:to]}.
     *
     * @param from the index of the first
     * @param to the index behind the last
     * @return a new Java array
     * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= length()}
     */
    public final A slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        A copy = newArray(to - from);
        read(elements(), from, copy);
        return copy;
    }

    /**
     * Copies elements in: Python's {@code array[from:from + n] = values}.
     *
     * @param from the index of the first that is replaced
     * @param values as many new ones as there are in this Java array
     * @throws IndexOutOfBoundsException if they do not all fit; none is replaced then
     */
    public final void setSlice(int from, A values) {
        Objects.checkFromIndexSize(from, java.lang.reflect.Array.getLength(values), length);
        write(elements(), from, values);
    }

    abstract int elementBytes();

    abstract A newArray(int size);

    /** Fills the Java array with elements from this index. */
    abstract void read(ByteBuffer from, int index, A copy);

    /** Copies the Java array over the elements from this index. */
    abstract void write(ByteBuffer to, int index, A values);

    @Override
    public final String toString() {
        return "<" + getClass().getSimpleName() + "(" + (isClosed() ? "closed" : "length=" + length) + ")>";
    }
}
