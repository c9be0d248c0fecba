package offspring.multiprocessing.internal.sync;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.segment.Cell;
import offspring.multiprocessing.internal.segment.Segment;

/**
 * The words of shared memory under {@code Semaphore} and {@code BoundedSemaphore} of processes.
 *
 * <pre>
 *   +0   value   permits that can be had
 *   +8   marks   {@link WaitPoint} of those who want one
 *   +16  bound   the most that there may be; set once, before anybody else can see the cell
 * </pre>
 *
 * <p>Changed by compare-and-set only. A permit belongs to nobody, so the death of a process that has taken one cannot be seen: the
 * permit is gone. A kill between giving and the wake-up is mended by the death, which wakes everybody.
 */
public final class SharedCounter {

    private static final int VALUE = 0;
    private static final int MARKS = 8;
    private static final int BOUND = 16;

    /** Keeps the memory ours as long as a thread is in here. */
    private final Cell cell;

    private final Segment segment;
    private final int base;
    private final WaitPoint waiters;
    private final BooleanSupplier take = new Take();

    /** The counter in a cell; all zero is one without permits and with a bound of 0. */
    public SharedCounter(Cell cell) throws IOException {
        this.cell = cell;
        this.segment = cell.segment();
        this.base = cell.offset();
        this.waiters = WaitPoint.ofRivals(segment, base + MARKS);
    }

    /** Sets it up; called once, by who has allocated the cell. */
    public void initialize(long value, long bound) {
        segment.putVolatile(base + BOUND, bound);
        segment.putVolatile(base + VALUE, value);
    }

    /** Takes a permit if there is one. */
    public boolean tryTake() {
        while (true) {
            long value = segment.getVolatile(base + VALUE);
            if (value <= 0) {
                return false;
            }
            if (segment.compareAndSet(base + VALUE, value, value - 1)) {
                return true;
            }
        }
    }

    /** What a waiting thread tries. */
    private final class Take implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            cell.check();
            return tryTake();
        }
    }

    /** Takes a permit, waiting until the deadline. */
    public boolean take(long deadlineNanos) throws InterruptedException {
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException();
        }
        return waiters.await(take, deadlineNanos);
    }

    /** Gives {@code n} permits; false, and none given, if there would be more than the bound. */
    public boolean give(int n) {
        while (true) {
            long value = segment.getVolatile(base + VALUE);
            if (value > segment.getVolatile(base + BOUND) - n) {
                return false;
            }
            if (segment.compareAndSet(base + VALUE, value, value + n)) {
                waiters.signalAll();
                return true;
            }
        }
    }

    /** How many permits there are. */
    public long value() {
        return segment.getVolatile(base + VALUE);
    }

    /** The most that there may be. */
    public long bound() {
        return segment.getVolatile(base + BOUND);
    }
}
