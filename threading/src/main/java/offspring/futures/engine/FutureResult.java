package offspring.futures.engine;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import offspring.futures.AsyncResult;
import offspring.futures.Future;
import org.jspecify.annotations.Nullable;

/** A future in the words of Python's pools. */
record FutureResult<T extends @Nullable Object>(Future<T> toFuture) implements AsyncResult<T> {

    @Override
    public T get() throws InterruptedException {
        return toFuture.result();
    }

    @Override
    public T get(Duration timeout) throws InterruptedException, TimeoutException {
        return toFuture.result(timeout);
    }

    @Override
    public void await() throws InterruptedException {
        try {
            toFuture.get();
        } catch (ExecutionException | CancellationException ended) {
            // get() tells how it ended to those who want to know
        }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        try {
            toFuture.get(timeout);
        } catch (ExecutionException | CancellationException ended) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
        return true;
    }

    @Override
    public boolean ready() {
        return toFuture.isDone();
    }

    @Override
    public boolean successful() {
        if (!ready()) {
            throw new IllegalStateException("the work has not ended; call await() before successful()");
        }
        return !toFuture.isCompletedExceptionally();
    }

    @Override
    public String toString() {
        return "<AsyncResult of " + toFuture + ">";
    }
}
