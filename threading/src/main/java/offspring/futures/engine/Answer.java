package offspring.futures.engine;

import java.util.function.Consumer;
import offspring.core.internal.Logs;
import offspring.futures.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A future whose owner has given callbacks that run before it is done, as those of Python's pools do. */
class Answer<T extends @Nullable Object> extends Future<T> {

    private static final Logger LOG = Logs.of(Answer.class);

    private final @Nullable Consumer<? super T> callback;
    private final @Nullable Consumer<? super Throwable> errorCallback;

    Answer(@Nullable Consumer<? super T> callback, @Nullable Consumer<? super Throwable> errorCallback) {
        this.callback = callback;
        this.errorCallback = errorCallback;
    }

    final void give(T value) {
        if (callback != null && !isDone()) {
            tell(callback, value);
        }
        complete(value);
    }

    final void giveUp(Throwable failure) {
        if (errorCallback != null && !isDone()) {
            tell(errorCallback, failure);
        }
        completeExceptionally(failure);
    }

    private <A> void tell(Consumer<? super A> listener, A argument) {
        try {
            listener.accept(argument);
        } catch (Throwable failure) {
            LOG.error("a callback of {} failed", this, failure);
        }
    }

    /** Says what this is to the user; the subclasses are nobody's business. */
    @Override
    public String toString() {
        return "<Future"
                + super.toString().substring(1 + getClass().getSimpleName().length());
    }
}
