package offspring.futures;

import java.io.Serial;
import java.util.concurrent.RejectedExecutionException;

/**
 * A pool or executor can run nothing any more, because its initializer failed or its workers cannot be started: Python's
 * {@code BrokenExecutor}. Calls that were waiting fail with it, later ones are refused with it; its cause is what broke
 * the pool.
 *
 * @since 0.1.0
 */
public class BrokenExecutorException extends RejectedExecutionException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Says what broke.
     *
     * @param message which pool, and what to do
     * @param cause what broke it
     */
    public BrokenExecutorException(String message, Throwable cause) {
        super(message, cause);
    }
}
