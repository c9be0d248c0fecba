package offspring.benchmarks.programs;

import java.util.Objects;
import offspring.multiprocessing.Lock;
import offspring.multiprocessing.Semaphore;
import offspring.multiprocessing.connection.Connection;

/** Locks that processes share: by one process alone, and by two that want the same one all the time. */
public final class SharedLockPrograms {

    private SharedLockPrograms() {}

    /** A lock that nobody else wants. */
    public static Program lock() throws Exception {
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

    /** A semaphore that nobody else wants. */
    public static Program semaphore() throws Exception {
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

    /** A lock that a child wants as often, at the same time. */
    public static Program contendedLock() throws Exception {
        Lock lock = new Lock();
        return new WithChild(parent -> {
            while (true) {
                acquireAndRelease(lock, Objects.requireNonNull(parent.recv(Long.class)));
                parent.send(null);
            }
        }) {
            @Override
            void work(Connection child, long operations) throws Exception {
                child.send(operations);
                acquireAndRelease(lock, operations);
                child.recv();
            }
        };
    }

    private static void acquireAndRelease(Lock lock, long operations) throws InterruptedException {
        for (long i = 0; i < operations; i++) {
            lock.acquire();
            lock.release();
        }
    }
}
