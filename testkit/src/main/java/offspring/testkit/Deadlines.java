package offspring.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The times that tests live by. A test never sleeps for luck: it waits for a state, and only {@link #PATIENCE} bounds how
 * long. All of them scale with the system property {@code offspring.test.scale} (1 by default) for slow machines.
 */
public final class Deadlines {

    private static final double SCALE = Double.parseDouble(System.getProperty("offspring.test.scale", "1"));

    /** How long a test waits for what must happen: long enough that only a fault reaches its end. */
    public static final Duration PATIENCE = scaled(Duration.ofSeconds(20));

    /** How long a test lets a timed wait run that must time out: short, but long enough to be measured. */
    public static final Duration SHORT = scaled(Duration.ofMillis(100));

    private static final long POLL_NANOS = 200_000;

    private Deadlines() {}

    /** The given time, made longer or shorter as this run was told to. */
    public static Duration scaled(Duration time) {
        return Duration.ofNanos((long) (time.toNanos() * SCALE));
    }

    /**
     * Waits until the condition holds.
     *
     * @param what what is waited for, for the message
     * @throws AssertionError with the stacks of all threads, if it does not hold within {@link #PATIENCE} or the waiting
     *     thread is interrupted
     */
    public static void eventually(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("not within " + PATIENCE + ": " + what + "\n" + StackDump.all());
            }
            if (Thread.interrupted()) {
                throw new AssertionError("interrupted while waiting for: " + what + "\n" + StackDump.all());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * Asserts that something that had to take {@code expected} took about that long. The bounds are those of CPython's
     * own suite, from 0.6 to 10 times, plus one second for a busy machine.
     *
     * @param startNanos when it began, by {@link System#nanoTime()}
     */
    public static void assertTook(long startNanos, Duration expected) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        assertThat(took)
                .isGreaterThanOrEqualTo(expected.multipliedBy(6).dividedBy(10))
                .isLessThan(expected.multipliedBy(10).plusSeconds(1));
    }
}
