package offspring.multiprocessing;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import offspring.multiprocessing.internal.segment.Cell;

/**
 * One number or truth value that processes share: Python's {@code multiprocessing.Value}. The kinds are {@link IntValue}, {@link
 * LongValue}, {@link DoubleValue} and {@link BooleanValue}; this class makes them.
 *
 * <pre>{@code
 * var counter = Value.ofLong(0);
 * var child = new Process(() -> counter.getAndAdd(1));
 * child.start();
 * child.join();
 * System.out.println(counter.get()); // 1
 * }</pre>
 *
 * <p><b>Alone and contended.</b> Each method is one atomic step, whichever threads of whichever processes call at the same time; none
 * blocks. {@code counter.set(counter.get() + 1)} is two steps, between which others may come: use {@code getAndAdd} or {@code
 * updateAndGet}, or do it under a lock.
 *
 * <p><b>The lock.</b> Each value has one, for work of several steps. It keeps out those who take it, too; it does not keep out the
 * value's own methods.
 *
 * <pre>{@code
 * try (var held = balance.lock().hold()) {
 *     if (balance.get() >= price) {
 *         balance.set(balance.get() - price);
 *     }
 * }
 * }</pre>
 *
 * <p><b>Death of a process</b> changes nothing: a step is done or not done. For the lock see {@link RLock}.
 *
 * <p><b>Memory effects.</b> Those of a {@code volatile} field: actions before a write <i>happen-before</i> actions after a read that sees it,
 * in any process, as far as shared memory of this library is concerned.
 *
 * <p><b>What can be sent.</b> The value itself, with its lock; it is the same one in the other process. A value that no process holds any
 * more (closed, or unreachable and collected, or its holders dead) gives its memory back.
 *
 * <p><b>Differences from Python.</b> There, {@code value.value} takes the lock to read and to write, and adding is two steps; here, reading and
 * writing need no lock, and never wait for it. There is one class per kind in place of type codes, and no form without a lock, since it
 * costs nothing.
 *
 * @since 0.1.0
 */
public abstract sealed class Value extends Shared permits IntValue, LongValue, DoubleValue, BooleanValue {

    private static final long serialVersionUID = 1L;

    /*
     *   cell  0  the value: a long; the bits of a double; an int, in the first four bytes; 0 or 1 as an int
     *         8  the lock
     */
    private static final int LOCK = 8;

    static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final transient ByteBuffer memory;
    private final transient RLock lock;

    Value(Cell cell) throws IOException {
        super(cell);
        this.memory = cell.segment().slice(cell.offset(), LOCK);
        this.lock = new RLock(cell, LOCK);
    }

    /**
     * A shared {@code int}.
     *
     * @param initial what it is at first
     * @return the value
     * @throws IOException if there is no room for it in shared memory
     */
    public static IntValue ofInt(int initial) throws IOException {
        IntValue value = new IntValue(allocate());
        value.set(initial);
        return value;
    }

    /**
     * A shared {@code long}.
     *
     * @param initial what it is at first
     * @return the value
     * @throws IOException if there is no room for it in shared memory
     */
    public static LongValue ofLong(long initial) throws IOException {
        LongValue value = new LongValue(allocate());
        value.set(initial);
        return value;
    }

    /**
     * A shared {@code double}.
     *
     * @param initial what it is at first
     * @return the value
     * @throws IOException if there is no room for it in shared memory
     */
    public static DoubleValue ofDouble(double initial) throws IOException {
        DoubleValue value = new DoubleValue(allocate());
        value.set(initial);
        return value;
    }

    /**
     * A shared {@code boolean}.
     *
     * @param initial what it is at first
     * @return the value
     * @throws IOException if there is no room for it in shared memory
     */
    public static BooleanValue ofBoolean(boolean initial) throws IOException {
        BooleanValue value = new BooleanValue(allocate());
        value.set(initial);
        return value;
    }

    /** The memory of the value, which is still this object's. */
    final ByteBuffer memory() {
        checkOpen();
        return memory;
    }

    /**
     * The lock that travels with the value: Python's {@code get_lock()}. It is a part of the value: closing it closes this object.
     *
     * @return the lock; the same object each time
     */
    public final RLock lock() {
        return lock;
    }

    /** The value as text. */
    abstract String text();

    @Override
    public final String toString() {
        return "<" + getClass().getSimpleName() + "(" + (isClosed() ? "closed" : text()) + ")>";
    }
}
