package offspring.queue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import offspring.core.internal.Timeouts;
import offspring.queue.internal.ArrangedEngine;
import offspring.queue.internal.Engine;
import offspring.queue.internal.FifoEngine;
import org.jspecify.annotations.Nullable;

/**
 * A first-in, first-out queue between threads, bounded or not, that counts its unfinished tasks and can be shut down:
 * Python's {@code queue.Queue}.
 *
 * <pre>{@code
 * var jobs = new Queue<String>(100); // at most 100 inside; put waits while it is full
 * var worker = new Thread(() -> {
 *     for (String job = jobs.get(); job != null; job = jobs.get()) {
 *         work(job);
 *         jobs.taskDone();
 *     }
 * });
 * worker.start();
 * jobs.put("one");
 * jobs.put("two");
 * jobs.join(); // until both are worked on
 * jobs.put(null); // ends the worker: null is an item like any other
 * }</pre>
 *
 * <p><b>What blocks.</b> {@link #put(Object)} and {@link #get()} wait as long as it takes, those with a {@link Duration} at
 * most that long, {@link #join()} until no task is unfinished. Everything else returns at once.
 *
 * <p><b>Order.</b> Items leave in the order in which they went in. Items of one producer keep their order however many
 * producers and consumers there are. Threads that wait do not: who comes by when there is room, or an item, may pass those
 * that have slept longer.
 *
 * <p><b>Shutdown.</b> After {@link #shutdown()} every put throws {@link ShutDownException}; gets go on until the queue is
 * empty, then throw it, too. Threads that are blocked in either are woken and do the same. {@link #shutdown(boolean)
 * shutdown(true)} also throws away what is inside. There is no way back.
 *
 * <p><b>Interruption, timeouts, memory effects</b> are those of {@linkplain offspring.queue the package}.
 *
 * <p><b>Subclasses</b> may give the queue another order by an {@link Arrangement}; {@link LifoQueue} and {@link
 * PriorityQueue} are such.
 *
 * <p><b>Differences from Python.</b> A negative timeout is always refused, not only when the call would have to wait.
 * {@link #setMaxsize} wakes the producers that wait for room; assigning {@code maxsize} in Python does not.
 * {@link #join(Duration)}, {@link #statistics()} and {@link #asBlockingQueue()} are new.
 *
 * @param <T> the type of the items; null is an item like any other
 * @since 0.1.0
 */
public class Queue<T extends @Nullable Object> implements TaskQueue<T> {

    private final Engine<T> engine;

    /** Makes an empty queue without bound. */
    public Queue() {
        this(0);
    }

    /**
     * Makes an empty queue.
     *
     * @param maxsize how many items may be inside; zero or less is no bound
     */
    public Queue(int maxsize) {
        this(new FifoEngine<>(maxsize));
    }

    /**
     * Makes a queue with an order of one's own.
     *
     * @param maxsize how many items may be inside; zero or less is no bound
     * @param arrangement keeps the items; used by this queue only
     */
    protected Queue(int maxsize, Arrangement<T> arrangement) {
        this(new ArrangedEngine<>(new ArrangementStore<>(arrangement), maxsize));
    }

    /** For the orders of this package. */
    Queue(Engine<T> engine) {
        this.engine = engine;
    }

    @Override
    public void put(T item) throws InterruptedException {
        Engine.Outcome outcome = engine.put(item, Engine.FOREVER);
        if (outcome != Engine.Outcome.DONE) {
            throw Answers.ofPut(outcome, "put(item)", this);
        }
    }

    @Override
    public void put(T item, boolean block) throws InterruptedException {
        if (block) {
            put(item);
        } else {
            putNowait(item);
        }
    }

    @Override
    public void put(T item, Duration timeout) throws InterruptedException {
        Engine.Outcome outcome = engine.put(item, Timeouts.nanos(timeout));
        if (outcome != Engine.Outcome.DONE) {
            throw Answers.ofPut(outcome, "put(item, " + timeout + ")", this);
        }
    }

    @Override
    public void putNowait(T item) {
        Engine.Outcome outcome = engine.offer(item);
        if (outcome != Engine.Outcome.DONE) {
            throw Answers.ofPut(outcome, "putNowait(item)", this);
        }
    }

    @Override
    public T get() throws InterruptedException {
        return Answers.itemOf(engine.get(Engine.FOREVER), "get()", this);
    }

    @Override
    public T get(boolean block) throws InterruptedException {
        return block ? get() : getNowait();
    }

    @Override
    public T get(Duration timeout) throws InterruptedException {
        Object taken = engine.get(Timeouts.nanos(timeout));
        return Answers.itemOf(taken, taken instanceof Engine.Nothing ? "get(" + timeout + ")" : "", this);
    }

    @Override
    public T getNowait() {
        return Answers.itemOf(engine.poll(), "getNowait()", this);
    }

