package offspring.multiprocessing;

import java.io.IOException;
import java.nio.ByteBuffer;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * A {@code long[]} that processes share; {@link Array#ofLong(int)} makes one. What is said of an {@link Array} holds here.
 *
 * <pre>{@code
 * var bytes = Array.ofLong(8);
 * bytes.getAndAdd(0, 4096);
 * }</pre>
 *
 * <p>Methods for one element are one atomic step each. None blocks; all throw an {@link IllegalStateException} after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class LongArray extends Array<long[]> {

    private static final long serialVersionUID = 1L;

    LongArray(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.LONG_ARRAY;
    }

    /**
     * Reads an element.
     *
     * @param index which one
     * @return the element
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public long get(int index) {
        return (long) LONG.getVolatile(elements(), at(index));
    }

    /**
     * Writes an element.
     *
     * @param index which one
     * @param value the new number
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public void set(int index, long value) {
        LONG.setVolatile(elements(), at(index), value);
    }

    /**
     * Replaces an element, if it is as expected.
     *
     * @param index which one
     * @param expected what it must be
     * @param value the new number
     * @return whether it was as expected, and is replaced
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public boolean compareAndSet(int index, long expected, long value) {
        return LONG.compareAndSet(elements(), at(index), expected, value);
    }

    /**
     * Adds to an element. An overflow wraps around.
     *
     * @param index which one
     * @param delta what is added
     * @return the number before
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public long getAndAdd(int index, long delta) {
        return (long) LONG.getAndAdd(elements(), at(index), delta);
    }

    /**
     * Writes all elements, one after the other.
     *
     * @param value the new number
     */
    public void fill(long value) {
        ByteBuffer elements = elements();
        for (int at = 0; at < length() * Long.BYTES; at += Long.BYTES) {
            elements.putLong(at, value);
        }
    }

    @Override
    int elementBytes() {
        return Long.BYTES;
    }

    @Override
    long[] newArray(int size) {
        return new long[size];
    }

    @Override
    void read(ByteBuffer from, int index, long[] copy) {
        from.asLongBuffer().get(index, copy);
    }

    @Override
    void write(ByteBuffer to, int index, long[] values) {
        to.asLongBuffer().put(index, values);
    }
}
