package offspring.futures.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import offspring.core.function.CheckedFunction;
import offspring.core.internal.Timeouts;
import offspring.futures.Outcome;
import offspring.futures.Progress;
import offspring.futures.ProgressMeter;
import offspring.futures.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * The results of an {@code imap} or of an executor's {@code map}, ordered or not.
 *
 * <pre>
 *   input ──fill()──► chunks in flight ──workers──► finished chunks ──next()──► the user
 *             └────── never more items than the buffer holds ──────┘
 * </pre>
 */
final class ItemStream<R extends @Nullable Object> implements ResultIterator<R>, ChunkJob.Owner {

    /*
     * One thread at a time, the consumer, has all fields to itself but these: workers add to FINISHED (unordered streams)
     * or finish the chunk (its own counter), then look for SLEEPER; the consumer writes SLEEPER, then looks for a finished
     * chunk, then parks. Both are volatile, so one of them sees the other. In an ordered stream only the worker that
     * finishes the AWAITED chunk wakes the consumer. CLOSED is written by the consumer and read by workers that begin.
     */
    private final Queue<ChunkJob> finished = new ConcurrentLinkedQueue<>();

    private volatile @Nullable Thread sleeper;
    private volatile @Nullable ChunkJob awaited;
    private volatile boolean closed;

    private final Engine engine;
    private final Spec spec;
    private final Iterator<? extends @Nullable Object> input;
    private final TaskContext context = TaskContext.capture();
    private final @Nullable ProgressMeter meter;
    private final int chunk;
    private final long start = System.nanoTime();
    private final Deque<ChunkJob> order = new ArrayDeque<>();

    private @Nullable ChunkJob current;
    private int index;
    private int inFlight;
    private boolean exhausted;
    private boolean told;
    private int buffer;
    private final long largestBuffer;
    private int sinceGrowth;
    private long grownAt = start;

    /** A buffer that nobody has chosen grows while an item takes less than this. */
    private static final long SHORT_NANOS = 50_000;

    private static final int MOST_GROWTH = 32;

    /** How to walk; the owner is kept from being collected, which would close the engine. */
    record Spec(
            Object owner,
            CheckedFunction<@Nullable Object, @Nullable Object> function,
            boolean ordered,
            int chunksize,
            int buffersize,
            long nanos,
            @Nullable Progress listener) {

        /** The value of {@link #buffersize} where the user names none. */
        static final int UNCHOSEN = 0;
    }

    ItemStream(Engine engine, Spec spec, Iterable<? extends @Nullable Object> items) {
        this.engine = engine;
        this.spec = spec;
        boolean unchosen = spec.buffersize == Spec.UNCHOSEN;
        buffer = unchosen ? defaultBuffer(engine, spec.chunksize) : spec.buffersize;
        largestBuffer = unchosen ? (long) buffer * MOST_GROWTH : buffer;
        chunk = Math.min(spec.chunksize, buffer);
        input = items.iterator();
        Progress listener = spec.listener;
        meter = listener == null ? null : new ProgressMeter(listener, sizeOf(items));
    }

    /** Enough to keep workers busy, few enough to stay small. */
    private static int defaultBuffer(Engine engine, int chunksize) {
        return (int) Math.min(Integer.MAX_VALUE / MOST_GROWTH, 16L * engine.workers() * chunksize);
    }

    /** Where items come and go fast, more of them at a time spare workers and consumer many a wake-up. */
    private void growBuffer() {
        if (++sinceGrowth < buffer || buffer >= largestBuffer) {
            return;
        }
        long now = System.nanoTime();
        if (now - grownAt < SHORT_NANOS * sinceGrowth) {
            buffer *= 2;
        }
        sinceGrowth = 0;
        grownAt = now;
    }

    private static OptionalLong sizeOf(Iterable<?> items) {
        return items instanceof Collection<?> collection ? OptionalLong.of(collection.size()) : OptionalLong.empty();
    }

    /** Submits what the buffer holds; what the engine refuses now, it refuses to the caller. */
    ItemStream<R> open() {
        if (engine.isClosed()) {
            throw new IllegalStateException("the pool is closed; make a new one");
        }
        fill();
        return this;
    }

