package offspring.multiprocessing.internal.parking;

import java.time.Duration;
import offspring.core.internal.Timeouts;

/** Points in time on the clock of {@link System#nanoTime}, with one that never comes. */
public final class Deadlines {

    /** The deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private Deadlines() {}

    /**
     * The moment after {@code timeout}; one that is too far away becomes {@link #NEVER}.
     *
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public static long after(Duration timeout) {
        long nanos = Timeouts.nanos(timeout);
        if (nanos > Long.MAX_VALUE / 2) {
            return NEVER;
        }
        long deadline = System.nanoTime() + nanos;
        return deadline == NEVER ? NEVER - 1 : deadline;
    }

    /** How many nanoseconds are left; zero or less when it has passed. */
    public static long left(long deadlineNanos) {
        return deadlineNanos == NEVER ? NEVER : deadlineNanos - System.nanoTime();
    }

    /** Whether the moment has passed. */
    public static boolean hasPassed(long deadlineNanos) {
        return left(deadlineNanos) <= 0;
    }
}
