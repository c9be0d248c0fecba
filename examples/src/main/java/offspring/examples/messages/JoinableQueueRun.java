package offspring.examples.messages;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import offspring.examples.Example;
import offspring.multiprocessing.JoinableQueue;
import offspring.multiprocessing.Process;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The textbook's {@code 03_proc_queue}: a consumer that never ends is a daemon, and the producer waits with {@code join()} until every
 * item is dealt with. {@code 04_proc_consumers} is {@link TwoConsumers}.
 */
@Command(name = "joinable-queue", description = "The producer waits until a daemon process has dealt with every item.")
final class JoinableQueueRun extends Example {

    @Option(names = "--items", paramLabel = "N", description = "How many items go through: ${DEFAULT-VALUE}.")
    private int items = 4;

    @Override
    protected void show(PrintWriter out) throws Exception {
        int count = inRange("--items", items, 1, 100_000);
        JoinableQueue<Integer> queue = new JoinableQueue<>();
        Process consumer = daemon(queue, "consumer", 0);
        produce(queue, count);
        queue.join();
        out.println("every item is dealt with");
        end(consumer);
        queue.close();
    }

    /** A consumer that works until it is ended, started. */
    static Process daemon(JoinableQueue<Integer> queue, String name, int workMillis) throws Exception {
        Process consumer = Process.builder()
                .target(() -> consume(queue, name, workMillis))
                .name(name)
                .daemon(true) // else the program would wait for its end, which never comes
                .build();
        consumer.start();
        return consumer;
    }

    static void produce(JoinableQueue<Integer> queue, int count) throws InterruptedException {
        for (int item = 1; item <= count; item++) {
            queue.put(item);
        }
    }

    /** The end of the program would do the same to a daemon. */
    static void end(Process consumer) throws InterruptedException {
        consumer.terminate();
        consumer.join();
        consumer.close();
    }

    private static void consume(JoinableQueue<Integer> queue, String name, int workMillis) throws InterruptedException {
        while (true) {
            int item = queue.get();
            System.out.println(name + " has got " + item);
            TimeUnit.MILLISECONDS.sleep(workMillis);
            queue.taskDone();
        }
    }
}
