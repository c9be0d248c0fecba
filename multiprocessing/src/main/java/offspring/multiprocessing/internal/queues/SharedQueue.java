package offspring.multiprocessing.internal.queues;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.ring.PipeEnd;
import offspring.multiprocessing.internal.ring.PipeFile;
import offspring.multiprocessing.internal.ring.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * One queue, as this process sees it: a ring that leads back to who writes it, with a {@link Feeder} in front and {@link QueueWords}
 * beside.
 *
 * <p>However many queue objects of this process lead here, there is one of these, so that what the process puts keeps its order. The
 * process holds the ring until the last of those objects is gone and the feeder has written what was left, or dropped it because no other
 * process holds the queue, and none can any more.
 */
public final class SharedQueue {

    /** The queues that this process holds. */
    private static final Map<Long, SharedQueue> KNOWN = new HashMap<>();
    /** Guards {@link #KNOWN}, {@link #over} and all changes of {@link #users}; never held over anything that waits. */
    private static final ReentrantLock HOLDING = new ReentrantLock();

    private final PipeEnd end;
    private final QueueWords words;
    private final Feeder feeder;
    private final AtomicInteger users = new AtomicInteger(1);
    private boolean over;

    private SharedQueue(PipeEnd end) throws IOException {
        this.end = end;
        this.words = new QueueWords(end);
        this.feeder = new Feeder(
                end,
                words,
                new BooleanSupplier() { // no lambda: each child with a queue comes here
                    @Override
                    public boolean getAsBoolean() {
                        return users.get() == 0 && !end.isHeldElsewhere();
                    }
                },
                new Runnable() { // no lambda: each child with a queue comes here
                    @Override
                    public void run() {
                        endIfUnused();
                    }
                });
    }

    /**
     * A new queue, with one user.
     *
     * @param bound how many items there may be; 0: any number
     * @throws IOException if there is no room for it
     */
    public static SharedQueue create(int bound) throws IOException {
        PipeEnd end = PipeFile.createLoop(QueueWords.BYTES).end(0);
        QueueWords.initialize(end, bound);
        HOLDING.lock();
        try {
            SharedQueue made = new SharedQueue(end);
            KNOWN.put(end.pipe(), made);
            return made;
        } finally {
            HOLDING.unlock();
        }
    }

    /** The queue that a handle leads to, with one user more. */
    public static SharedQueue attach(PipeEnd.Handle handle) throws IOException {
        HOLDING.lock();
        try {
            PipeEnd end = PipeEnd.attach(handle);
            SharedQueue known = KNOWN.get(end.pipe());
            if (known != null) {
                known.users.incrementAndGet();
                end.release(); // one hold is enough for all
                return known;
            }
            SharedQueue made = new SharedQueue(end);
            KNOWN.put(end.pipe(), made);
            return made;
        } finally {
            HOLDING.unlock();
        }
    }

    /** One user less. */
    public void release() {
        HOLDING.lock();
        try {
            users.decrementAndGet();
            endIfUnused();
        } finally {
            HOLDING.unlock();
        }
        end.signal(); // a thread may wait on behalf of the user that has gone
        words.signalAll();
    }

    private void endIfUnused() {
        HOLDING.lock();
        try {
            if (users.get() == 0 && !over && words.hasNoneWaiting() && feeder.endIfFlushed()) {
                over = true;
                KNOWN.remove(end.pipe());
                end.release();
            }
        } finally {
            HOLDING.unlock();
        }
    }

    /** The way to the queue, for handles. */
    public PipeEnd end() {
        return end;
    }

    // ---- items

    /**
     * Puts an item in, waiting for the bound until the deadline, never for a reader.
     *
     * @param closed tells that the caller's object was closed meanwhile
     * @return whether it is in
     */
    public boolean put(Encoded message, BooleanSupplier closed, long deadlineNanos)
            throws IOException, InterruptedException {
        if (words.bound() == 0) {
            feeder.put(message, false);
            return true;
        }
        return words.admit(closed, deadlineNanos) && putAdmitted(message);
    }

