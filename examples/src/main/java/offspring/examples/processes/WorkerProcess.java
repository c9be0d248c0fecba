package offspring.examples.processes;

import java.io.IOException;
import offspring.examples.threads.Worker;
import offspring.multiprocessing.JoinableQueue;
import offspring.multiprocessing.Multiprocessing;
import offspring.multiprocessing.Process;
import org.jspecify.annotations.Nullable;

/** The textbook's worker, moved from a thread into a process: the queue is another one, the sender notices nothing. */
final class WorkerProcess implements Worker {

    private final JoinableQueue<@Nullable String> input = new JoinableQueue<>();
    private final Process process = processOn(input);

    WorkerProcess() throws IOException {}

    /** Not a field's lambda, which would capture the worker and send it along. */
    private static Process processOn(JoinableQueue<@Nullable String> input) {
        return new Process(() -> work(input), "worker");
    }

    @Override
    public void start() throws IOException {
        process.start();
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
        process.join();
    }

    private static void work(JoinableQueue<@Nullable String> input) throws InterruptedException {
        String name = Multiprocessing.currentProcess().name();
        for (String item = input.get(); item != null; item = input.get()) {
            System.out.println("the process '" + name + "' works on " + item);
            input.taskDone();
        }
        input.taskDone(); // the null is dealt with, too
    }
}
