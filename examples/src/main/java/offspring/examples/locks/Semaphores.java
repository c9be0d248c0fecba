package offspring.examples.locks;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Semaphore;
import offspring.core.Thread;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The textbook's producer and consumer with two semaphores, {@code produced} and {@code consumed} ({@code 04_thread_sem}): each
 * releases what the other one waits for, so they take turns at a place for one item.
 */
@Command(name = "semaphores", description = "A producer and a consumer take turns by means of two semaphores.")
final class Semaphores extends Example {

    @Option(names = "--items", paramLabel = "N", description = "How many items are produced: ${DEFAULT-VALUE}.")
    private int items = 3;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        int count = inRange("--items", items, 1, 1_000_000);
        Semaphore produced = new Semaphore(0);
        Semaphore consumed = new Semaphore(1);
        AtomicInteger place = new AtomicInteger();
        Thread producer = new Thread(() -> {
            for (int item = 1; item <= count; item++) {
                consumed.acquire();
                place.set(item);
                out.println("produced " + item);
                produced.release();
            }
        });
        Thread consumer = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                produced.acquire();
                out.println("         consumed " + place.get());
                consumed.release();
            }
        });
        consumer.start();
        producer.start();
        producer.join();
        consumer.join();
    }
}
