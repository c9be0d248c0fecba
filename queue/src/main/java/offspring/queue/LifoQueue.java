package offspring.queue;

import offspring.queue.internal.ArrangedEngine;
import offspring.queue.internal.StackStore;
import org.jspecify.annotations.Nullable;

/**
 * A last-in, first-out queue, a stack, between threads: Python's {@code queue.LifoQueue}. In everything but the order it
 * is a {@link Queue}.
 *
 * <pre>{@code
 * var stack = new LifoQueue<Integer>();
 * stack.put(1);
 * stack.put(2);
 * int last = stack.get(); // 2
 * }</pre>
 *
 * @param <T> the type of the items; null is an item like any other
 * @since 0.1.0
 */
public class LifoQueue<T extends @Nullable Object> extends Queue<T> {

    /** Makes an empty queue without bound. */
    public LifoQueue() {
        this(0);
    }

    /**
     * Makes an empty queue.
     *
     * @param maxsize how many items may be inside; zero or less is no bound
     */
    public LifoQueue(int maxsize) {
        super(new ArrangedEngine<>(new StackStore<>(), maxsize));
    }
}
