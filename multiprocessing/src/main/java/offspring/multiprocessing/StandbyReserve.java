package offspring.multiprocessing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import offspring.core.internal.Timeouts;
import offspring.multiprocessing.internal.launch.standby.Reserve;
import org.jspecify.annotations.Nullable;

/**
 * The JVMs that stand by for processes with certain options: what Python's {@code forkserver} is, as far as it can be told something.
 *
 * <p>Nobody needs this class to use {@link StartMethod#STANDBY}; the first process with that method makes its reserve. It is for programs
 * that want JVMs to stand by before the first process, more of them, or none any more.
 *
 * <pre>{@code
 * var options = ProcessOptions.builder()
 *         .startMethod(StartMethod.STANDBY)
 *         .maxHeap("256m")
 *         .build();
 * try (var reserve = StandbyReserve.of(options)) {
 *     reserve.fill(2); // in the background
 *     reserve.awaitPrepared(2, Duration.ofSeconds(10));
 *     var child = Process.builder().target(ready::set).options(options).build();
 *     child.start(); // at once
 *     child.join();
 * }
 * }</pre>
 *
 * <p><b>What stands by</b> has run nothing of the program: a JVM with the options' heap, options of the JVM, system properties, environment,
 * working directory and redirects, in which the classes of this library are loaded and its mechanisms were used once. It becomes one
 * process, and ends with it. All reserves together have a budget ({@link ProcessOptions.Builder#standbyCount}).
 *
 * <p><b>When they end.</b> With this program, however it ends; when nothing was started from the reserve for the {@linkplain
 * ProcessOptions.Builder#standbyIdleLimit idle limit}; at {@link #close}. One that is killed is replaced.
 *
 * <p>May be used by any number of threads. Objects for equal options are the same reserve.
 *
 * @since 0.1.0
 */
public final class StandbyReserve implements AutoCloseable {

    private static final long LOOK_NANOS = 500_000;

    private final Reserve reserve;
    private final long idleNanos;

    private StandbyReserve(Reserve reserve, long idleNanos) {
        this.reserve = reserve;
        this.idleNanos = idleNanos;
    }

    /**
     * The reserve for processes with these options; it is left as it is.
     *
     * @param options what is asked of the processes
     * @return their reserve
     * @throws IllegalArgumentException if the output goes to a file that is overwritten, for which no JVM can stand by
     */
    public static StandbyReserve of(ProcessOptions options) {
        var spec = options.toSpec("standby", true);
        if (!spec.canStandBy()) {
            throw new IllegalArgumentException(
                    "options: the output of such processes goes to a file that is overwritten, which a JVM"
                            + " that is started ahead would do too early; use Redirect.appendTo, or lines");
        }
        return new StandbyReserve(
                Standbys.reserve(spec), Timeouts.nanos(options.standbys().idleLimit()));
    }

    /**
     * Has JVMs started until so many stand by, in the background, and keeps so many until the idle limit has passed since the last start of a
     * process, or since this call.
     *
     * @param count at least 1
     * @throws IllegalArgumentException if {@code count} is less than 1
     */
    public void fill(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count=" + count + " is less than 1; close() ends those that stand by");
        }
        reserve.use(count, idleNanos);
    }

    /**
     * Waits until so many have prepared themselves.
     *
     * @param count how many
     * @param timeout for how long; zero only asks
     * @return whether there were so many; there may be fewer when this returns
     * @throws InterruptedException if the thread is interrupted; nothing has changed
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public boolean awaitPrepared(int count, Duration timeout) throws InterruptedException {
        long nanos = Timeouts.nanos(timeout);
        long start = System.nanoTime();
        while (reserve.counts().prepared() < count) {
            if (System.nanoTime() - start >= nanos) {
                return false;
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
            if (java.lang.Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    /**
     * How the reserve is, and what it was good for.
     *
     * @return a snapshot
     */
    public Statistics statistics() {
        Reserve.Counts now = reserve.counts();
        return new Statistics(now.prepared(), now.starting(), now.handedOut(), now.missed());
    }

    /**
     * A snapshot of a reserve.
     *
     * @param prepared how many JVMs stand by
     * @param starting how many prepare themselves for that
     * @param handedOut how many have become processes
     * @param missed how many processes were to be taken from it when it had none
     */
    public record Statistics(int prepared, int starting, long handedOut, long missed) {}

    /**
     * Ends the JVMs that stand by, and waits for that, which takes some milliseconds. The next process with such options, or {@link #fill},
     * has new ones started. Those that an open pool keeps for its workers stay.
     */
    @Override
    public void close() {
        reserve.release();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StandbyReserve that && reserve == that.reserve;
    }

    @Override
    public int hashCode() {
        return reserve.hashCode();
    }

    @Override
    public String toString() {
        return "<StandbyReserve " + statistics() + ">";
    }
}
