package offspring.multiprocessing;

import java.io.IOException;
import java.util.function.LongUnaryOperator;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * A {@code long} that processes share; {@link Value#ofLong} makes one. What is said of a {@link Value} holds here.
 *
 * <pre>{@code
 * var longest = Value.ofLong(0);
 * longest.updateAndGet(seen -> Math.max(seen, 4096)); // 4096, or what another process has seen
 * }</pre>
 *
 * <p>All methods are one atomic step each, never block, and throw an {@link IllegalStateException} after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class LongValue extends Value {

    private static final long serialVersionUID = 1L;

    LongValue(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.LONG_VALUE;
    }

    /**
     * Reads the number.
     *
     * @return the number
     */
    public long get() {
        return (long) LONG.getVolatile(memory(), 0);
    }

    /**
     * Writes the number.
     *
     * @param value the new number
     */
    public void set(long value) {
        LONG.setVolatile(memory(), 0, value);
    }

    /**
     * Replaces the number.
     *
     * @param value the new number
     * @return the one before
     */
    public long getAndSet(long value) {
        return (long) LONG.getAndSet(memory(), 0, value);
    }

    /**
     * Replaces the number, if it is as expected.
     *
     * @param expected what it must be
     * @param value the new number
     * @return whether it was as expected, and is replaced
     */
    public boolean compareAndSet(long expected, long value) {
        return LONG.compareAndSet(memory(), 0, expected, value);
    }

    /**
     * Adds to the number. An overflow wraps around.
     *
     * @param delta what is added
     * @return the number before
     */
    public long getAndAdd(long delta) {
        return (long) LONG.getAndAdd(memory(), 0, delta);
    }

    /**
     * Adds to the number. An overflow wraps around.
     *
     * @param delta what is added
     * @return the number after
     */
    public long addAndGet(long delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Replaces the number by what a function makes of it.
     *
     * @param function makes the new number; is called again if others were faster, so it must have no effects
     * @return the number after
     */
    public long updateAndGet(LongUnaryOperator function) {
        while (true) {
            long before = get();
            long after = function.applyAsLong(before);
            if (LONG.compareAndSet(memory(), 0, before, after)) {
                return after;
            }
        }
    }

    @Override
    String text() {
        return Long.toString(get());
    }
}
