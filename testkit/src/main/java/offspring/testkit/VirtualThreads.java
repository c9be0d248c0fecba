package offspring.testkit;

import java.util.concurrent.ThreadFactory;

/** Virtual threads for tests that are compiled for Java 17; use with {@code @EnabledForJreRange(min = JRE.JAVA_21)}. */
public final class VirtualThreads {

    private VirtualThreads() {}

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