    private void fill() {
        while (!exhausted && (inFlight == 0 || inFlight + chunk <= buffer)) {
            read();
        }
    }

    private void read() {
        List<@Nullable Object> items = new ArrayList<>(Math.min(chunk, 64));
        Throwable failure = null;
        try {
            while (items.size() < chunk && input.hasNext()) {
                items.add(input.next());
            }
            exhausted = items.size() < chunk;
        } catch (Throwable e) {
            failure = e;
        }
        if (!items.isEmpty()) {
            ChunkJob job = track(items);
            try {
                engine.submit(job);
            } catch (RuntimeException refused) {
                exhausted = true;
                job.abandon(refused);
            }
        }
        if (failure != null) {
            exhausted = true;
            track(Collections.singletonList(null)).abandon(failure);
        }
    }

    private ChunkJob track(List<? extends @Nullable Object> items) {
        ChunkJob job = new ChunkJob(this, spec.function, items, context);
        inFlight += items.size();
        if (spec.ordered) {
            order.add(job);
        }
        return job;
    }

    @Override
    public boolean wanted() {
        return !closed;
    }

    @Override
    public @Nullable ProgressMeter meter() {
        return meter;
    }

    @Override
    public void finished(ChunkJob job) {
        if (!spec.ordered) {
            finished.add(job);
        }
        Thread consumer = sleeper;
        if (consumer != null && (!spec.ordered || awaited == job)) {
            LockSupport.unpark(consumer);
        }
    }

    @Override
    public boolean hasNext() {
        if (inFlight == 0) {
            fill();
        }
        boolean more = inFlight > 0;
        if (!more && meter != null && !told) {
            told = true;
            meter.finish();
        }
        return more;
    }

    @Override
    public R next() {
        long nanos = spec.nanos == Long.MAX_VALUE ? Long.MAX_VALUE : spec.nanos - (System.nanoTime() - start);
        try {
            Outcome<R> outcome = take(nanos);
            if (outcome == null) {
                close();
                throw new CompletionException(
                        new TimeoutException("the time limit of " + Duration.ofNanos(spec.nanos) + " is over"));
            }
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException("interrupted while waiting for the next result; call next() again", e);
        }
    }

    @Override
    public R next(Duration timeout) throws InterruptedException, TimeoutException {
        Outcome<R> outcome = take(Timeouts.nanos(timeout));
        if (outcome == null) {
            throw new TimeoutException("no result within " + timeout + "; call next() again to wait for it longer");
        }
        return outcome.get();
    }

    /** The next outcome, or null if the time is over. */
    private @Nullable Outcome<R> take(long nanos) throws InterruptedException {
        fill();
        if (!hasNext()) {
            throw new NoSuchElementException("no result is left");
        }
        ChunkJob job = current;
        if (job == null) {
            job = ready();
            if (job == null) {
                job = sleep(nanos);
            }
            if (job == null) {
                return null;
            }
            current = job;
            index = 0;
        }
        Outcome<R> outcome = job.outcome(index++);
        inFlight--;
        growBuffer();
        if (index == job.size()) {
            current = null;
        }
        return outcome;
    }

    private @Nullable ChunkJob ready() {
        if (!spec.ordered) {
            return finished.poll();
        }
        ChunkJob first = order.peek();
        return first != null && first.isFinished() ? order.poll() : null;
    }

    private @Nullable ChunkJob sleep(long nanos) throws InterruptedException {
        long begin = System.nanoTime();
        awaited = order.peek();
        sleeper = Thread.currentThread();
        try {
            while (true) {
                ChunkJob job = ready();
                if (job != null) {
                    return job;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while waiting for the next result");
                }
                long rest = nanos - (System.nanoTime() - begin);
                if (rest <= 0) {
                    return null;
                }
                LockSupport.parkNanos(this, rest);
            }
        } finally {
            sleeper = null;
            awaited = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        exhausted = true;
        inFlight = 0;
        current = null;
        order.clear();
        finished.clear();
    }

    @Override
    public String toString() {
        return "<ResultIterator of " + spec.owner + ": " + (closed ? "closed" : inFlight + " items in flight") + ">";
    }
}
