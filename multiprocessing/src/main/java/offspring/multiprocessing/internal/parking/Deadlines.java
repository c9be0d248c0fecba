package offspring.multiprocessing.internal.parking;

import java.time.Duration;

/** Points in time on the clock of {@link System#nanoTime}, with one that never comes. */
public final class Deadlines {

    /** The deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private Deadlines() {}

    /** The moment after {@code timeout}; a duration that does not fit becomes {@link #NEVER}. */
    public static long after(Duration timeout) {
        long nanos;
        try {
            nanos = timeout.toNanos();
        } catch (ArithmeticException tooLong) {
            return NEVER;
        }
        long deadline = System.nanoTime() + nanos;
        return nanos > Long.MAX_VALUE / 2 || deadline == NEVER ? NEVER : deadline;
    }

    /** How many nanoseconds are left; zero or less when it has passed. */
    public static long left(long deadlineNanos) {
        return deadlineNanos == NEVER ? NEVER : deadlineNanos - System.nanoTime();
    }

    /** Whether the moment has passed. */
    public static boolean hasPassed(long deadlineNanos) {
        return left(deadlineNanos) <= 0;
    }

    /**
     * Refuses a negative timeout.
     *
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public static Duration checked(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is negative: " + timeout + "; zero tries once");
        }
        return timeout;
    }
}
