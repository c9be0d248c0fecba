package offspring.testkit;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** A crash of the JVM, as a bug in a native library causes it: no exception tells of it, and nothing can catch it. */
public final class JvmCrash {

    private static final int FIRST_WITH_WARNINGS = 24;

    private JvmCrash() {}

    /** Options for a JVM that is to crash: no core dump, and no warning of the means, which newer JVMs print. */
    public static String[] options() {
        List<String> options = new ArrayList<>(List.of("-XX:-CreateCoredumpOnCrash"));
        if (Runtime.version().feature() >= FIRST_WITH_WARNINGS) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options.toArray(new String[0]);
    }

    /** Writes through a null pointer: this JVM is gone. */
    public static int now() throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe"); // by name, for the compiler warns of it
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        unsafe.getMethod("putAddress", long.class, long.class).invoke(instance.get(null), 0L, 0L);
        throw new AssertionError("there is memory at address 0");
    }
}