    @Override
    public int qsize() {
        return engine.size();
    }

    @Override
    public boolean empty() {
        return engine.size() == 0;
    }

    @Override
    public boolean full() {
        int bound = engine.maxsize();
        return bound > 0 && engine.size() >= bound;
    }

    /**
     * How many items may be inside.
     *
     * @return the bound; zero or less is none
     */
    public int maxsize() {
        return engine.maxsize();
    }

    /**
     * Changes how many items may be inside, at once: threads that wait for room look again. Items that are inside stay,
     * even if there are more than the new bound allows.
     *
     * @param maxsize the new bound; zero or less is none
     */
    public void setMaxsize(int maxsize) {
        engine.setMaxsize(maxsize);
    }

    @Override
    public void taskDone() {
        if (!engine.taskDone()) {
            throw new IllegalStateException(
                    "taskDone() called too many times on " + this + ": call it once for each item that get() returned");
        }
    }

    @Override
    public void join() throws InterruptedException {
        engine.join(Engine.FOREVER);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return engine.join(Timeouts.nanos(timeout));
    }

    @Override
    public long unfinishedTasks() {
        return engine.unfinished();
    }

    /**
     * Takes no more items from now on; what is inside can still be taken out. Same as {@link #shutdown(boolean)
     * shutdown(false)}.
     */
    public void shutdown() {
        shutdown(false);
    }

    /**
     * Takes no more items from now on. Wakes every thread that is blocked in put or get. May be called again, with {@code
     * true} after {@code false} to throw away what is left.
     *
     * @param immediate whether to throw away the items inside, too. They count as {@linkplain #taskDone() done}; items that
     *     were taken before and are not done keep {@link #join()} waiting
     */
    public void shutdown(boolean immediate) {
        engine.shutdown(immediate);
    }

    /**
     * Whether the queue was shut down.
     *
     * @return Python's {@code is_shutdown}
     */
    public boolean isShutdown() {
        return engine.isShutdown();
    }

    /**
     * This queue as a {@link BlockingQueue}, for Java code that wants one. It is a live view: what is put into either can
     * be taken out of both.
     *
     * <ul>
     *   <li>After {@link #shutdown()}, {@code put}, {@code add} and, when the queue is empty, {@code take} throw {@link
     *       ShutDownException}; {@code offer} returns false, {@code poll} null, both at once.
     *   <li>A {@code BlockingQueue} cannot hold null: putting null through the view is a {@link NullPointerException}. A null
     *       that was put into this queue comes out of the view as what it is: {@code take} returns null, and {@code poll}
     *       takes it out and returns null, which looks like an empty queue. Where null is the sentinel that ends a consumer,
     *       both end its loop.
     *   <li>What is taken through the view is a task until {@link #taskDone()} is called here, as with {@code get}.
     *   <li>{@code iterator} and the streams go over a copy made when they begin. {@code remove(Object)} and its kin work on
     *       every queue but those with an {@link Arrangement} of their own.
     * </ul>
     *
     * @return a view of this queue
     */
    public BlockingQueue<T> asBlockingQueue() {
        return new BlockingView<>(this, engine);
    }

    /**
     * What this queue has counted: its items at one moment, its tasks and joiners a moment later.
     *
     * @return a snapshot
     */
    public Statistics statistics() {
        Engine.Counts counts = engine.counts();
        return new Statistics(
                engine.maxsize(),
                counts.size(),
                counts.puts(),
                counts.gets(),
                counts.discarded(),
                engine.unfinished(),
                counts.waitingPutters(),
                counts.waitingGetters(),
                engine.joiners(),
                engine.isShutdown());
    }

    /** Python's {@code repr}, with the facts. */
    @Override
    public String toString() {
        return "<" + getClass().getName() + " at 0x" + Integer.toHexString(System.identityHashCode(this)) + ": qsize="
                + qsize() + ", maxsize=" + maxsize() + ", unfinished=" + unfinishedTasks()
                + (isShutdown() ? ", shut down>" : ">");
    }

    /**
     * What a queue has counted.
     *
     * @param maxsize how many items may be inside; zero or less is no bound
     * @param qsize how many are inside
     * @param puts how many were ever put in
     * @param gets how many were ever taken out
     * @param discarded how many an immediate shutdown threw away
     * @param unfinishedTasks how many were put in that are not done
     * @param waitingPutters how many threads sleep until there is room
     * @param waitingGetters how many threads sleep until there is an item
     * @param waitingJoiners how many threads wait in join
     * @param shutdown whether the queue was shut down
     * @since 0.1.0
     */
    public record Statistics(
            int maxsize,
            int qsize,
            long puts,
            long gets,
            long discarded,
            long unfinishedTasks,
            int waitingPutters,
            int waitingGetters,
            int waitingJoiners,
            boolean shutdown) {}
}
