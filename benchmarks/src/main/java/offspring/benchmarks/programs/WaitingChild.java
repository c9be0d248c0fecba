package offspring.benchmarks.programs;

import java.io.IOException;
import java.time.Duration;
import offspring.multiprocessing.Event;
import offspring.multiprocessing.Lock;
import offspring.multiprocessing.Queue;
import offspring.multiprocessing.connection.Connection;

/** A child process that is blocked in one call until it is closed, and the processor time that it has used. */
public final class WaitingChild implements AutoCloseable {

    private final String call;
    private final Child child;
    private final Runnable release;

    private WaitingChild(String call, Child child, Runnable release) throws Exception {
        this.call = call;
        this.child = child;
        this.release = release;
        child.connection().recv();
    }

    /** A child in {@code Connection.recv()}. */
    public static WaitingChild atPipe() throws Exception {
        Child child = new Child(parent -> {
            parent.send(null);
            parent.recv();
        });
        return new WaitingChild("Connection.recv()", child, () -> {}); // the closing of the pipe is what it waits for
    }

    /** A child in {@code Queue.get()}. */
    public static WaitingChild atQueue() throws Exception {
        Queue<String> queue = new Queue<>();
        Child child = new Child(parent -> {
            parent.send(null);
            queue.get();
        });
        return new WaitingChild("Queue.get()", child, () -> queue.putNowait("the end"));
    }

    /** A child in {@code Lock.acquire()}. */
    public static WaitingChild atLock() throws Exception {
        Lock lock = new Lock();
        lock.acquire();
        Child child = new Child(parent -> acquireAndRelease(lock, parent));
        return new WaitingChild("Lock.acquire()", child, lock::release);
    }

    private static void acquireAndRelease(Lock lock, Connection parent) throws Exception {
        parent.send(null);
        lock.acquire();
        lock.release();
    }

    /** A child in {@code Event.await()}. */
    public static WaitingChild atEvent() throws Exception {
        Event event = new Event();
        Child child = new Child(parent -> {
            parent.send(null);
            event.await();
        });
        return new WaitingChild("Event.await()", child, event::set);
    }

    /** The call that the child is blocked in. */
    public String call() {
        return call;
    }

    /** The processor time that the child has used since it started, by all its threads. */
    public Duration cpuTime() throws IOException {
        return ProcessHandle.of(child.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IOException(
                        "the system does not tell the processor time of the child with pid " + child.pid()));
    }

    @Override
    public void close() throws IOException {
        release.run();
        child.close();
    }
}
