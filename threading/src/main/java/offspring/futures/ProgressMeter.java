package offspring.futures;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import offspring.core.internal.Logs;
import org.slf4j.Logger;

/**
 * Counts ended items and tells a {@link Progress} listener now and then: what stands behind {@code withProgress}, for those
 * who run work of their own.
 *
 * <pre>{@code
 * var meter = new ProgressMeter(listener, OptionalLong.of(files.size()));
 * for (Path file : files) meter.ended("scanner", !scan(file));
 * meter.finish();
 * }</pre>
 *
 * <p>Any thread may call. A thread that finds another one telling goes on without waiting, except in {@link #finish()}.
 *
 * @since 0.1.0
 */
public final class ProgressMeter {

    private static final Logger LOG = Logs.of(ProgressMeter.class);

    private final long start = System.nanoTime();
    private final Progress listener;
    private final OptionalLong total;
    private final LongAdder failed = new LongAdder();
    private final ConcurrentMap<String, LongAdder> perWorker = new ConcurrentHashMap<>();
    private final ReentrantLock telling = new ReentrantLock();

    /** When the listener was last told. Written under the lock; a stale read costs a look at the lock. */
    private volatile long told = start;

    /**
     * Begins to count.
     *
     * @param listener who hears of it
     * @param total how many items there are, if that is known
     */
    public ProgressMeter(Progress listener, OptionalLong total) {
        this.listener = Objects.requireNonNull(listener, "listener: null; give who is to hear of the progress");
        this.total = total;
    }

    /**
     * Counts an item that has ended.
     *
     * @param worker who worked on it; an empty name is not listed per worker
     * @param hasFailed whether it failed
     */
    public void ended(String worker, boolean hasFailed) {
        if (hasFailed) {
            failed.increment();
        }
        perWorker.computeIfAbsent(worker, name -> new LongAdder()).increment();
        if (System.nanoTime() - told >= Progress.INTERVAL.toNanos() && telling.tryLock()) {
            try {
                if (System.nanoTime() - told >= Progress.INTERVAL.toNanos()) {
                    tell();
                }
            } finally {
                telling.unlock();
            }
        }
    }

    /** Tells the listener how it ended. */
    public void finish() {
        telling.lock();
        try {
            tell();
            shielded(() -> listener.finished(snapshot()));
        } finally {
            telling.unlock();
        }
    }

    private void tell() {
        shielded(() -> listener.update(snapshot()));
        told = System.nanoTime();
    }

    private void shielded(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("the progress listener {} failed", listener, failure);
        }
    }

    /**
     * How far the work is.
     *
     * @return a snapshot
     */
    public Progress.Snapshot snapshot() {
        Map<String, Long> counts = new HashMap<>();
        perWorker.forEach((worker, count) -> counts.put(worker, count.sum()));
        long done = counts.values().stream().mapToLong(Long::longValue).sum();
        counts.remove("");
        return new Progress.Snapshot(done, failed.sum(), total, Duration.ofNanos(System.nanoTime() - start), counts);
    }
}
