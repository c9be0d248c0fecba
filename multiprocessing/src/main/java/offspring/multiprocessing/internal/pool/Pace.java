package offspring.multiprocessing.internal.pool;

/**
 * How long calls of one kind take, and how many of them a worker is therefore given at once.
 *
 * <p>Read and written with the engine's lock.
 */
public final class Pace {

    /** How long a batch should take. */
    static final int TARGET_MICROS = 300;

    private static final int LARGEST = 1024;

    private long meanNanos;
    private int lastBatch;

    /** The size of the next batch: at most twice the last one, and not all that is there while others could take some. */
    int nextBatch(int pending, int workers, long leftForWorker) {
        long size = meanNanos == 0 ? 1 : Math.min(TARGET_MICROS * 1000L / meanNanos, 2L * Math.max(1, lastBatch));
        size = Math.min(size, Math.max(1, pending / (2L * workers)));
        size = Math.max(1, Math.min(size, Math.min(LARGEST, leftForWorker)));
        lastBatch = (int) size;
        return (int) size;
    }

    /** A call has taken so long; a slow one counts at once, fast ones little by little. */
    void learn(long nanos) {
        long least = Math.max(1, nanos);
        if (least > meanNanos) {
            meanNanos = meanNanos == 0 ? least : (meanNanos + least) / 2;
        } else {
            meanNanos -= (meanNanos - least) / 8;
        }
    }
}
