package offspring.queue;

/**
 * There was no room for one more item: Python's {@code queue.Full}.
 *
 * @since 0.1.0
 */
public class FullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was full and what was asked of it.
     *
     * @param message what was asked, of what, and how long it waited
     */
    public FullException(String message) {
        super(message);
    }
}
