package offspring.multiprocessing;

import java.io.IOException;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * A {@code boolean} that processes share; {@link Value#ofBoolean} makes one. What is said of a {@link Value} holds here. To wait
 * for a flag, use an {@link Event}.
 *
 * <pre>{@code
 * var done = Value.ofBoolean(false);
 * boolean first = done.compareAndSet(false, true); // true in exactly one process
 * }</pre>
 *
 * <p>All methods are one atomic step each, never block, and throw an {@link IllegalStateException} after {@link #close()}.
 *
 * @since 0.1.0
 */
public final class BooleanValue extends Value {

    private static final long serialVersionUID = 1L;

    BooleanValue(Cell cell) throws IOException {
        super(cell);
    }

    @Override
    Kind kind() {
        return Kind.BOOLEAN_VALUE;
    }

    /**
     * Reads the value.
     *
     * @return the value
     */
    public boolean get() {
        return (int) INT.getVolatile(memory(), 0) != 0;
    }

    /**
     * Writes the value.
     *
     * @param value the new value
     */
    public void set(boolean value) {
        INT.setVolatile(memory(), 0, word(value));
    }

    /**
     * Replaces the value.
     *
     * @param value the new value
     * @return the one before
     */
    public boolean getAndSet(boolean value) {
        return (int) INT.getAndSet(memory(), 0, word(value)) != 0;
    }

    /**
     * Replaces the value, if it is as expected.
     *
     * @param expected what it must be
     * @param value the new value
     * @return whether it was as expected, and is replaced
     */
    public boolean compareAndSet(boolean expected, boolean value) {
        return INT.compareAndSet(memory(), 0, word(expected), word(value));
    }

    private static int word(boolean value) {
        return value ? 1 : 0;
    }

    @Override
    String text() {
        return Boolean.toString(get());
    }
}
