package offspring.multiprocessing;

import java.io.IOException;
import java.lang.ref.Reference;
import java.time.Duration;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.queues.SharedQueue;
import offspring.queue.TaskQueue;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Queue} that knows which of its items are still being worked on, in whatever process: Python's {@code
 * multiprocessing.JoinableQueue}.
 *
 * <pre>{@code
 * var jobs = new JoinableQueue<String>();
 * var worker = Process.builder()
 *         .daemon(true) // ends with this program
 *         .target(() -> {
 *             while (true) {
 *                 print(jobs.get());
 *                 jobs.taskDone();
 *             }
 *         })
 *         .build();
 * worker.start();
 * jobs.put("one");
 * jobs.put("two");
 * jobs.join(); // both are printed
 * }</pre>
 *
 * <p><b>What blocks.</b> Beside what blocks in {@link Queue}, the two {@code join}s.
 *
 * <p><b>Death of a process.</b> Items that a killed process had put but not yet brought to shared memory are lost, and no join waits for
 * them. An item that a killed process had taken and not said to be done stays unfinished, since nobody has done it: {@code join()} goes on
 * waiting, as in Python. Who sees the death of a worker can call {@link #taskDone()} in its place, or put the item again and then call it.
 *
 * <p><b>Memory effects.</b> Beside those of {@link Queue}: actions before {@code taskDone()} in any process, on shared memory of this library,
 * <i>happen-before</i> actions after the {@code join} that it made possible.
 *
 * <p><b>Differences from Python.</b> {@code join} can have a timeout.
 *
 * @param <T> the type of the items; null is an item like any other
 * @since 0.1.0
 */
public class JoinableQueue<T extends @Nullable Object> extends Queue<T> implements TaskQueue<T> {

    private static final long serialVersionUID = 1L;

    /**
     * A queue without bound.
     *
     * @throws IOException if there is no room for it in shared memory
     */
    public JoinableQueue() throws IOException {
        super();
    }

    /**
     * A queue with a bound.
     *
     * @param maxsize how many items may be inside; zero or less for any number
     * @throws IOException if there is no room for it in shared memory
     */
    public JoinableQueue(int maxsize) throws IOException {
        super(maxsize);
    }

    JoinableQueue(SharedQueue queue) {
        super(queue);
    }

    @Override
    Kind kind() {
        return Kind.JOINABLE;
    }

    @Override
    public void taskDone() {
        if (!queue().taskDone()) {
            throw new IllegalStateException(
                    "taskDone() was called too many times: all items that were put into " + this + " are done already");
        }
    }

    @Override
    public void join() throws InterruptedException {
        join(Deadlines.NEVER);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return join(Deadlines.after(timeout));
    }

    private boolean join(long deadlineNanos) throws InterruptedException {
        SharedQueue queue = queue();
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            boolean idle = queue.awaitIdle(closing(), deadlineNanos);
            queue(); // throws if it was closed meanwhile
            return idle;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public long unfinishedTasks() {
        return Math.max(0, queue().unfinished());
    }

    @Override
    public String toString() {
        return isClosed()
                ? "<JoinableQueue(closed)>"
                : "<JoinableQueue(maxsize=" + queue().bound() + ", qsize=" + qsize() + ", unfinished="
                        + unfinishedTasks() + ")>";
    }
}
