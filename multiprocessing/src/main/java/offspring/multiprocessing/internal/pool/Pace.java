package offspring.multiprocessing.internal.pool;

/**
 * How long calls of one kind take, and how many of them a worker is therefore given at once.
 *
 * <p>Written with the dispatcher's lock. {@link #isShort} is asked without, and a stale answer does no harm.
 */
public final class Pace {

    /** How long a batch should take. */
    static final int TARGET_MICROS = 300;

    private static final int LARGEST = 4096;
    private static final long SHORT_NANOS = 30_000;

    private volatile long meanNanos;
    /** Whether all that is known are the first calls of workers. */
    private boolean guessed;

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

    /**
     * Some calls have taken so long together. One answer moves the mean by a factor of two at most: a pause of the worker, or the
     * first call of something, which loads classes, takes a thousand times as long as those that follow.
     *
     * @param cold whether they are the first that their worker has answered; that counts only as long as nothing else is known
     */
    void learn(long nanos, int count, boolean cold) {
        long each = Math.max(1, nanos / count);
        long mean = meanNanos;
        if (mean == 0 || (guessed && !cold)) {
            meanNanos = each;
            guessed = cold;
        } else if (!cold) {
            long moved = mean + (each - mean) * count / (count + lastBatch);
            meanNanos = Math.max(1, Math.min(moved, 2 * mean));
        }
    }

    /** Whether calls are so short, as far as known, that waiting for one is best done awake. */
    boolean isShort() {
        return meanNanos < SHORT_NANOS;
    }
}
