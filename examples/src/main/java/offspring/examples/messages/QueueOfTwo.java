package offspring.examples.messages;

import java.io.PrintWriter;
import offspring.examples.Example;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.Queue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The textbook's {@code producer} and {@code consumer} as two processes at the two ends of a {@code Queue}. */
@Command(name = "process-queue", description = "One process puts into a queue what another one takes out.")
final class QueueOfTwo extends Example {

    @Option(names = "--items", paramLabel = "N", description = "How many items go through: ${DEFAULT-VALUE}.")
    private int items = 5;

    @Override
    protected void show(PrintWriter out) throws Exception {
        int count = inRange("--items", items, 0, 100_000);
        Queue<@Nullable Integer> queue = new Queue<>();
        Process producer = new Process(() -> produce(queue, count), "producer");
        Process consumer = new Process(() -> consume(queue), "consumer");
        producer.start();
        consumer.start();
        producer.join();
        consumer.join();
        out.println("both have ended; the queue is empty: " + queue.empty());
        queue.close();
    }

    @SuppressWarnings("NullAway") // null is a legal item of a queue
    private static void produce(Queue<@Nullable Integer> queue, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            queue.put(i);
        }
        queue.put(null); // there is no more
    }

    private static void consume(Queue<@Nullable Integer> queue) throws InterruptedException {
        for (Integer item = queue.get(); item != null; item = queue.get()) {
            System.out.println("received " + item);
        }
    }
}
