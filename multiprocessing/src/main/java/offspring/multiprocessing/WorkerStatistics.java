package offspring.multiprocessing;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a worker of a pool has done so far.
 *
 * <pre>{@code
 * for (WorkerStatistics worker : pool.workerStatistics()) {
 *     System.out.println(worker.name() + " worked " + worker.times().busy());
 * }
 * }</pre>
 *
 * @param name its name
 * @param pid the number that the system gave to it
 * @param age how long ago it was started
 * @param idle whether it waits for a call
 * @param tasksServed how many calls it has answered
 * @param times where its time went
 * @param memory what it told of its memory; nothing if it is not ready yet, or does not answer, because it is stopped or too busy
 * @since 0.1.0
 */
public record WorkerStatistics(
        String name, long pid, Duration age, boolean idle, long tasksServed, Times times, Optional<Memory> memory) {

    /**
     * Where the time of workers went. The time of a call counts when the call has ended.
     *
     * @param startUp from the start of the JVM to the end of the initializer
     * @param waited for calls
     * @param busy in calls, from decoding the first byte of an argument to encoding the last one of the result
     * @param transfer in between: reading calls and sending results
     * @since 0.1.0
     */
    public record Times(Duration startUp, Duration waited, Duration busy, Duration transfer) {}

    /**
     * What a worker tells of its memory.
     *
     * @param gcTime how much time went into collections of garbage, where the JVM has the module {@code java.management}
     * @param allocatedBytes how much the thread that does the calls has allocated, where the JVM has the module
     *     {@code jdk.management}
     * @param heapBytes how much heap is in use, garbage included
     * @since 0.1.0
     */
    public record Memory(Optional<Duration> gcTime, OptionalLong allocatedBytes, long heapBytes) {}
}
