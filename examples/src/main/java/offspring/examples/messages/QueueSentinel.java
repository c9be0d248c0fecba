package offspring.examples.messages;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import offspring.examples.Example;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.Queue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The textbook's {@code 05_proc_queue_flag}: a {@code null} tells a consumer to end, so there must be one for each of them. */
@Command(name = "queue-sentinel", description = "A null in the queue tells a consumer to end: one for each of them.")
final class QueueSentinel extends Example {

    @Option(names = "--items", paramLabel = "N", description = "How many items go through: ${DEFAULT-VALUE}.")
    private int items = 4;

    @Option(names = "--consumers", paramLabel = "N", description = "How many share them: ${DEFAULT-VALUE}.")
    private int consumers = 1;

    @Override
    @SuppressWarnings("NullAway") // null is a legal item of a queue
    protected void show(PrintWriter out) throws Exception {
        int count = inRange("--items", items, 0, 100_000);
        int crowd = inRange("--consumers", consumers, 1, 16);
        Queue<@Nullable Integer> queue = new Queue<>();
        List<Process> processes = new ArrayList<>();
        for (int i = 1; i <= crowd; i++) {
            String name = "consumer " + i;
            Process process = new Process(() -> consume(queue, name), name);
            processes.add(process);
            process.start();
        }
        for (int item = 1; item <= count; item++) {
            queue.put(item);
        }
        for (int i = 0; i < crowd; i++) {
            queue.put(null);
        }
        for (Process process : processes) {
            process.join();
        }
        out.println("all consumers have ended");
        queue.close();
    }

    private static void consume(Queue<@Nullable Integer> queue, String name) throws InterruptedException {
        for (Integer item = queue.get(); item != null; item = queue.get()) {
            System.out.println(name + " has got " + item);
        }
        System.out.println(name + " ends");
    }
}
