package offspring.multiprocessing.internal.codec;

import java.io.NotSerializableException;
import java.util.List;

/**
 * An object that cannot be sent to another process, and the way by which the message reached it.
 *
 * <p>The message reads {@code target (lambda in com.acme.Main.main) -> captured argument 2 -> com.acme.Job.connection ->
 * java.net.Socket: java.net.Socket is not serializable; …}.
 */
public final class CannotTravelException extends NotSerializableException {

    private static final long serialVersionUID = 1L;

    /** The class that cannot travel. */
    private final String className;

    /** The steps from the root, the root first. */
    private final String[] path;

    CannotTravelException(String className, List<String> path, String reason, Throwable cause) {
        super(message(path, reason));
        this.className = className;
        this.path = path.toArray(new String[0]);
        initCause(cause);
    }

    private static String message(List<String> path, String reason) {
        StringBuilder text = new StringBuilder();
        for (String step : path) {
            text.append(text.length() == 0 ? "" : " -> ").append(step);
        }
        return text.append(": ").append(reason).toString();
    }

    /** The name of the class that cannot travel. */
    public String className() {
        return className;
    }

    /** The steps from the root to the object that cannot travel, in words, the root first. */
    public List<String> path() {
        return List.of(path);
    }
}
