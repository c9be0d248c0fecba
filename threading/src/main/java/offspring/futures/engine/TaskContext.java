package offspring.futures.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What follows a task from the thread that submits it to the worker that runs it: the SLF4J {@link MDC}, so that the log
 * lines of the task carry what those of its caller carry. An engine that runs tasks elsewhere sends the map along.
 *
 * @param mdc the diagnostic context of the caller, {@code null} if that is empty
 * @since 0.1.0
 */
public record TaskContext(@Nullable Map<String, String> mdc) {

    private static final TaskContext EMPTY = new TaskContext(null);

    /**
     * The context of the calling thread.
     *
     * @return a copy
     */
    public static TaskContext capture() {
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        return mdc == null || mdc.isEmpty() ? EMPTY : new TaskContext(mdc);
    }

    /** Gives this context to the calling thread, a worker. {@link #leave()} must follow. */
    public void enter() {
        if (mdc != null) {
            MDC.setContextMap(mdc);
        }
    }

    /** Leaves the calling thread, a worker, without context, whatever the task has put there. */
    public static void leave() {
        MDC.clear();
    }
}
