package offspring.futures;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import offspring.core.function.CheckedConsumer;
import org.jspecify.annotations.Nullable;

/** One walk over futures in the order in which they get done: each puts itself into a queue, once. */
final class AsCompleted<F extends Future<?>> implements Iterator<F> {

    private final LinkedBlockingQueue<F> finished = new LinkedBlockingQueue<>();
    private final Set<F> all;
    private final long start;
    private final long nanos;
    private final @Nullable ProgressMeter meter;
    private final CheckedConsumer<Object> callback;
    private int left;

    AsCompleted(Set<F> all, long start, long nanos, @Nullable Progress listener) {
        this.all = all;
        this.start = start;
        this.nanos = nanos;
        left = all.size();
        meter = listener == null ? null : new ProgressMeter(listener, OptionalLong.of(left));
        callback = this::enqueue;
        for (F future : all) {
            future.addDoneCallback(callback);
        }
    }

    @SuppressWarnings("unchecked") // each future calls back with itself
    private void enqueue(Object future) {
        finished.add((F) future);
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    @Override
    public F next() {
        if (left == 0) {
            throw new NoSuchElementException("all " + all.size() + " futures were given out");
        }
        F future = take();
        left--;
        if (meter != null) {
            meter.ended("", future.isCompletedExceptionally());
            if (left == 0) {
                meter.finish();
            }
        }
        return future;
    }

    private F take() {
        F future;
        try {
            // Those that are done are given out even when the time is over or the thread interrupted.
            future = finished.poll();
            if (future == null) {
                future = finished.poll(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted while waiting for " + left + " futures", e);
        }
        if (future == null) {
            all.forEach(each -> each.removeDoneCallback(callback));
            String message = left + " (of " + all.size() + ") futures unfinished";
            left = 0;
            if (meter != null) {
                meter.finish();
            }
            throw new CompletionException(new TimeoutException(message));
        }
        return future;
    }
}
