package offspring.multiprocessing;

import java.io.IOException;
import java.util.function.DoubleUnaryOperator;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * A {@code double} that processes share; {@link Value#ofDouble} makes one. What is said of a {@link Value} holds here.
 *
 * <pre>{@code
 * var total = Value.ofDouble(0.0);
 * total.getAndAdd(0.25);
 * }</pre>
 *
 * <p>All methods are one atomic step each, never block, and throw an {@link IllegalStateException} after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class DoubleValue extends Value {

    private static final long serialVersionUID = 1L;

    DoubleValue(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.DOUBLE_VALUE;
    }

    /**
     * Reads the number.
     *
     * @return the number
     */
    public double get() {
        return Double.longBitsToDouble((long) LONG.getVolatile(memory(), 0));
    }

    /**
     * Writes the number.
     *
     * @param value the new number
     */
    public void set(double value) {
        LONG.setVolatile(memory(), 0, Double.doubleToRawLongBits(value));
    }

    /**
     * Replaces the number.
     *
     * @param value the new number
     * @return the one before
     */
    public double getAndSet(double value) {
        return Double.longBitsToDouble((long) LONG.getAndSet(memory(), 0, Double.doubleToRawLongBits(value)));
    }

    /**
     * Replaces the number, if it is as expected. Numbers are the same if {@code ==} says so, so that 0.0 and -0.0 are; and NaN is the same as
     * NaN.
     *
     * @param expected what it must be
     * @param value the new number
     * @return whether it was as expected, and is replaced
     */
    public boolean compareAndSet(double expected, double value) {
        double before = get();
        while (before == expected || (Double.isNaN(before) && Double.isNaN(expected))) {
            if (replace(before, value)) {
                return true;
            }
            before = get();
        }
        return false;
    }

    /**
     * Adds to the number.
     *
     * @param delta what is added
     * @return the number before
     */
    public double getAndAdd(double delta) {
        while (true) {
            double before = get();
            if (replace(before, before + delta)) {
                return before;
            }
        }
    }

    /**
     * Adds to the number.
     *
     * @param delta what is added
     * @return the number after
     */
    public double addAndGet(double delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Replaces the number by what a function makes of it.
     *
     * @param function makes the new number; is called again if others were faster, so it must have no effects
     * @return the number after
     */
    public double updateAndGet(DoubleUnaryOperator function) {
        while (true) {
            double before = get();
            double after = function.applyAsDouble(before);
            if (replace(before, after)) {
                return after;
            }
        }
    }

    /** Replaces exactly these bits. */
    private boolean replace(double before, double after) {
        return LONG.compareAndSet(memory(), 0, Double.doubleToRawLongBits(before), Double.doubleToRawLongBits(after));
    }

    @Override
    String text() {
        return Double.toString(get());
    }
}
