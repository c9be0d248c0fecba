package offspring.testkit;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Virtual threads for tests that are compiled for Java 17. */
public final class VirtualThreads {

    private VirtualThreads() {}

    /** Whether this JVM has them. */
    public static boolean available() {
        return Runtime.version().feature() >= 21;
    }

    /** A factory of virtual threads, or of platform threads where the JVM has no others. */
    public static ThreadFactory factoryIfAvailable() {
        return available() ? factory() : Executors.defaultThreadFactory();
    }

    /**
     * A factory of virtual threads.
     *
     * @throws IllegalStateException if this JVM has none
     */
    public static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "no virtual threads in Java " + Runtime.version() + "; run this test on 21 or later", e);
        }
    }
}
