package offspring.core;

/**
 * A {@link Semaphore} whose counter never passes the value it began with: to release what was not acquired is an error.
 * The twin of Python's {@code threading.BoundedSemaphore}.
 *
 * <pre>{@code
 * var connections = new BoundedSemaphore(5);
 * try (var held = connections.hold()) {
 *     query();
 * }
 * connections.release(); // IllegalStateException: all five are there already
 * }</pre>
 *
 * <p>Everything else is as in {@link Semaphore}: cost, fairness, interruption, timeouts, memory effects.
 *
 * <p><b>Differences from Python.</b> One release too many is an {@link IllegalStateException}, as every call in the wrong
 * state is here, where Python raises {@code ValueError}. {@link #initialValue()} is public.
 *
 * @since 0.1.0
 */
public final class BoundedSemaphore extends Semaphore {

    private final int initialValue;

    /** Makes a semaphore with one permit, its only one. */
    public BoundedSemaphore() {
        this(1);
    }

    /**
     * Makes a semaphore.
     *
     * @param value how many permits it has at first and at most; 0 is legal
     * @throws IllegalArgumentException if {@code value} is negative
     */
    public BoundedSemaphore(int value) {
        super(value, value);
        this.initialValue = value;
    }

    /**
     * How many permits it had at first, and can have at most.
     *
     * @return the value given to the constructor
     */
    public int initialValue() {
        return initialValue;
    }

    /**
     * Python's {@code repr}.
     *
     * @return for example {@code <offspring.core.BoundedSemaphore at 0x1b2c: value=2/3>}
     */
    @Override
    public String toString() {
        return Repr.of(this, "value=" + value() + "/" + initialValue);
    }
}
