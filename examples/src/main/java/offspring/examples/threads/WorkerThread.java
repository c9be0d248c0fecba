package offspring.examples.threads;

import java.io.PrintWriter;
import offspring.core.Thread;
import offspring.queue.Queue;
import org.jspecify.annotations.Nullable;

/** The textbook's {@code WorkerThread}: a thread with a queue of its own, ended by a {@code null} in it. */
public final class WorkerThread extends Thread implements Worker {

    private final Queue<@Nullable String> input = new Queue<>();
    private final PrintWriter out;

    /**
     * A worker, not started.
     *
     * @param out where it tells what it does
     */
    public WorkerThread(PrintWriter out) {
        this.out = out;
        setName("worker");
    }

    @Override
    public void send(String item) throws InterruptedException {
        input.put(item);
    }

    @Override
    @SuppressWarnings("NullAway") // null is a legal item of a queue
    public void close() throws InterruptedException {
        input.put(null);
        input.join();
        join();
    }

    @Override
    public void run() throws InterruptedException {
        for (String item = input.get(); item != null; item = input.get()) {
            out.println("the thread '" + name() + "' works on " + item);
            input.taskDone();
        }
        input.taskDone(); // the null is dealt with, too
    }
}
