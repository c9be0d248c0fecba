package offspring.multiprocessing.internal.pool;

import offspring.multiprocessing.internal.segment.Segment;

/**
 * The words that a worker and its parent share, beside the pipe and in the same memory.
 *
 * <pre>
 *     0  turn   number &lt;&lt; 1 | recalled   the call that the worker has begun last
 *    64  done   number                   the call that it has finished last; its result may not have left yet
 *   128  stop   number                   the call that is to be interrupted
 * </pre>
 *
 * <p><b>Who writes.</b> {@code done} the worker; {@code stop} the parent; {@code turn} both, by compare-and-set: the worker to begin its
 * next call, the parent to take back all that the worker has not begun. So each call of a batch is begun by the worker or
 * taken back, never both.
 *
 * <p><b>A kill.</b> The words outlive the worker. A call with a number up to {@code turn} had begun, one up to {@code done} was finished; if
 * its result is not in the pipe, that tells what is known of it, and all other calls can run elsewhere without being run twice.
 * Were {@code turn} written after the call had begun, a kill between the two would run it again.
 */
final class WorkerWords {

    static final int BYTES = 192;

    private static final int DONE = 64;
    private static final int STOP = 128;

    private final Segment segment;
    private final int base;

    WorkerWords(Segment segment, int base) {
        this.segment = segment;
        this.base = base;
    }

    /** The worker begins a call; false if the parent has taken it back, with all behind it. */
    boolean begin(long before, long number) {
        return segment.compareAndSet(base, before << 1, number << 1);
    }

    /** The worker has seen that calls were taken back, and may be given others. */
    void acknowledgeRecall(long begun) {
        segment.putVolatile(base, begun << 1);
    }

    /** The parent takes back what comes after the call, if that one is the last that the worker has begun. */
    boolean recallAfter(long number) {
        return segment.compareAndSet(base, number << 1, number << 1 | 1);
    }

    /** The call that was begun last. */
    long begun() {
        return segment.getVolatile(base) >>> 1;
    }

    void finished(long number) {
        segment.putRelease(base + DONE, number);
    }

    long finished() {
        return segment.getVolatile(base + DONE);
    }

    void stop(long number) {
        segment.putVolatile(base + STOP, number);
    }

    long toBeStopped() {
        return segment.getVolatile(base + STOP);
    }
}
