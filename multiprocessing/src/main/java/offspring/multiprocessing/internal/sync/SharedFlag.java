package offspring.multiprocessing.internal.sync;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Segment;

/**
 * The words of shared memory under {@code Event} of processes.
 *
 * <pre>
 *   +0   times   how often it was set or cleared: odd is set
 *   +8   marks   {@link WaitPoint} of those who wait for it to be set
 * </pre>
 *
 * <p>One word, so that a waiter can tell "set and cleared since I came" from "never set": both begin with an even number, but the
 * first has grown. Changed by compare-and-set. A kill leaves it set or not set, never in between.
 */
public final class SharedFlag {

    private static final int TIMES = 0;
    private static final int MARKS = 8;

    /** Keeps the memory ours as long as a thread is in here. */
    private final Cell cell;

    private final Segment segment;
    private final int base;
    private final WaitPoint waiters;

    /** The flag in a cell; all zero is not set. */
    public SharedFlag(Cell cell) throws IOException {
        this.cell = cell;
        this.segment = cell.segment();
        this.base = cell.offset();
        this.waiters = WaitPoint.at(segment, base + MARKS);
    }

    /** Whether it is set. */
    public boolean isSet() {
        return (segment.getVolatile(base + TIMES) & 1) == 1;
    }

    /** Sets it and wakes all who wait. */
    public void set() {
        if (change(0)) {
            waiters.signalAll();
        }
    }

    /** Clears it. */
    public void clear() {
        change(1);
    }

    private boolean change(int from) {
        while (true) {
            long times = segment.getVolatile(base + TIMES);
            if ((times & 1) != from) {
                return false;
            }
            if (segment.compareAndSet(base + TIMES, times, times + 1)) {
                return true;
            }
        }
    }

    /** Waits until it is set, even if only for a moment. */
    public boolean await(long deadlineNanos) throws InterruptedException {
        long before = segment.getVolatile(base + TIMES);
        return waiters.await(new Change(before), deadlineNanos);
    }

    /** Whether it is set, or was meanwhile. */
    private final class Change implements BooleanSupplier {

        private final long before;

        Change(long before) {
            this.before = before;
        }

        @Override
        public boolean getAsBoolean() {
            cell.check();
            long now = segment.getVolatile(base + TIMES);
            return (now & 1) == 1 || now != before;
        }
    }
}
