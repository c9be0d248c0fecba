package offspring.multiprocessing.internal.pool;

/**
 * How long calls of one kind take, and how many of them a worker is therefore given at once.
 *
 * <p>Written with the engine's lock. {@link #isShort} is asked without, and a stale answer does no harm.
 */
public final class Pace {

    /** How long a batch should take. */
    static final int TARGET_MICROS = 300;

    private static final int LARGEST = 4096;
    private static final long SHORT_NANOS = 30_000;

    private volatile long meanNanos;
    private int lastBatch;

    /** The size of the next batch: at most four times the last one, and not all that is there while others could take some. */
    int nextBatch(long pending, int workers, long leftForWorker) {
        long mean = meanNanos;
        long size = mean == 0 ? 1 : Math.min(TARGET_MICROS * 1000L / mean, 4L * Math.max(1, lastBatch));
        size = Math.min(size, Math.max(1, pending / (2L * workers)));
        size = Math.max(1, Math.min(size, Math.min(LARGEST, leftForWorker)));
        lastBatch = (int) size;
        return (int) size;
    }

    /** Some calls have taken so long together; slow ones count at once, fast ones little by little. */
    void learn(long nanos, int count) {
        long each = Math.max(1, nanos / count);
        long mean = meanNanos;
        if (each > mean) {
            meanNanos = mean == 0 ? each : (mean + each) / 2;
        } else {
            meanNanos = mean - (mean - each) / (count > 8 ? 2 : 8);
        }
    }

    /** Whether calls are so short, as far as known, that waiting for one is best done awake. */
    boolean isShort() {
        return meanNanos < SHORT_NANOS;
    }
}
