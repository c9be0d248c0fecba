package offspring.multiprocessing;

import java.io.IOException;
import offspring.multiprocessing.internal.queues.SharedQueue;
import offspring.multiprocessing.internal.ring.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * A first-in, first-out queue between threads of any number of processes: Python's {@code multiprocessing.Queue}.
 *
 * <pre>{@code
 * var results = new Queue<Integer>();
 * var child = new Process(() -> results.put(6 * 7));
 * child.start();
 * int answer = results.get(); // 42
 * child.join();
 * }</pre>
 *
 * <p><b>What blocks.</b> {@link #put put} waits only for the bound, if there is one, never for a reader: it encodes the item in the
 * calling thread and writes it to shared memory; when the 256 KiB there are full, the item is buffered in this process, and a daemon
 * thread, the feeder, writes it as soon as there is room. {@link #get() get} waits for an item. {@link #joinThread()} waits for the
 * feeder. A get that does not wait, or whose time is over, still waits for the rest of a long item that has begun to arrive.
 *
 * <p><b>Order.</b> What one process puts comes out in the order in which it was put. Items of different processes come out in the order in
 * which they reached shared memory. Which of several waiting readers gets an item is not specified.
 *
 * <p><b>Counts.</b> {@link #qsize()} counts the items in shared memory and those buffered in all living processes. It is exact while nobody
 * is putting; an item that is just going from a buffer to shared memory may count twice. An item that is buffered counts, and makes
 * {@link #empty()} false, but cannot be got before it has reached shared memory. The bound is kept exactly.
 *
 * <p><b>The end.</b> {@link #close()} says that nothing more is put or got through this object. What is buffered is still written, unless this
 * was the last object of the process for the queue and no other process holds it, or will: then nobody can get it, and it is dropped. A process that
 * ends normally waits until all it has put has reached shared memory, unless {@link #cancelJoinThread()} was called, or no other process
 * holds the queue. So a process that is joined before its items are got may wait for its reader, and its reader for it, as in Python:
 * get first, then join.
 *
 * <p><b>Interruption and timeout.</b> As {@linkplain offspring.multiprocessing the package} says: an interrupted put has put nothing, an
 * interrupted get has taken nothing.
 *
 * <p><b>Death of a process.</b> A process that is killed, at whatever instruction, never stops or tears the queue. What it had buffered
 * is lost, and the item that it was reading; the bound counts neither any more.
 *
 * <p><b>Memory effects.</b> Actions before a {@code put} in any process, on shared memory of this library, <i>happen-before</i> actions after the
 * {@code get} that takes the item.
 *
 * <p><b>What can be sent.</b> Items are serialized as messages of a {@link offspring.multiprocessing.connection.Connection} are; null is an
 * item like any other. The queue itself can be sent to other processes, captured by the target of a {@link Process}, through a
 * connection, or in a queue; it is the same queue there.
 *
 * <p><b>Differences from Python.</b> An item that cannot be serialized fails in {@code put}, with an {@link java.io.UncheckedIOException},
 * and is not lost silently. A consumer that is killed while it waits blocks nobody. A negative timeout is refused. {@code qsize()} works
 * everywhere. There is no {@code shutdown}, as in Python.
 *
 * @param <T> the type of the items; null is an item like any other
 * @since 0.1.0
 */
public class Queue<T extends @Nullable Object> extends QueueBase<T> {

    private static final long serialVersionUID = 1L;

    /**
     * A queue without bound.
     *
     * @throws IOException if there is no room for it in shared memory
     */
    public Queue() throws IOException {
        this(0);
    }

    /**
     * A queue with a bound.
     *
     * @param maxsize how many items may be inside; zero or less for any number
     * @throws IOException if there is no room for it in shared memory
     */
    public Queue(int maxsize) throws IOException {
        this(SharedQueue.create(Math.max(0, maxsize)));
    }

    Queue(SharedQueue queue) {
        super(queue);
    }

    @Override
    Kind kind() {
        return Kind.QUEUE;
    }

    @Override
    boolean put(Payloads.Outgoing item, long deadlineNanos) throws IOException, InterruptedException {
        return queue().put(item.encoded(), closing(), deadlineNanos);
    }

    @Override
    boolean tryPut(Payloads.Outgoing item) throws IOException {
        return queue().tryPut(item.encoded());
    }

    /**
     * Waits until everything that this process has put is in shared memory. Returns at once if it is.
     *
     * @throws IllegalStateException if this object is not closed: more could be put
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    public void joinThread() throws InterruptedException {
        if (!isClosed()) {
            throw new IllegalStateException("the queue is not closed: call close(), then joinThread()");
        }
        queueEvenIfClosed().awaitFlushed();
    }

    /**
     * Lets this process end without waiting until what it has put is in shared memory; what is not by then is lost. It concerns all that this
     * process puts into the queue, through whatever object.
     */
    public void cancelJoinThread() {
        queueEvenIfClosed().cancelFlush();
    }

    /**
     * What can be seen of the queue at this moment.
     *
     * @param maxsize the bound; 0 if there is none
     * @param size how many items are inside
     * @param put how many items this process has written to shared memory
     * @param got how many items this process has taken
     * @param buffered how many items this process has put that are not in shared memory yet
     * @since 0.1.0
     */
    public record Statistics(int maxsize, long size, long put, long got, long buffered) {}

    /**
     * A snapshot, for monitoring.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        SharedQueue queue = queue();
        return new Statistics(
                queue.bound(),
                queue.size(),
                queue.sent().messages(),
                queue.received().messages(),
                queue.buffered());
    }

    @Override
    public String toString() {
        return isClosed() ? "<Queue(closed)>" : "<Queue(maxsize=" + queue().bound() + ", qsize=" + qsize() + ")>";
    }
}
