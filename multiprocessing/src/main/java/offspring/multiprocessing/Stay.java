package offspring.multiprocessing;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps this JVM from ending as long as calls have no result, by a thread that is no daemon and lives from the first such call to the end of
 * the last.
 *
 * <p>All fields are guarded by the lock. The thread leaves only when it sees, under the lock, that nothing is unfinished, and says so there;
 * so whoever begins a call finds it staying, or starts another one.
 */
final class Stay {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private final String name;
    private long unfinished;
    private boolean stays;

    Stay(String name) {
        this.name = name;
    }

    /** A call is about to be submitted. */
    void begin() {
        lock.lock();
        try {
            unfinished++;
            if (!stays) {
                java.lang.Thread thread = new java.lang.Thread(null, this::stay, "offspring-stay for " + name, 1 << 18);
                thread.setDaemon(false); // whoever makes it
                thread.start();
                stays = true;
            }
        } catch (OutOfMemoryError noThread) {
            unfinished--; // the call is refused
            throw noThread;
        } finally {
            lock.unlock();
        }
    }

    /** A call has its result, or will have none. */
    void end() {
        lock.lock();
        try {
            unfinished--;
            over.signal();
        } finally {
            lock.unlock();
        }
    }

    private void stay() {
        lock.lock();
        try {
            while (unfinished > 0) {
                over.awaitUninterruptibly();
            }
            stays = false;
        } finally {
            lock.unlock();
        }
    }
}
