package offspring.multiprocessing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import offspring.multiprocessing.internal.pool.facts.Facts;
import offspring.multiprocessing.internal.pool.worker.WorkerWords;

/**
 * What a pool of processes has done so far. An item of a {@code map} is a call.
 *
 * <pre>{@code
 * PoolStatistics soFar = pool.poolStatistics();
 * System.out.println(soFar.done() + " done, " + soFar.waiting() + " waiting"); // 3 done, 0 waiting
 * }</pre>
 *
 * @param waiting how many calls wait for a worker
 * @param running how many calls workers have; some of them wait there for the one before
 * @param done how many calls were answered, well or not
 * @param lost how many calls were lost with their worker
 * @param workersStarted how many workers were started, those included that were replaced
 * @param times where the time of all workers went, those included that have ended
 * @param slowest up to ten calls that took longest, the slowest first; only such as took more than a millisecond
 * @param workers one entry for each worker that lives
 * @since 0.1.0
 */
public record PoolStatistics(
        long waiting,
        long running,
        long done,
        long lost,
        long workersStarted,
        WorkerStatistics.Times times,
        List<SlowCall> slowest,
        List<WorkerStatistics> workers) {

    /**
     * A call that took long.
     *
     * @param call the function's name, as far as it has one, and its argument in words, shortened
     * @param worker the name of the worker that made it
     * @param time how long it took, from decoding to encoding; of calls that are sent together, those of some hundred microseconds before it
     *     may be part of it
     * @since 0.1.0
     */
    public record SlowCall(String call, String worker, Duration time) {}

    static PoolStatistics of(Facts facts) {
        return new PoolStatistics(
                facts.pending(),
                facts.running(),
                facts.done(),
                facts.lost(),
                facts.started(),
                times(facts.times()),
                facts.slowest().stream()
                        .map(item -> new SlowCall(item.what(), item.worker(), Duration.ofNanos(item.nanos())))
                        .toList(),
                facts.workers().stream().map(PoolStatistics::worker).toList());
    }

    private static WorkerStatistics worker(Facts.OfWorker worker) {
        return new WorkerStatistics(
                worker.name(),
                worker.pid(),
                worker.age(),
                worker.idle(),
                worker.served(),
                times(worker.times()),
                Optional.ofNullable(worker.gauges()).map(PoolStatistics::memory));
    }

    private static WorkerStatistics.Times times(Facts.Times times) {
        return new WorkerStatistics.Times(
                Duration.ofNanos(times.startUp()),
                Duration.ofNanos(times.waited()),
                Duration.ofNanos(times.worked()),
                Duration.ofNanos(times.carried()));
    }

    private static WorkerStatistics.Memory memory(WorkerWords.Gauges gauges) {
        return new WorkerStatistics.Memory(
                gauges.gcMillis() < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(gauges.gcMillis())),
                gauges.allocated() < 0 ? OptionalLong.empty() : OptionalLong.of(gauges.allocated()),
                gauges.heap());
    }
}
