package offspring.multiprocessing;

import java.io.IOException;
import java.nio.ByteBuffer;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * A {@code double[]} that processes share; {@link Array#ofDouble(int)} makes one. What is said of an {@link Array} holds here.
 *
 * <pre>{@code
 * var sums = Array.ofDouble(4);
 * sums.getAndAdd(3, 0.25);
 * }</pre>
 *
 * <p>Methods for one element are one atomic step each. None blocks; all throw an {@link IllegalStateException} after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class DoubleArray extends Array<double[]> {

    private static final long serialVersionUID = 1L;

    DoubleArray(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.DOUBLE_ARRAY;
    }

    /**
     * Reads an element.
     *
     * @param index which one
     * @return the element
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public double get(int index) {
        return Double.longBitsToDouble((long) LONG.getVolatile(elements(), at(index)));
    }

    /**
     * Writes an element.
     *
     * @param index which one
     * @param value the new number
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public void set(int index, double value) {
        LONG.setVolatile(elements(), at(index), Double.doubleToRawLongBits(value));
    }

    /**
     * Replaces an element, if it is as expected. Numbers are the same if {@code ==} says so, so that 0.0 and -0.0 are; and NaN is the
     * same as NaN.
     *
     * @param index which one
     * @param expected what it must be
     * @param value the new number
     * @return whether it was as expected, and is replaced
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public boolean compareAndSet(int index, double expected, double value) {
        ByteBuffer elements = elements();
        int at = at(index);
        double before = Double.longBitsToDouble((long) LONG.getVolatile(elements, at));
        while (before == expected || (Double.isNaN(before) && Double.isNaN(expected))) {
            if (LONG.compareAndSet(
                    elements, at, Double.doubleToRawLongBits(before), Double.doubleToRawLongBits(value))) {
                return true;
            }
            before = Double.longBitsToDouble((long) LONG.getVolatile(elements, at));
        }
        return false;
    }

    /**
     * Adds to an element.
     *
     * @param index which one
     * @param delta what is added
     * @return the number before
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public double getAndAdd(int index, double delta) {
        ByteBuffer elements = elements();
        int at = at(index);
        while (true) {
            long bits = (long) LONG.getVolatile(elements, at);
            double before = Double.longBitsToDouble(bits);
            if (LONG.compareAndSet(elements, at, bits, Double.doubleToRawLongBits(before + delta))) {
                return before;
            }
        }
    }

    /**
     * Writes all elements, one after the other.
     *
     * @param value the new number
     */
    public void fill(double value) {
        ByteBuffer elements = elements();
        for (int at = 0; at < length() * Double.BYTES; at += Double.BYTES) {
            elements.putDouble(at, value);
        }
    }

    @Override
    int elementBytes() {
        return Double.BYTES;
    }

    @Override
    double[] newArray(int size) {
        return new double[size];
    }

    @Override
    void read(ByteBuffer from, int index, double[] copy) {
        from.asDoubleBuffer().get(index, copy);
    }

    @Override
    void write(ByteBuffer to, int index, double[] values) {
        to.asDoubleBuffer().put(index, values);
    }
}
