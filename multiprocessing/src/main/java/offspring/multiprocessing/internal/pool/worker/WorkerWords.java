package offspring.multiprocessing.internal.pool.worker;

import java.io.StreamCorruptedException;
import java.lang.invoke.VarHandle;
import offspring.multiprocessing.internal.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * The words that a worker and its parent share, beside the pipe and in the same memory.
 *
 * <pre>
 *     0  claimed   number &lt;&lt; 1 | recalled   up to here the calls are the worker's; the rest can be taken back
 *     8  void      number                   when {@code recalled} was set: calls up to here were taken back
 *    64  running   number                   the call that the worker has begun last
 *    72  finished  number                   the call that it has finished last
 *    80  waited    nanos                    how long it has waited for calls since it was ready
 *    88  worked    nanos                    how long calls took it, from decoding to encoding
 *    96  carried   nanos                    what is left of the time since it was ready: reading calls, sending answers
 *   128  stop      number                   the call that is to be interrupted
 *   192  version   counts up each time the answers leave
 *   200  first     number                   of the first answer below
 *   208  length    of the answers below
 *   216  gauges    counts up each time the three below are written, by the thread that hears signals
 *   224  gc        millis                   spent in collections of garbage; -1: not known
 *   232  allocated bytes                    by the thread that does the calls; -1: not known
 *   240  heap      bytes                    in use
 *   256  answers   {@link Records} of calls that are finished and whose answers are not in the pipe yet
 * </pre>
 *
 * <p><b>Who writes.</b> {@code stop} and {@code void} the parent; {@code claimed} both, by compare-and-set: the worker to claim its next calls,
 * the parent to take back all that the worker has not claimed. So each call is claimed or taken back, never both. All else the worker.
 *
 * <p><b>Void</b> is written before {@code recalled} is set, and only while it is not; the worker reads it when it finds {@code recalled}
 * set, before it clears it. So it is what the parent meant.
 *
 * <p><b>A kill.</b> The words outlive the worker. A call with a number up to {@code running} had begun: {@code running} is stored, in release
 * mode, before anything of the call is decoded. If it is in {@code answers} or in the pipe, its result is known; else, if its number
 * is up to {@code finished}, the result is lost; else nobody knows how far it came. All other calls can run elsewhere without being
 * run twice. Were {@code running} written after the call had begun, a kill between the two would run it again.
 *
 * <p><b>Answers</b> are appended: the bytes, then {@code length} in release mode. They leave: through the pipe, then {@code length} = 0, then
 * {@code version} counts up, then new bytes may overwrite the old ones. The parent, which may look while the worker writes, believes what
 * it has copied only if {@code version} was the same before and after. A kill between the pipe and {@code length} = 0 leaves answers
 * in both; the parent knows them by their numbers.
 */
public final class WorkerWords {

    /** How many bytes of answers are kept. */
    static final int ROOM = 1 << 14;

    private static final int VOID = 8;
    private static final int RUNNING = 64;
    private static final int FINISHED = 72;
    private static final int WAITED = 80;
    private static final int WORKED = 88;
    private static final int CARRIED = 96;
    private static final int STOP = 128;
    private static final int VERSION = 192;
    private static final int FIRST = 200;
    private static final int LENGTH = 208;
    private static final int GAUGES = 216;
    private static final int GC = 224;
    private static final int ALLOCATED = 232;
    private static final int HEAP = 240;
    private static final int ANSWERS = 256;

    /** How many bytes the words take. */
    public static final int BYTES = ANSWERS + ROOM;

    private final Segment segment;
    private final int base;

    /** The words that begin there. */
    public WorkerWords(Segment segment, int base) {
        this.segment = segment;
        this.base = base;
    }

    // ---- claims

    /** The worker claims calls; false if the parent has taken them back. */
    boolean claim(long before, long upTo) {
        return segment.compareAndSet(base, before << 1, upTo << 1);
    }

    /** After a claim that failed: up to where calls were taken back. From now on the worker may be given others. */
    long acknowledgeRecall(long claimed) {
        long end = segment.getVolatile(base + VOID);
        segment.putVolatile(base, claimed << 1);
        return end;
    }

