package offspring.multiprocessing;

import java.time.Duration;

/**
 * What a worker of a pool has done so far.
 *
 * @param name its name
 * @param pid the number that the system gave to it
 * @param age how long ago it was started
 * @param idle whether it waits for a call
 * @param tasksServed how many calls it has answered
 * @param busy how long it took for them, from decoding the first byte to encoding the last
 * @since 0.1.0
 */
public record WorkerStatistics(String name, long pid, Duration age, boolean idle, long tasksServed, Duration busy) {}
