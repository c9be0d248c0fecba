package offspring.multiprocessing.internal.pool.facts;

import java.time.Duration;
import java.util.List;
import offspring.multiprocessing.internal.pool.worker.WorkerWords;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pool.
 *
 * @param pending how many items wait for a worker
 * @param running how many items workers have
 * @param done how many were answered
 * @param lost how many were lost with their workers
 * @param started how many workers were started
 * @param times where the time of all workers went, those included that have ended
 * @param slowest the items that took longest, the slowest first
 * @param workers those that live
 */
public record Facts(
        long pending,
        long running,
        long done,
        long lost,
        long started,
        Times times,
        List<Slowest.Item> slowest,
        List<OfWorker> workers) {

    /**
     * Where the time of workers went, in nanoseconds.
     *
     * @param startUp from the start of the JVM until the initializer had run
     * @param waited for calls
     * @param worked in calls, from decoding to encoding
     * @param carried reading calls and sending answers
     */
    public record Times(long startUp, long waited, long worked, long carried) {

        /** No time at all. */
        public static final Times NONE = new Times(0, 0, 0, 0);

        /** Both together. */
        public Times plus(Times more) {
            return new Times(
                    startUp + more.startUp, waited + more.waited, worked + more.worked, carried + more.carried);
        }
    }

    /**
     * What is known of a worker.
     *
     * @param name its name
     * @param pid the number that the system gave to it
     * @param age since its start
     * @param idle whether it has nothing to do
     * @param served how many items it has answered
     * @param times where its time went
     * @param gauges what it told of its memory; null if it did not
     */
    public record OfWorker(
            String name,
            long pid,
            Duration age,
            boolean idle,
            long served,
            Times times,
            WorkerWords.@Nullable Gauges gauges) {}
}
