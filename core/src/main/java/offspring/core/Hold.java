package offspring.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The right to something that was {@linkplain Acquirable#hold() acquired}, given back exactly once: what stands between
 * {@code with lock:} and the end of its block in Python.
 *
 * <pre>{@code
 * try (var held = lock.hold()) {
 *     counter++;
 * }
 * }</pre>
 *
 * <p>{@link #close()} releases on the first call and does nothing on later ones, from whichever thread, even if several
 * close it at the same time. It does not block. That certainty costs one compare-and-set more than a bare {@code acquire}
 * and {@code release}.
 *
 * <p>Memory effects are those of what is held. Python has no such object: its {@code with} calls the lock's own {@code
 * __exit__}.
 *
 * @since 0.1.0
 */
public final class Hold implements AutoCloseable {

    private static final VarHandle RELEASED;

    static {
        try {
            RELEASED = MethodHandles.lookup().findVarHandle(Hold.class, "released", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Acquirable held;

    @SuppressWarnings("unused") // changed through RELEASED
    private volatile boolean released;

    /** Made by {@link Acquirable#hold()}, with {@code held} just acquired. */
    Hold(Acquirable held) {
        this.held = held;
    }

    /**
     * Releases what is held, unless that was done before.
     *
     * @throws IllegalStateException if the block released it itself, so that there is nothing left to release
     */
    @Override
    public void close() {
        if (RELEASED.compareAndSet(this, false, true)) {
            held.release();
        }
    }
}
