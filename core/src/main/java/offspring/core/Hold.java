package offspring.core;

import java.util.concurrent.atomic.AtomicBoolean;

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
 * <p>{@link #close()} releases on the first call and does nothing on later ones, from whichever thread. It does not
 * block.
 *
 * @since 0.1.0
 */
public final class Hold implements AutoCloseable {

    private final Acquirable held;
    private final AtomicBoolean released = new AtomicBoolean();

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
        if (released.compareAndSet(false, true)) {
            held.release();
        }
    }
}
