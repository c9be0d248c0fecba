package offspring.queue.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the memory before a {@link Tasks}' fields free of what others write. */
abstract class TasksPadding {

    @SuppressWarnings("unused")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}

/** The fields of {@link Tasks}, between two paddings: consumers write them for every item, producers never. */
abstract class TasksFields extends TasksPadding {

    volatile long dones;

    /** The engine's puts when somebody last looked: never more than they are now. */
    volatile long putsSeen;

    /** Threads inside join. Written under the lock of the joiners. */
    volatile int joiners;
}

/** The count of an {@link Engine}'s unfinished tasks, and the threads that wait for its end. */
final class Tasks extends TasksFields {

    /*
     * Two numbers that only grow: the engine's puts, which it keeps anyhow, and dones, written here by compare-and-set.
     * Unfinished is their difference, so that putting an item costs nothing for the tasks' sake.
     *
     * dones <= puts always: done() looks at puts first, and a look that is out of date is too small, never too large. So
     * it need look only when dones has come up to what was seen last, in putsSeen; that leaves the memory which producers
     * write alone most of the time.
     *
     * Who asks whether all is done reads dones first and puts second. If they are equal, they were equal at the first
     * read: puts was at least dones then, and has not shrunk since.
     *
     * A joiner raises joiners and then reads dones; who finishes a task writes dones and then reads joiners. All four are
     * volatile accesses, hence in one total order, hence one of the two sees the other: nobody sleeps through the last
     * task. With anything weaker both could miss.
     */

    private static final VarHandle DONES;

    static {
        try {
            DONES = MethodHandles.lookup().findVarHandle(TasksFields.class, "dones", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused")
    private long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allDone = lock.newCondition();

    long unfinished(Engine<?> engine) {
        long done = dones;
        return engine.puts() - done;
    }

    int joiners() {
        return joiners;
    }

    /** Counts one task as done; false if there was none that was not. */
    boolean done(Engine<?> engine) {
        long done;
        do {
            done = dones;
            if (done >= putsSeen && done >= look(engine)) {
                return false;
            }
        } while (!DONES.compareAndSet(this, done, done + 1));
        wakeJoinersIfDone(engine);
        return true;
    }

    private long look(Engine<?> engine) {
        long puts = engine.puts();
        putsSeen = puts; // an older look that is written later is only less useful
        return puts;
    }

    /** Counts {@code discarded} tasks as done, but none that was counted before. */
    void discard(Engine<?> engine, long discarded) {
        long done;
        do {
            done = dones;
        } while (!DONES.compareAndSet(this, done, Math.min(done + discarded, engine.puts())));
        wakeJoinersIfDone(engine);
    }

    private void wakeJoinersIfDone(Engine<?> engine) {
        if (joiners != 0 && unfinished(engine) == 0) {
            lock.lock();
            try {
                allDone.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // joiners is written under the lock only
    boolean join(Engine<?> engine, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (unfinished(engine) == 0) {
            return true;
        }
        lock.lockInterruptibly();
        joiners++;
        try {
            return awaitAllDone(engine, nanos);
        } finally {
            joiners--;
            lock.unlock();
        }
    }

    private boolean awaitAllDone(Engine<?> engine, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        long left = nanos;
        while (unfinished(engine) != 0) {
            if (left <= 0) {
                return false;
            }
            if (nanos == Engine.FOREVER) {
                allDone.await();
            } else {
                long unused = allDone.awaitNanos(left);
                left = deadline - System.nanoTime();
            }
        }
        return true;
    }
}
