package offspring.multiprocessing;

import java.util.Map;
import offspring.core.function.CheckedFunction;
import offspring.futures.engine.TaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A function that is applied in the context of who asked for it: log lines of the worker carry what those of the caller do, and say which
 * worker and task they are of; the thread is named after that of the caller and the worker.
 *
 * @param function the function
 * @param mdc the logging context of the caller; null if that is empty
 * @param caller the name of the caller's thread
 * @param task the task
 */
@SuppressWarnings("NullAway") // null is a legal argument and a legal result
record InContext(
        CheckedFunction<@Nullable Object, @Nullable Object> function,
        @Nullable Map<String, String> mdc,
        String caller,
        String task)
        implements CheckedFunction<@Nullable Object, @Nullable Object> {

    /** The key of the worker's name. */
    static final String WORKER = "offspring.worker";

    /** The key of the task. */
    static final String TASK = "offspring.task";

    @Override
    public @Nullable Object applyChecked(@Nullable Object argument) throws Exception {
        java.lang.Thread thread = java.lang.Thread.currentThread();
        String before = thread.getName();
        String worker = Multiprocessing.currentProcess().name();
        new TaskContext(mdc).enter();
        MDC.put(WORKER, worker);
        MDC.put(TASK, task);
        thread.setName(caller + "/" + worker);
        try {
            return function.applyChecked(argument);
        } finally {
            thread.setName(before);
            TaskContext.leave();
        }
    }
}
