package offspring.multiprocessing.internal.queues;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.parking.WaitPoint;
import offspring.multiprocessing.internal.ring.PipeEnd;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Segment;
import offspring.multiprocessing.internal.segment.Session;

/**
 * The words of shared memory that a queue has beside its ring: how many items it may have, and how many it has.
 *
 * <pre>
 *     0  bound     how many items there may be; 0: any number. Set once, before anybody else can see the queue
 *     8  high      how many tallies were ever used
 *    64  epoch     how many items were ever admitted, if there is a bound
 *   128  space     {@link WaitPoint} of those who want to put
 *   192  done      how many tasks were ever done
 *   200  idle      {@link WaitPoint} of those who wait until all are
 *   256  tallies   one for each process that holds the queue, 16 bytes:
 *                    +0  owner    identity of the process
 *                    +8  waiting  how many items it has admitted that are not in the ring yet
 * </pre>
 *
 * <p><b>Items are not counted, they are found.</b> Those inside are the messages in the ring, whose number follows from the positions
 * of the ring, plus the tallies of living processes. So there is no permit that a killed process could keep: a reader gives room
 * by the very store that takes the message; a writer's items that had not reached the ring count no more when it is dead, and are
 * lost with it. In the same way a task is unfinished if it is in a tally, or was ever written to the ring, and is not done.
 *
 * <p><b>The order of looking.</b> An item goes from a tally to the ring by "publish, then one off the tally": for a moment it counts
 * twice, never not at all. A reader of the counts keeps to the same order: tallies first, then what was taken, then what was written.
 * So it may find too many for a moment, never too few; and whoever waits for fewer is woken after the tally has changed.
 *
 * <p><b>Admission</b> of an item to a queue with a bound: read the epoch; count; if there is room, one more on the own tally; raise the
 * epoch by compare-and-set. If that fails, another item was admitted meanwhile: one off the tally, and again. An item that was admitted
 * before the epoch was read is counted, since its tally was raised before; so there are never more than the bound. A kill anywhere in
 * between leaves a tally of the dead.
 *
 * <p><b>Tallies</b> have the number that the process has among the {@linkplain PipeEnd#entry() holders} of the ring, so nobody else writes
 * them. A new owner sets {@code waiting} to 0 before it writes its name; until then the name of the dead makes the tally void.
 */
final class QueueWords {

    /** How many bytes it takes. */
    static final int BYTES = 256 + PipeEnd.ENTRIES * 16;

    private static final int BOUND = 0;
    private static final int HIGH = 8;
    private static final int EPOCH = 64;
    private static final int SPACE = 128;
    private static final int DONE = 192;
    private static final int IDLE = 200;
    private static final int TALLIES = 256;
    private static final int TALLY = 16;
    private static final int WAITING = 8;

    private final PipeEnd end;
    private final Segment segment;
    private final int base;
    private final ProcessTable processes;
    private final WaitPoint space;
    private final WaitPoint idle;
    private final int bound;
    private final int mine;

    /** The words of the queue, of which this process has taken its first hold. */
    QueueWords(PipeEnd end) throws IOException {
        Session session = Session.current();
        this.end = end;
        this.segment = end.segment();
        this.base = end.extra();
        this.processes = session.processes();
        this.space = WaitPoint.at(segment, base + SPACE);
        this.idle = WaitPoint.at(segment, base + IDLE);
        this.bound = (int) segment.getVolatile(base + BOUND);
        this.mine = base + TALLIES + end.entry() * TALLY;
        segment.putVolatile(mine + WAITING, 0);
        segment.putVolatile(mine, session.self());
        raiseHigh(end.entry() + 1);
    }

    /** Sets the bound; called once, by who has made the memory. */
    static void initialize(PipeEnd end, int bound) {
        end.segment().putVolatile(end.extra() + BOUND, bound);
    }

    private void raiseHigh(int used) {
        long high = segment.getVolatile(base + HIGH);
        while (high < used && !segment.compareAndSet(base + HIGH, high, used)) {
            high = segment.getVolatile(base + HIGH);
        }
    }

    // ---- items

    /** How many items there may be; 0: any number. */
    int bound() {
        return bound;
    }

    /** How many items are inside, in the ring or on their way to it. */
    long size() {
        long waiting = waiting();
        int read = end.readMessages();
        return waiting + Math.max(0, end.writtenMessages() - read);
    }

    /** How many items living processes have admitted that are not in the ring. */
    private long waiting() {
        int high = (int) segment.getVolatile(base + HIGH);
        long sum = 0;
        for (int at = base + TALLIES; at < base + TALLIES + high * TALLY; at += TALLY) {
            long owner = segment.getVolatile(at);
            long count = segment.getVolatile(at + WAITING);
            if (count != 0 && processes.isAlive(owner)) {
                sum += count;
            }
        }
        return sum;
    }

    /** Admits an item, if there is room: it is on this process's tally then. */
    boolean tryAdmit() {
        while (true) {
            long epoch = segment.getVolatile(base + EPOCH);
            if (size() >= bound) {
                return false;
            }
            noteWaiting();
            if (segment.compareAndSet(base + EPOCH, epoch, epoch + 1)) {
                return true;
            }
            strike();
        }
    }

    /** Admits an item, waiting for room until the deadline or until {@code closed}. */
    boolean admit(BooleanSupplier closed, long deadlineNanos) throws InterruptedException {
        Admission admission = new Admission(closed);
        space.await(admission, deadlineNanos);
        return admission.admitted;
    }

    /** What a put that waits for room looks at. */
    private final class Admission implements BooleanSupplier {

        private final BooleanSupplier closed;
        private boolean admitted;

        Admission(BooleanSupplier closed) {
            this.closed = closed;
        }

        @Override
        public boolean getAsBoolean() {
            if (closed.getAsBoolean()) {
                return true;
            }
            admitted = tryAdmit();
            return admitted;
        }
    }

    /** One item more on this process's tally. */
    void noteWaiting() {
        segment.getAndAdd(mine + WAITING, 1);
    }

    /** One item is off this process's tally: it is in the ring, or will never be. */
    void strike() {
        segment.getAndAdd(mine + WAITING, -1);
        space.signalAll();
        signalIfIdle();
    }

    /** Whether this process's tally is empty. */
    boolean hasNoneWaiting() {
        return segment.getVolatile(mine + WAITING) == 0;
    }

    /** An item was taken out of the ring. */
    void taken() {
        if (bound != 0) {
            space.signalAll();
        }
    }

    // ---- tasks

    /** How many items were put in that are not done. */
    long unfinished() {
        return unfinished(segment.getVolatile(base + DONE));
    }

    private long unfinished(long done) {
        long waiting = waiting();
        return waiting + (end.writtenMessages() - (int) done);
    }

    /** One task is done; false if there was none that was not. */
    boolean taskDone() {
        while (true) {
            long done = segment.getVolatile(base + DONE);
            if (unfinished(done) <= 0) {
                return false;
            }
            if (segment.compareAndSet(base + DONE, done, done + 1)) {
                signalIfIdle();
                return true;
            }
        }
    }

    private void signalIfIdle() {
        if (segment.getVolatile(base + IDLE) != 0 && unfinished() <= 0) {
            idle.signalAll();
        }
    }

    /** Waits until all tasks are done, or {@code closed}. */
    boolean awaitIdle(BooleanSupplier closed, long deadlineNanos) throws InterruptedException {
        return idle.await(() -> unfinished() <= 0 || closed.getAsBoolean(), deadlineNanos);
    }

    /** Lets all who wait look again. */
    void signalAll() {
        space.signalAll();
        idle.signalAll();
    }
}