    /** Puts an item in, if the bound allows it now. */
    public boolean tryPut(Encoded message) throws IOException {
        if (words.bound() == 0) {
            feeder.put(message, false);
            return true;
        }
        return words.tryAdmit() && putAdmitted(message);
    }

    private boolean putAdmitted(Encoded message) throws IOException {
        boolean in = false;
        try {
            feeder.put(message, true);
            in = true;
            return true;
        } finally {
            if (!in) {
                words.strike();
            }
            if (users.get() == 0) {
                endIfUnused(); // another thread has closed the queue meanwhile, and left the end to this one
            }
        }
    }

    /**
     * Writes an item straight into the ring, waiting for room there until the deadline. If it gives up in the middle of a long item, it
     * drops the beginning, which would fill the ring until the next reader comes.
     */
    public boolean putDirect(Encoded message, BooleanSupplier closed, long deadlineNanos)
            throws IOException, InterruptedException {
        if (tryPutDirect(message, closed)) {
            return true;
        }
        boolean in = false;
        try {
            if (deadlineNanos == Deadlines.NEVER) {
                end.write(message, closed);
                in = true;
            } else {
                in = end.write(message, closed, deadlineNanos);
            }
            return in;
        } finally {
            if (!in) {
                dropGivenUp();
            }
        }
    }

    /** Writes an item straight into the ring, if there is room now. */
    public boolean tryPutDirect(Encoded message, BooleanSupplier closed) throws IOException {
        if (end.tryWrite(message, closed)) {
            return true;
        }
        dropGivenUp();
        return end.tryWrite(message, closed);
    }

    /** A look for items drops what was given up by its writer, if nothing is before it. */
    private void dropGivenUp() {
        try {
            boolean unused = end.poll(() -> false, System.nanoTime());
        } catch (InterruptedException e) {
            throw new IllegalStateException("a look does not wait", e);
        }
    }

    /** Takes an item out, waiting until the deadline for one to come; null if none has. */
    public byte @Nullable [] get(BooleanSupplier closed, long deadlineNanos) throws IOException, InterruptedException {
        byte[] item = end.read(Integer.MAX_VALUE, closed, deadlineNanos);
        if (item != null) {
            words.taken();
        }
        return item;
    }

    /** Takes an item out, if there is one in the ring now. */
    public byte @Nullable [] tryGet(BooleanSupplier closed) throws IOException {
        byte[] item = end.tryRead(Integer.MAX_VALUE, closed);
        if (item != null) {
            words.taken();
        }
        return item;
    }

    /** Waits until an item is in the ring. */
    public boolean poll(BooleanSupplier closed, long deadlineNanos) throws InterruptedException {
        return end.poll(closed, deadlineNanos);
    }

    /** How many items there may be; 0: any number. */
    public int bound() {
        return words.bound();
    }

    /** How many items are inside, in the ring or in buffers of living processes. */
    public long size() {
        return words.size();
    }

    /** How many items this process has put that are not in the ring yet. */
    public long buffered() {
        return feeder.pending();
    }

    /** What this process has written to the ring. */
    public Traffic sent() {
        return end.sent();
    }

    /** What this process has read from the ring. */
    public Traffic received() {
        return end.received();
    }

    // ---- the end

    /** Waits until what this process has put is in the ring. */
    public void awaitFlushed() throws InterruptedException {
        feeder.awaitFlushed(Deadlines.NEVER);
    }

    /** The end of this process does not wait for what it has put. */
    public void cancelFlush() {
        feeder.cancel();
    }

    // ---- tasks

    /** One task is done; false if all were. */
    public boolean taskDone() {
        return words.taskDone();
    }

    /** Waits until all tasks are done; false if the time was over first. */
    public boolean awaitIdle(BooleanSupplier closed, long deadlineNanos) throws InterruptedException {
        return words.awaitIdle(closed, deadlineNanos);
    }

    /** How many items were put in that are not done. */
    public long unfinished() {
        return words.unfinished();
    }

    @Override
    public String toString() {
        return "queue " + end.pipe();
    }
}
