package offspring.multiprocessing;

import java.io.IOException;
import offspring.multiprocessing.internal.queues.SharedQueue;
import offspring.multiprocessing.internal.ring.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * A first-in, first-out queue between threads of any number of processes that has no thread behind it: Python's {@code
 * multiprocessing.SimpleQueue}.
 *
 * <pre>{@code
 * var lines = new SimpleQueue<String>();
 * var child = new Process(() -> lines.put("hello"));
 * child.start();
 * String line = lines.get(); // "hello"
 * }</pre>
 *
 * <p><b>What blocks.</b> A put writes to shared memory, and waits while the 256 KiB there are full: when it has returned, the item can be
 * got. An item that is longer goes through it in pieces, while it is read; such an item never goes in without waiting. {@link #get() get}
 * waits for an item.
 *
 * <p><b>Order, interruption, timeouts, deaths, memory effects, what can be sent</b> are those of {@link Queue}. A put that is interrupted, or whose time
 * is over, in the middle of a long item has put nothing.
 *
 * <p><b>Differences from Python.</b> The whole {@link offspring.queue.MessageQueue}, where Python has only {@code put}, {@code get} and {@code
 * empty}.
 *
 * @param <T> the type of the items; null is an item like any other
 * @since 0.1.0
 */
public class SimpleQueue<T extends @Nullable Object> extends QueueBase<T> {

    private static final long serialVersionUID = 1L;

    /**
     * An empty queue.
     *
     * @throws IOException if there is no room for it in shared memory
     */
    public SimpleQueue() throws IOException {
        this(SharedQueue.create(0));
    }

    SimpleQueue(SharedQueue queue) {
        super(queue);
    }

    @Override
    Kind kind() {
        return Kind.SIMPLE;
    }

    @Override
    boolean put(Payloads.Outgoing item, long deadlineNanos) throws IOException, InterruptedException {
        return queue().putDirect(item.encoded(), closing(), deadlineNanos);
    }

    @Override
    boolean tryPut(Payloads.Outgoing item) throws IOException {
        return queue().tryPutDirect(item.encoded(), closing());
    }

    /**
     * Whether a bound on the number of items is reached.
     *
     * @return always {@code false}: there is none. A put may still have to wait for room in shared memory
     */
    @Override
    public boolean full() {
        queue();
        return false;
    }

    /**
     * What can be seen of the queue at this moment.
     *
     * @param size how many items are inside
     * @param put how many items this process has put
     * @param got how many items this process has taken
     * @since 0.1.0
     */
    public record Statistics(long size, long put, long got) {}

    /**
     * A snapshot, for monitoring.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        SharedQueue queue = queue();
        return new Statistics(
                queue.size(), queue.sent().messages(), queue.received().messages());
    }

    @Override
    public String toString() {
        return isClosed() ? "<SimpleQueue(closed)>" : "<SimpleQueue(qsize=" + qsize() + ")>";
    }
}
