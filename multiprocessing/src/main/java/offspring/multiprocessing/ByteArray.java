package offspring.multiprocessing;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * A {@code byte[]} that processes share; {@link Array#ofByte(int)} makes one. What is said of an {@link Array} holds here.
 *
 * <pre>{@code
 * var text = Array.ofByte("hello".getBytes(UTF_8));
 * text.set(0, (byte) 'j');
 * }</pre>
 *
 * <p>Methods for one element are one atomic step each. None blocks; all throw an {@link IllegalStateException} after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class ByteArray extends Array<byte[]> {

    private static final long serialVersionUID = 1L;

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    ByteArray(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.BYTE_ARRAY;
    }

    /**
     * Reads an element.
     *
     * @param index which one
     * @return the element
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public byte get(int index) {
        int at = at(index);
        return (byte) ((int) INT.getVolatile(elements(), at & ~3) >>> shift(at));
    }

    /**
     * Writes an element.
     *
     * @param index which one
     * @param value the new byte
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public void set(int index, byte value) {
        ByteBuffer elements = elements();
        int at = at(index);
        VarHandle.releaseFence(); // there are no var handles for the single bytes of a buffer
        elements.put(at, value);
        VarHandle.fullFence();
    }

    /**
     * Replaces an element, if it is as expected.
     *
     * @param index which one
     * @param expected what it must be
     * @param value the new byte
     * @return whether it was as expected, and is replaced
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public boolean compareAndSet(int index, byte expected, byte value) {
        ByteBuffer elements = elements();
        int at = at(index);
        while (true) {
            int word = (int) INT.getVolatile(elements, at & ~3);
            if ((byte) (word >>> shift(at)) != expected) {
                return false;
            }
            if (replace(elements, at, word, value)) {
                return true;
            }
        }
    }

    /**
     * Adds to an element. An overflow wraps around.
     *
     * @param index which one
     * @param delta what is added
     * @return the byte before
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public byte getAndAdd(int index, byte delta) {
        ByteBuffer elements = elements();
        int at = at(index);
        while (true) {
            int word = (int) INT.getVolatile(elements, at & ~3);
            byte before = (byte) (word >>> shift(at));
            if (replace(elements, at, word, (byte) (before + delta))) {
                return before;
            }
        }
    }

    /** Writes one byte of a word, if the word has not changed. */
    private static boolean replace(ByteBuffer elements, int at, int word, byte value) {
        int shift = shift(at);
        int changed = (word & ~(0xff << shift)) | ((value & 0xff) << shift);
        return INT.compareAndSet(elements, at & ~3, word, changed);
    }

    /** Where a byte is in the word of four that it belongs to. */
    private static int shift(int at) {
        return (LITTLE ? at & 3 : 3 - (at & 3)) * Byte.SIZE;
    }

    /**
     * Writes all elements, one after the other.
     *
     * @param value the new byte
     */
    public void fill(byte value) {
        ByteBuffer elements = elements();
        for (int at = 0; at < length(); at++) {
            elements.put(at, value);
        }
    }

    @Override
    int elementBytes() {
        return Byte.BYTES;
    }

    @Override
    byte[] newArray(int size) {
        return new byte[size];
    }

    @Override
    void read(ByteBuffer from, int index, byte[] copy) {
        from.get(index, copy);
    }

    @Override
    void write(ByteBuffer to, int index, byte[] values) {
        to.put(index, values);
    }
}
