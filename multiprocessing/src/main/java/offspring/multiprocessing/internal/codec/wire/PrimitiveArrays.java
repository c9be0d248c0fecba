package offspring.multiprocessing.internal.codec.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The eight kinds of primitive arrays: their tags, their sizes, and their elements as little-endian bytes. */
public final class PrimitiveArrays {

    /** log2 of the bytes per element, by tag from {@link Tags#BOOLEANS} on. */
    private static final byte[] SHIFTS = {0, 0, 1, 1, 2, 3, 2, 3};

    private PrimitiveArrays() {}

    /** The tag of the array's kind, or 0 when the object is no array of primitives. */
    public static byte tagOf(Object candidate) {
        Class<?> component = candidate.getClass().getComponentType();
        if (component == null || !component.isPrimitive()) {
            return 0;
        }
        if (component == byte.class) {
            return Tags.BYTES;
        }
        if (component == double.class) {
            return Tags.DOUBLES;
        }
        if (component == int.class) {
            return Tags.INTS;
        }
        if (component == long.class) {
            return Tags.LONGS;
        }
        if (component == float.class) {
            return Tags.FLOATS;
        }
        if (component == char.class) {
            return Tags.CHARS;
        }
        return component == short.class ? Tags.SHORTS : Tags.BOOLEANS;
    }

    /** log2 of the bytes that one element takes. */
    public static int shift(int tag) {
        return SHIFTS[tag - Tags.BOOLEANS];
    }

    /** How many elements the array has. */
    public static int count(Object array, int tag) {
        return switch (tag) {
            case Tags.BOOLEANS -> ((boolean[]) array).length;
            case Tags.BYTES -> ((byte[]) array).length;
            case Tags.SHORTS -> ((short[]) array).length;
            case Tags.CHARS -> ((char[]) array).length;
            case Tags.INTS -> ((int[]) array).length;
            case Tags.LONGS -> ((long[]) array).length;
            case Tags.FLOATS -> ((float[]) array).length;
            default -> ((double[]) array).length;
        };
    }

    /** A new array of that kind. */
    public static Object allocate(int tag, int count) {
        return switch (tag) {
            case Tags.BOOLEANS -> new boolean[count];
            case Tags.BYTES -> new byte[count];
            case Tags.SHORTS -> new short[count];
            case Tags.CHARS -> new char[count];
            case Tags.INTS -> new int[count];
            case Tags.LONGS -> new long[count];
            case Tags.FLOATS -> new float[count];
            default -> new double[count];
        };
    }

    /** Copies elements {@code from … from + count} of an array to bytes. */
    static void toBytes(Object array, int tag, int from, int count, byte[] target, int at) {
        if (tag == Tags.BYTES) {
            System.arraycopy(array, from, target, at, count);
            return;
        }
        if (tag == Tags.BOOLEANS) {
            boolean[] booleans = (boolean[]) array;
            for (int i = 0; i < count; i++) {
                target[at + i] = (byte) (booleans[from + i] ? 1 : 0);
            }
            return;
        }
        ByteBuffer bytes = view(target, at, count << shift(tag));
        switch (tag) {
            case Tags.SHORTS -> bytes.asShortBuffer().put((short[]) array, from, count);
            case Tags.CHARS -> bytes.asCharBuffer().put((char[]) array, from, count);
            case Tags.INTS -> bytes.asIntBuffer().put((int[]) array, from, count);
            case Tags.LONGS -> bytes.asLongBuffer().put((long[]) array, from, count);
            case Tags.FLOATS -> bytes.asFloatBuffer().put((float[]) array, from, count);
            default -> bytes.asDoubleBuffer().put((double[]) array, from, count);
        }
    }

    /** Copies bytes to elements {@code from … from + count} of an array. */
    static void fromBytes(byte[] source, int at, Object array, int tag, int from, int count) {
        if (tag == Tags.BYTES) {
            System.arraycopy(source, at, array, from, count);
            return;
        }
        if (tag == Tags.BOOLEANS) {
            boolean[] booleans = (boolean[]) array;
            for (int i = 0; i < count; i++) {
                booleans[from + i] = source[at + i] != 0;
            }
            return;
        }
        ByteBuffer bytes = view(source, at, count << shift(tag));
        switch (tag) {
            case Tags.SHORTS -> bytes.asShortBuffer().get((short[]) array, from, count);
            case Tags.CHARS -> bytes.asCharBuffer().get((char[]) array, from, count);
            case Tags.INTS -> bytes.asIntBuffer().get((int[]) array, from, count);
            case Tags.LONGS -> bytes.asLongBuffer().get((long[]) array, from, count);
            case Tags.FLOATS -> bytes.asFloatBuffer().get((float[]) array, from, count);
            default -> bytes.asDoubleBuffer().get((double[]) array, from, count);
        }
    }

    private static ByteBuffer view(byte[] bytes, int at, int length) {
        return ByteBuffer.wrap(bytes, at, length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
