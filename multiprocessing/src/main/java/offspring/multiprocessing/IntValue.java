package offspring.multiprocessing;

import java.io.IOException;
import java.util.function.IntUnaryOperator;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * An {@code int} that processes share; {@link Value#ofInt} makes one. What is said of a {@link Value} holds here.
 *
 * <pre>{@code
 * var tickets = Value.ofInt(100);
 * int left = tickets.updateAndGet(n -> Math.max(n - 1, 0)); // 99, and never less than 0
 * }</pre>
 *
 * <p>All methods are one atomic step each, never block, and throw an {@link IllegalStateException} after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class IntValue extends Value {

    private static final long serialVersionUID = 1L;

    IntValue(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.INT_VALUE;
    }

    /**
     * Reads the number.
     *
     * @return the number
     */
    public int get() {
        return (int) INT.getVolatile(memory(), 0);
    }

    /**
     * Writes the number.
     *
     * @param value the new number
     */
    public void set(int value) {
        INT.setVolatile(memory(), 0, value);
    }

    /**
     * Replaces the number.
     *
     * @param value the new number
     * @return the one before
     */
    public int getAndSet(int value) {
        return (int) INT.getAndSet(memory(), 0, value);
    }

    /**
     * Replaces the number, if it is as expected.
     *
     * @param expected what it must be
     * @param value the new number
     * @return whether it was as expected, and is replaced
     */
    public boolean compareAndSet(int expected, int value) {
        return INT.compareAndSet(memory(), 0, expected, value);
    }

    /**
     * Adds to the number. An overflow wraps around.
     *
     * @param delta what is added
     * @return the number before
     */
    public int getAndAdd(int delta) {
        return (int) INT.getAndAdd(memory(), 0, delta);
    }

    /**
     * Adds to the number. An overflow wraps around.
     *
     * @param delta what is added
     * @return the number after
     */
    public int addAndGet(int delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Replaces the number by what a function makes of it.
     *
     * @param function makes the new number; is called again if others were faster, so it must have no effects
     * @return the number after
     */
    public int updateAndGet(IntUnaryOperator function) {
        while (true) {
            int before = get();
            int after = function.applyAsInt(before);
            if (INT.compareAndSet(memory(), 0, before, after)) {
                return after;
            }
        }
    }

    @Override
    String text() {
        return Integer.toString(get());
    }
}
