package offspring.queue;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Queue} under the name that it has between processes: Python's {@code multiprocessing.JoinableQueue}, inside one
 * JVM. It behaves as {@link Queue} in everything; it is here so that code moves from threads to processes by changing its
 * import from {@code offspring.queue} to {@code offspring.multiprocessing}.
 *
 * <pre>{@code
 * var jobs = new JoinableQueue<String>(2);
 * var worker = new Thread(() -> {
 *     print(jobs.get());
 *     jobs.taskDone();
 * });
 * worker.start();
 * jobs.put("hello");
 * jobs.join(); // until it is printed
 * }</pre>
 *
 * @param <T> the type of the items; null is an item like any other
 * @since 0.1.0
 */
public class JoinableQueue<T extends @Nullable Object> extends Queue<T> {

    /** Makes an empty queue without bound. */
    public JoinableQueue() {
        super();
    }

    /**
     * Makes an empty queue.
     *
     * @param maxsize how many items may be inside; zero or less is no bound
     */
    public JoinableQueue(int maxsize) {
        super(maxsize);
    }
}
