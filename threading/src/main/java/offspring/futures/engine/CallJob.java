package offspring.futures.engine;

import java.util.function.Consumer;
import offspring.core.function.CheckedFunction;
import org.jspecify.annotations.Nullable;

/** One call: a job with one item, and the future of its result, in one object. */
final class CallJob<T extends @Nullable Object> extends Answer<T> implements Job {

    private final Engine engine;
    private final TaskContext context = TaskContext.capture();

    // Dropped after the report, so that a future that is kept does not keep what its call needed. The engine hands the
    // job
    // from thread to thread in order; nobody asks for them after the report.
    private @Nullable CheckedFunction<@Nullable Object, @Nullable Object> function;
    private @Nullable Object item;
    private volatile @Nullable Assistant assistant;

    CallJob(Engine engine, CheckedFunction<@Nullable Object, @Nullable Object> function, @Nullable Object item) {
        this(engine, function, item, null, null);
    }

    CallJob(
            Engine engine,
            CheckedFunction<@Nullable Object, @Nullable Object> function,
            @Nullable Object item,
            @Nullable Consumer<? super T> callback,
            @Nullable Consumer<? super Throwable> errorCallback) {
        super(callback, errorCallback);
        this.engine = engine;
        this.function = function;
        this.item = item;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public CheckedFunction<@Nullable Object, @Nullable Object> function() {
        CheckedFunction<@Nullable Object, @Nullable Object> wanted = function;
        if (wanted == null) {
            throw new IllegalStateException(this + " was reported already; an engine must not run it again");
        }
        return wanted;
    }

    @Override
    public @Nullable Object item(int index) {
        return item;
    }

    @Override
    public TaskContext context() {
        return context;
    }

    @Override
    public void accepted(Assistant whom) {
        assistant = whom;
    }

    @Override
    protected void assist(long nanos) {
        Assistant whom = assistant;
        if (whom != null) {
            whom.assist(this::isDone, nanos);
        }
    }

    @Override
    public boolean begin(String worker) {
        return begin();
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the function returns what the user's function returns
    public void succeeded(int index, @Nullable Object value) {
        forget();
        give((T) value);
    }

    @Override
    public void failed(int index, Throwable failure) {
        forget();
        giveUp(failure);
    }

    @Override
    public void abandon(Throwable reason) {
        giveUp(reason);
    }

    private void forget() {
        function = null;
        item = null;
        if (assistant != null) { // a volatile store costs more than the question
            assistant = null;
        }
    }

    @Override
    protected void stop() {
        engine.stop(this);
    }
}
