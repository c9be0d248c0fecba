package offspring.core.internal;

import java.time.Duration;
import java.util.Objects;

/** The one reading of a timeout: zero is legal, negative is refused, very long saturates. */
public final class Timeouts {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** One second less than the seconds that fit, so that the nanoseconds fit in any case. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

    private Timeouts() {}

    /**
     * The nanoseconds of a timeout, at most {@link Long#MAX_VALUE}: 292 years, which no process lives to see.
     *
     * @param timeout the argument {@code timeout} of a public method
     * @return its length
     * @throws NullPointerException if {@code timeout} is null
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public static long nanos(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout: null; leave the argument out to wait for ever");
        long seconds = timeout.getSeconds();
        if (seconds < 0) {
            throw new IllegalArgumentException("timeout: " + timeout
                    + " is negative; pass zero to try once, or leave the argument out to wait for ever");
        }
        return seconds > MOST_SECONDS ? Long.MAX_VALUE : seconds * NANOS_PER_SECOND + timeout.getNano();
    }
}
