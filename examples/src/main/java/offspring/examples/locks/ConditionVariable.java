package offspring.examples.locks;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import offspring.core.Condition;
import offspring.core.Thread;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The textbook's producer and consumers with a condition variable {@code cv} ({@code 05_thread_condition_var}): who finds nothing
 * waits, in a loop, since another one may have been faster.
 */
@Command(
        name = "condition-variable",
        description = "Consumers wait until the producer signals that there is something.")
@SuppressWarnings("try") // the holds are closed, not looked at
final class ConditionVariable extends Example {

    private static final int END = 0;

    private final Condition cv = new Condition();

    /** What is produced and not consumed; only who holds {@link #cv} touches it. */
    private final Deque<Integer> store = new ArrayDeque<>();

    @Option(names = "--items", paramLabel = "N", description = "How many items are produced: ${DEFAULT-VALUE}.")
    private int items = 5;

    @Option(names = "--consumers", paramLabel = "N", description = "How many consume them: ${DEFAULT-VALUE}.")
    private int consumers = 2;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        int count = inRange("--items", items, 1, 1_000_000);
        int crowd = inRange("--consumers", consumers, 1, 100);
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= crowd; i++) {
            String name = "consumer " + i;
            threads.add(new Thread(() -> consume(name, out), name));
        }
        threads.add(new Thread(() -> produce(count, crowd, out), "producer"));
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void produce(int count, int crowd, PrintWriter out) throws InterruptedException {
        for (int item = 1; item <= count; item++) {
            try (var held = cv.hold()) {
                store.add(item);
                out.println("producer: " + item);
                cv.signal();
            }
        }
        try (var held = cv.hold()) {
            for (int i = 0; i < crowd; i++) {
                store.add(END);
            }
            cv.signalAll();
        }
    }

    private void consume(String name, PrintWriter out) throws InterruptedException {
        for (int item = take(); item != END; item = take()) {
            out.println(name + ": " + item);
        }
    }

    private int take() throws InterruptedException {
        try (var held = cv.hold()) {
            while (store.isEmpty()) {
                cv.await();
            }
            return store.remove();
        }
    }
}
