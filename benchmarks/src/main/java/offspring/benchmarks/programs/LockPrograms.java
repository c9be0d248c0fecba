package offspring.benchmarks.programs;

import java.util.concurrent.locks.ReentrantLock;
import offspring.core.Lock;
import offspring.core.RLock;
import offspring.core.Semaphore;

/** Acquire and release by one thread that nobody competes with. */
public final class LockPrograms {

    private LockPrograms() {}

    /** Our lock. */
    public static Program lock() {
        Lock lock = new Lock();
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                lock.acquire();
                lock.release();
            }
            return System.nanoTime() - start;
        };
    }

    /** Our reentrant lock. */
    public static Program rlock() {
        RLock lock = new RLock();
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                lock.acquire();
                lock.release();
            }
            return System.nanoTime() - start;
        };
    }

    /** The JDK's lock, which is reentrant: the rival of both of ours. */
    @SuppressWarnings("LockNotBeforeTry") // there is nothing between the two that could throw
    public static Program reentrantLock() {
        ReentrantLock lock = new ReentrantLock();
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                lock.lock();
                lock.unlock();
            }
            return System.nanoTime() - start;
        };
    }

    /** Our semaphore. */
    public static Program semaphore() {
        Semaphore semaphore = new Semaphore(1);
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                semaphore.acquire();
                semaphore.release();
            }
            return System.nanoTime() - start;
        };
    }

    /** The JDK's semaphore. */
    public static Program jucSemaphore() {
        java.util.concurrent.Semaphore semaphore = new java.util.concurrent.Semaphore(1);
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                semaphore.acquire();
                semaphore.release();
            }
            return System.nanoTime() - start;
        };
    }
}
