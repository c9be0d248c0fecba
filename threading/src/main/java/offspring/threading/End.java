package offspring.threading;

import offspring.core.function.CheckedFunction;
import offspring.futures.engine.Job;
import offspring.futures.engine.TaskContext;
import org.jspecify.annotations.Nullable;

/** What stands in the queue of a {@link ThreadEngine} and is no job at all. */
enum End implements Job {
    /** Behind the last job. */
    END,
    /** The main thread has ended: workers look whether they are still needed. */
    LOOK;

    @Override
    public int size() {
        throw noJob();
    }

    @Override
    public CheckedFunction<@Nullable Object, @Nullable Object> function() {
        throw noJob();
    }

    @Override
    public @Nullable Object item(int index) {
        throw noJob();
    }

    @Override
    public TaskContext context() {
        throw noJob();
    }

    @Override
    public boolean begin(String worker) {
        throw noJob();
    }

    @Override
    public void succeeded(int index, @Nullable Object value) {
        throw noJob();
    }

    @Override
    public void failed(int index, Throwable failure) {
        throw noJob();
    }

    @Override
    public void abandon(Throwable reason) {
        throw noJob();
    }

    private static AssertionError noJob() {
        return new AssertionError("a marker was taken for a job");
    }
}
