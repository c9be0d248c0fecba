package offspring.examples.locks;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import offspring.core.Lock;
import offspring.core.Thread;
import offspring.examples.Example;
import picocli.CommandLine.Command;

/** The textbook's {@code 02_thread_lock_hack}: one thread takes a lock, another one releases it, as a {@link Lock} belongs to nobody. */
@Command(name = "lock-hand-over", description = "A lock is taken by one thread and released by another.")
final class LockHandOver extends Example {

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        Lock lock = new Lock();
        AtomicBoolean ready = new AtomicBoolean();
        lock.acquire();
        out.println("main has taken the lock");
        Thread other = new Thread(() -> {
            out.println("the other thread prepares something");
            ready.set(true);
            lock.release(); // which main has taken
        });
        other.start();
        lock.acquire(); // waits until the other thread is ready
        out.println("main has the lock again; ready: " + ready.get());
        lock.release();
        other.join();
    }
}
