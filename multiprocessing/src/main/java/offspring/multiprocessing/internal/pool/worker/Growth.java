package offspring.multiprocessing.internal.pool.worker;

/**
 * Whether a worker's heap in use has grown more than it may since the worker was ready. Used by its main thread.
 *
 * <p>What is in use is asked after calls, which costs some dozens of nanoseconds. Garbage counts as in use until it is collected; so the least
 * of all answers of a while is believed, which is one soon after a collection, and if that is too much a collection is asked for and
 * has the last word. A worker that only makes much garbage so pays for at most four collections a second, and most often for none.
 */
final class Growth {

    private static final long WHILE_NANOS = 250_000_000;

    private final long limit;
    private final long base;
    private long least = Long.MAX_VALUE;
    private long since = System.nanoTime();

    Growth(long limit) {
        this.limit = limit;
        System.gc();
        this.base = inUse();
    }

    private static long inUse() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Whether it has; asked after calls. */
    boolean isTooLarge(long now) {
        least = Math.min(least, inUse());
        if (now - since < WHILE_NANOS) {
            return false;
        }
        boolean perhaps = least - base > limit;
        since = now;
        least = Long.MAX_VALUE;
        if (!perhaps) {
            return false;
        }
        System.gc();
        return inUse() - base > limit;
    }
}