    /**
     * The parent takes back what the worker has not claimed of all that it was given.
     *
     * @param given the last number it was given
     * @return the last number that it has claimed; -1 if nothing could be taken back now
     */
    public long recall(long given) {
        long now = segment.getVolatile(base);
        if ((now & 1) != 0 || now >>> 1 >= given) {
            return -1;
        }
        segment.putVolatile(base + VOID, given);
        return segment.compareAndSet(base, now, now | 1) ? now >>> 1 : -1;
    }

    // ---- how far it has come

    void begin(long number) {
        segment.putRelease(base + RUNNING, number);
    }

    /** The call that was begun last. */
    public long begun() {
        return segment.getVolatile(base + RUNNING);
    }

    void finish(long number) {
        segment.putRelease(base + FINISHED, number);
    }

    /** The call that was finished last. */
    public long finished() {
        return segment.getVolatile(base + FINISHED);
    }

    /** The parent names the call that is to be interrupted. */
    public void stop(long number) {
        segment.putVolatile(base + STOP, number);
    }

    long toBeStopped() {
        return segment.getVolatile(base + STOP);
    }

    // ---- where its time went

    void waited(long nanos) {
        segment.putRelease(base + WAITED, nanos);
    }

    void worked(long nanos, long carried) {
        segment.putRelease(base + WORKED, nanos);
        segment.putRelease(base + CARRIED, carried);
    }

    /** How long it has waited for calls. */
    public long waited() {
        return segment.getAcquire(base + WAITED);
    }

    /** How long calls took it. */
    public long worked() {
        return segment.getAcquire(base + WORKED);
    }

    /** How long it took to read calls and send answers. */
    public long carried() {
        return segment.getAcquire(base + CARRIED);
    }

    /**
     * What a worker tells of its memory when it is asked.
     *
     * @param gcMillis spent in collections of garbage; -1: not known
     * @param allocated bytes, by the thread that does the calls; -1: not known
     * @param heap bytes in use
     */
    public record Gauges(long gcMillis, long allocated, long heap) {}

    void gauges(Gauges now) {
        segment.putRelease(base + GC, now.gcMillis);
        segment.putRelease(base + ALLOCATED, now.allocated);
        segment.putRelease(base + HEAP, now.heap);
        segment.putRelease(base + GAUGES, segment.getPlain(base + GAUGES) + 1);
    }

    /** How often it has told them. */
    public long gaugesTold() {
        return segment.getAcquire(base + GAUGES);
    }

    /** What it has told last; null if it was never asked, or did not answer. Two askers may see a mixture of two answers. */
    public @Nullable Gauges gauges() {
        return gaugesTold() == 0
                ? null
                : new Gauges(
                        segment.getAcquire(base + GC),
                        segment.getAcquire(base + ALLOCATED),
                        segment.getAcquire(base + HEAP));
    }

    // ---- answers

    /** Appends bytes to the answers, which have room for them; {@code first} is the number of the first of them all. */
    void append(long first, int length, byte[] source, int from, int count) {
        if (length == 0) {
            segment.putPlain(base + FIRST, first);
        }
        segment.putBytes(base + ANSWERS + length, source, from, count);
        segment.putRelease(base + LENGTH, length + count);
    }

    /** The answers are in the pipe. */
    void answersHaveLeft() {
        segment.putRelease(base + LENGTH, 0);
        segment.putRelease(base + VERSION, segment.getPlain(base + VERSION) + 1);
        VarHandle.fullFence(); // no byte of the next answers is seen before the new version
    }

    /** Answers that are not in the pipe, and the number of the first. */
    public record Kept(long first, Records records) {}

    /** The answers that are not in the pipe now; null if there are none, or they are just leaving. */
    public @Nullable Kept answers() throws StreamCorruptedException {
        long version = segment.getAcquire(base + VERSION);
        int length = (int) segment.getAcquire(base + LENGTH);
        if (length <= 0 || length > ROOM) {
            return null;
        }
        long first = segment.getPlain(base + FIRST);
        byte[] copy = new byte[length];
        segment.getBytes(base + ANSWERS, copy, 0, length);
        VarHandle.fullFence();
        return segment.getVolatile(base + VERSION) == version ? new Kept(first, Records.counted(copy, length)) : null;
    }
}
