package offspring.multiprocessing;

import java.io.IOException;
import java.nio.ByteBuffer;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * An {@code int[]} that processes share; {@link Array#ofInt(int)} makes one. What is said of an {@link Array} holds here.
 *
 * <pre>{@code
 * var votes = Array.ofInt(5);
 * votes.getAndAdd(2, 1);
 * }</pre>
 *
 * <p>Methods for one element are one atomic step each. None blocks; all throw an {@link IllegalStateException} after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class IntArray extends Array<int[]> {

    private static final long serialVersionUID = 1L;

    IntArray(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.INT_ARRAY;
    }

    /**
     * Reads an element.
     *
     * @param index which one
     * @return the element
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public int get(int index) {
        return (int) INT.getVolatile(elements(), at(index));
    }

    /**
     * Writes an element.
     *
     * @param index which one
     * @param value the new number
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public void set(int index, int value) {
        INT.setVolatile(elements(), at(index), value);
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
    public boolean compareAndSet(int index, int expected, int value) {
        return INT.compareAndSet(elements(), at(index), expected, value);
    }

    /**
     * Adds to an element. An overflow wraps around.
     *
     * @param index which one
     * @param delta what is added
     * @return the number before
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public int getAndAdd(int index, int delta) {
        return (int) INT.getAndAdd(elements(), at(index), delta);
    }

    /**
     * Writes all elements, one after the other.
     *
     * @param value the new number
     */
    public void fill(int value) {
        ByteBuffer elements = elements();
        for (int at = 0; at < length() * Integer.BYTES; at += Integer.BYTES) {
            elements.putInt(at, value);
        }
    }

    @Override
    int elementBytes() {
        return Integer.BYTES;
    }

    @Override
    int[] newArray(int size) {
        return new int[size];
    }

    @Override
    void read(ByteBuffer from, int index, int[] copy) {
        from.asIntBuffer().get(index, copy);
    }

    @Override
    void write(ByteBuffer to, int index, int[] values) {
        to.asIntBuffer().put(index, values);
    }
}
