package offspring.queue;

import java.time.Duration;
import offspring.core.internal.Timeouts;
import offspring.queue.internal.Engine;
import offspring.queue.internal.FifoEngine;
import org.jspecify.annotations.Nullable;

/**
 * A first-in, first-out queue between threads that has no bound, no tasks and no shutdown: Python's {@code
 * queue.SimpleQueue}.
 *
 * <pre>{@code
 * var results = new SimpleQueue<Integer>();
 * new Thread(() -> results.put(42)).start();
 * int answer = results.get(); // 42
 * }</pre>
 *
 * <p><b>What blocks.</b> {@link #get()} waits as long as it takes, {@link #get(Duration)} at most that long. No put ever
 * waits: that is why none of them throws {@link InterruptedException}, and a thread that is interrupted can still report
 * its result.
 *
 * <p><b>Order, interruption, timeouts, memory effects</b> are those of {@link Queue}.
 *
 * <p><b>Differences from Python.</b> A negative timeout is refused by {@code put}, too, where Python ignores it.
 *
 * @param <T> the type of the items; null is an item like any other
 * @since 0.1.0
 */
public class SimpleQueue<T extends @Nullable Object> implements MessageQueue<T> {

    private final Engine<T> engine = new FifoEngine<>(0);

    /** Makes an empty queue. */
    public SimpleQueue() {}

    /**
     * Puts an item in, at once.
     *
     * @param item the item, may be null
     */
    @Override
    public void put(T item) {
        putNowait(item);
    }

    /**
     * Puts an item in, at once.
     *
     * @param item the item, may be null
     * @param block of no consequence, as nothing ever has to wait
     */
    @Override
    public void put(T item, boolean block) {
        putNowait(item);
    }

    /**
     * Puts an item in, at once.
     *
     * @param item the item, may be null
     * @param timeout of no consequence, as nothing ever has to wait
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    @Override
    public void put(T item, Duration timeout) {
        Timeouts.nanos(timeout);
        putNowait(item);
    }

    /**
     * Puts an item in, at once.
     *
     * @param item the item, may be null
     */
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

    /**
     * Whether a put would have to wait.
     *
     * @return always {@code false}
     */
    @Override
    public boolean full() {
        return false;
    }

    /**
     * What this queue has counted, all at one moment.
     *
     * @return a snapshot
     */
    public Statistics statistics() {
        Engine.Counts counts = engine.counts();
        return new Statistics(counts.size(), counts.puts(), counts.gets(), counts.waitingGetters());
    }

    /** Python's {@code repr}, with the facts. */
    @Override
    public String toString() {
        return "<" + getClass().getName() + " at 0x" + Integer.toHexString(System.identityHashCode(this)) + ": qsize="
                + qsize() + ">";
    }

    /**
     * What a simple queue has counted.
     *
     * @param qsize how many items are inside
     * @param puts how many were ever put in
     * @param gets how many were ever taken out
     * @param waitingGetters how many threads sleep until there is an item
     * @since 0.1.0
     */
    public record Statistics(int qsize, long puts, long gets, int waitingGetters) {}
}
