package offspring.examples.faults;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/**
 * Stands for a library in C with a bug: it believes the length that a frame claims to have, and if that is a lie, it writes through a
 * null pointer. The crash is real, no exception can catch it.
 */
final class NativeCodec {

    private NativeCodec() {}

    /** The text of a frame, whose first byte is the length of the rest. */
    static String decode(byte[] frame) throws ReflectiveOperationException {
        int claimed = frame[0];
        if (claimed > frame.length - 1) {
            writeThroughNull();
        }
        return new String(frame, 1, claimed, StandardCharsets.UTF_8);
    }

    private static void writeThroughNull() throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe"); // by name, for the compiler warns of it
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        unsafe.getMethod("putAddress", long.class, long.class).invoke(instance.get(null), 0L, 0L);
    }
}
