package offspring.multiprocessing.internal.queues;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.codec.wire.Encoded;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.ring.ClosedEndException;
import offspring.multiprocessing.internal.ring.PipeEnd;
import org.jspecify.annotations.Nullable;

/**
 * Puts the items of one process into the ring of a queue, in their order, without letting the caller wait.
 *
 * <pre>
 *   put ──┬─ nothing is buffered, and the ring takes it at once ──► ring
 *         └─► buffer ──► thread "offspring-feeder" ───────────────► ring
 * </pre>
 *
 * <p><b>Order.</b> A put writes to the ring by itself only if nothing is {@link #pending}, which counts what is buffered and what the
 * thread is writing just now: then all that was put before, by the same thread or by one from whose put it knows, is in the ring.
 * The thread takes the whole buffer at a time and puts {@code pending} down when all of it is in the ring; so it needs the
 * lock once for many items.
 *
 * <p>The thread is made when the first item must be buffered, and ends when there was nothing to do for a while. It is a daemon: that the
 * items arrive although the process ends is the concern of {@link Flushes}.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // pending changes under the lock only
final class Feeder {

    private static final long LINGER_NANOS = 100_000_000L;

    private final PipeEnd end;
    private final QueueWords words;
    private final BooleanSupplier unwanted;
    private final Runnable onFlushed;
    /** Guards all changes of what is below; held over a write to the ring that does not wait, never over one that may. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition something = lock.newCondition();
    private final Condition flushed = lock.newCondition();
    private ArrayDeque<byte[]> buffer = new ArrayDeque<>();
    private volatile long pending;
    private boolean running;
    private boolean resting;
    private boolean cancelled;
    private boolean ended;

    /**
     * A feeder without a thread.
     *
     * @param unwanted tells that nobody is left that could read an item: what is pending is dropped
     * @param onFlushed called, without the lock, whenever nothing is pending any more
     */
    Feeder(PipeEnd end, QueueWords words, BooleanSupplier unwanted, Runnable onFlushed) {
        this.end = end;
        this.words = words;
        this.unwanted = unwanted;
        this.onFlushed = onFlushed;
    }

    /** Puts an item in. If it was not {@code admitted} before, it is on the tally only as long as it is buffered. */
    void put(Encoded message, boolean admitted) throws IOException {
        boolean there = pending == 0 && writeSoon(message);
        if (!there) {
            there = writeOrBuffer(message, admitted);
        }
        if (there && admitted) {
            words.strike();
        }
    }

    /** A reader that is busy makes room within microseconds: less than it takes to have the item written by another thread. */
    private boolean writeSoon(Encoded message) throws IOException {
        if (end.tryWrite(message, unwanted)) {
            return true;
        }
        end.spinForRoom();
        return end.tryWrite(message, unwanted);
    }

    private boolean writeOrBuffer(Encoded message, boolean admitted) throws IOException {
        lock.lock();
        try {
            if (ended) {
                throw new ClosedEndException();
            }
            if (pending == 0 && end.tryWrite(message, unwanted)) {
                return true;
            }
            buffer(message.toByteArray(), admitted);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void buffer(byte[] bytes, boolean admitted) {
        if (!running) {
            java.lang.Thread thread = new java.lang.Thread(
                    null,
                    new Runnable() {
                        @Override
                        public void run() {
                            feed();
                        }
                    },
                    "offspring-feeder",
                    1 << 18);
            thread.setDaemon(true);
            thread.start();
            running = true;
            Flushes.begin(this);
        }
        buffer.add(bytes);
        pending++;
        if (!admitted) {
            words.noteWaiting();
        }
        if (resting) {
            something.signal();
        }
    }

    private void feed() {
        for (ArrayDeque<byte[]> batch = next(); batch != null; batch = next()) {
            int size = batch.size();
            for (byte[] bytes = batch.poll(); bytes != null; bytes = batch.poll()) {
                write(bytes);
                words.strike();
            }
            if (settle(size)) {
                onFlushed.run();
            }
        }
    }

    /** What is buffered; null if nothing was for a while, and the thread is to end. */
    private @Nullable ArrayDeque<byte[]> next() {
        lock.lock();
        try {
            long left = LINGER_NANOS;
            while (buffer.isEmpty()) {
                if (left <= 0) {
                    running = false;
                    Flushes.end(this);
                    return null;
                }
                left = rest(left);
            }
            ArrayDeque<byte[]> batch = buffer;
            buffer = new ArrayDeque<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private long rest(long nanos) {
        resting = true;
        try {
            return something.awaitNanos(nanos);
        } catch (InterruptedException e) {
            return 0; // nobody has reason to interrupt it; a new thread comes with the next item
        } finally {
            resting = false;
        }
    }

    private void write(byte[] bytes) {
        try {
            end.write(bytes, 0, bytes.length, unwanted);
        } catch (ClosedEndException e) {
            Logs.of(Feeder.class).debug("an item of {} bytes is dropped: nobody is left to read {}", bytes.length, end);
        } catch (IOException | InterruptedException | RuntimeException e) {
            Logs.of(Feeder.class).error("an item of {} bytes is lost on its way to {}", bytes.length, end, e);
        }
    }

    private boolean settle(int written) {
        lock.lock();
        try {
            pending -= written;
            if (pending == 0) {
                flushed.signalAll();
            }
            return pending == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more items, if nothing is pending; else does nothing. */
    boolean endIfFlushed() {
        lock.lock();
        try {
            ended = ended || pending == 0;
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that was put is in the ring. */
    boolean awaitFlushed(long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = Deadlines.left(deadlineNanos);
            while (pending != 0) {
                if (left <= 0) {
                    return false;
                }
                left = flushed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The process need not wait for this feeder when it ends. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the end of the process is to wait: there is something to flush, and somebody who could read it. */
    boolean isWanted() {
        lock.lock();
        try {
            return pending != 0 && !cancelled && end.isHeldElsewhere();
        } finally {
            lock.unlock();
        }
    }

    /** How many items this process has put that are not in the ring. */
    long pending() {
        lock.lock();
        try {
            return pending;
        } finally {
            lock.unlock();
        }
    }
}
