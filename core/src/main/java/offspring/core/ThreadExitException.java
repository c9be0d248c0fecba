package offspring.core;

/**
 * Leaves the running thread from any depth, without a word on the standard error stream: what {@code sys.exit()} does in
 * a thread of Python, where its {@code SystemExit} ends the thread and nothing else.
 *
 * <pre>{@code
 * if (nothingLeftToDo()) {
 *     throw new ThreadExitException("queue is drained");
 * }
 * }</pre>
 *
 * <p>It unwinds like any exception: {@code finally} blocks run, and a {@code catch} of {@link RuntimeException} stops it.
 * An {@linkplain Thread except hook} of the program's own is called with it; the one a program starts with says nothing.
 * Outside of an {@code offspring.core.Thread} it is an ordinary exception. To end the whole JVM, as {@code SystemExit} does
 * in Python's main thread, call {@link System#exit}.
 *
 * @since 0.1.0
 */
public class ThreadExitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why the thread is left.
     *
     * @param message the reason, for whoever catches it
     */
    public ThreadExitException(String message) {
        super(message);
    }
}
