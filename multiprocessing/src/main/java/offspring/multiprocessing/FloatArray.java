package offspring.multiprocessing;

import java.io.IOException;
import java.nio.ByteBuffer;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * A {@code float[]} that processes share; {@link Array#ofFloat(int)} makes one. What is said of an {@link Array} holds here.
 *
 * <pre>{@code
 * var weights = Array.ofFloat(1_000_000);
 * weights.set(7, 0.5f);
 * }</pre>
 *
 * <p>Methods for one element are one atomic step each. None blocks; all throw an {@link IllegalStateException} after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class FloatArray extends Array<float[]> {

    private static final long serialVersionUID = 1L;

    FloatArray(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.FLOAT_ARRAY;
    }

    /**
     * Reads an element.
     *
     * @param index which one
     * @return the element
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public float get(int index) {
        return Float.intBitsToFloat((int) INT.getVolatile(elements(), at(index)));
    }

    /**
     * Writes an element.
     *
     * @param index which one
     * @param value the new number
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public void set(int index, float value) {
        INT.setVolatile(elements(), at(index), Float.floatToRawIntBits(value));
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
    public boolean compareAndSet(int index, float expected, float value) {
        ByteBuffer elements = elements();
        int at = at(index);
        float before = Float.intBitsToFloat((int) INT.getVolatile(elements, at));
        while (before == expected || (Float.isNaN(before) && Float.isNaN(expected))) {
            if (INT.compareAndSet(elements, at, Float.floatToRawIntBits(before), Float.floatToRawIntBits(value))) {
                return true;
            }
            before = Float.intBitsToFloat((int) INT.getVolatile(elements, at));
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
    public float getAndAdd(int index, float delta) {
        ByteBuffer elements = elements();
        int at = at(index);
        while (true) {
            int bits = (int) INT.getVolatile(elements, at);
            float before = Float.intBitsToFloat(bits);
            if (INT.compareAndSet(elements, at, bits, Float.floatToRawIntBits(before + delta))) {
                return before;
            }
        }
    }

    /**
     * Writes all elements, one after the other.
     *
     * @param value the new number
     */
    public void fill(float value) {
        ByteBuffer elements = elements();
        for (int at = 0; at < length() * Float.BYTES; at += Float.BYTES) {
            elements.putFloat(at, value);
        }
    }

    @Override
    int elementBytes() {
        return Float.BYTES;
    }

    @Override
    float[] newArray(int size) {
        return new float[size];
    }

    @Override
    void read(ByteBuffer from, int index, float[] copy) {
        from.asFloatBuffer().get(index, copy);
    }

    @Override
    void write(ByteBuffer to, int index, float[] values) {
        to.asFloatBuffer().put(index, values);
    }
}
