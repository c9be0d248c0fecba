package offspring.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A queue that knows which of its items are still being worked on: each put is a task, each {@link #taskDone()} ends one,
 * and {@link #join()} waits until none is left. Implemented by {@link Queue} and its kin and by the joinable queue of
 * processes; in Python {@code queue.Queue} and {@code multiprocessing.JoinableQueue}.
 *
 * <pre>{@code
 * void worker(TaskQueue<Job> jobs) throws InterruptedException {
 *     while (true) {
 *         Job job = jobs.get();
 *         try {
 *             job.work();
 *         } finally {
 *             jobs.taskDone(); // also when it failed, or join() waits for ever
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>What blocks.</b> Beside what blocks in {@link MessageQueue}, only the two {@code join}s. {@link #taskDone()} does
 * not.
 *
 * <p><b>Memory effects.</b> What a thread did before {@code taskDone()} <i>happens-before</i> what another does after the
 * {@code join} that this call made possible.
 *
 * @param <T> the type of the items; null is an item like any other
 * @since 0.1.0
 */
public interface TaskQueue<T extends @Nullable Object> extends MessageQueue<T> {

    /**
     * Says that the work on one item that was taken is finished.
     *
     * @throws IllegalStateException if it was called as often already as items were put in
     */
    void taskDone();

    /**
     * Waits as long as it takes until every item that was put in is taken and {@linkplain #taskDone() done}. Returns at
     * once if there is none.
     *
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    void join() throws InterruptedException;

    /**
     * Waits at most the given time until every item that was put in is taken and {@linkplain #taskDone() done}. Python's
     * {@code join} has no timeout.
     *
     * @param timeout how long to wait; zero looks once
     * @return {@code true} if all were done, {@code false} if the time was over first
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    boolean join(Duration timeout) throws InterruptedException;

    /**
     * How many items were put in that are not {@linkplain #taskDone() done} yet, taken or not. A snapshot.
     *
     * @return Python's {@code unfinished_tasks}
     */
    long unfinishedTasks();
}
