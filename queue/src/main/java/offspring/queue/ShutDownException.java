package offspring.queue;

/**
 * The queue was shut down: it takes nothing more, and has nothing more to give. Python's {@code queue.ShutDown}.
 *
 * <p>A consumer's loop ends with it:
 *
 * <pre>{@code
 * try {
 *     while (true) {
 *         work(queue.get());
 *     }
 * } catch (ShutDownException e) {
 *     return; // all items are taken, and no more will come
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public class ShutDownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was shut down and what was asked of it.
     *
     * @param message what was asked, and of what
     */
    public ShutDownException(String message) {
        super(message);
    }
}
