package offspring.queue;

/**
 * Nothing was there to be taken: Python's {@code queue.Empty}.
 *
 * @since 0.1.0
 */
public class EmptyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was empty and what was asked of it.
     *
     * @param message what was asked, of what, and how long it waited
     */
    public EmptyException(String message) {
        super(message);
    }
}
