package offspring.core.internal;

import java.util.concurrent.atomic.AtomicLong;

/** The stack size of threads that do not ask for one: Python's {@code threading.stack_size()}. */
public final class StackSize {

    /** Python's lower bound, which is also about what a HotSpot JVM accepts on any platform. */
    public static final long MINIMUM = 32_768;

    private static final AtomicLong BYTES = new AtomicLong();

    private StackSize() {}

    /** The size for threads started from now on; 0 leaves it to the JVM. */
    public static long bytes() {
        return BYTES.get();
    }

    /** Sets the size for threads started from now on, and gives the one before. */
    public static long set(long size) {
        return BYTES.getAndSet(checked(size));
    }

    /** Gives back a size that is 0 or at least {@link #MINIMUM}, refuses any other. */
    public static long checked(long size) {
        if (size != 0 && size < MINIMUM) {
            throw new IllegalArgumentException("stackSizeBytes=" + size + " is too small; give at least " + MINIMUM
                    + " bytes, or 0 for the default of the JVM");
        }
        return size;
    }
}
