package offspring.multiprocessing.internal.launch;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one of a child's output streams goes.
 *
 * @param redirect where the system sends it
 * @param lines who gets it line by line; then {@code redirect} is a pipe
 */
public record Output(
        ProcessBuilder.Redirect redirect, @Nullable Consumer<String> lines) {

    /** To where the parent's goes. */
    public static final Output INHERIT = new Output(ProcessBuilder.Redirect.INHERIT, null);

    /** To a file, or wherever else the system can send it. */
    public static Output to(ProcessBuilder.Redirect redirect) {
        return new Output(redirect, null);
    }

    /** To a consumer, which is called with each line, one after the other, by a thread of its own. */
    public static Output toLines(Consumer<String> lines) {
        return new Output(ProcessBuilder.Redirect.PIPE, lines);
    }
}
