package offspring.examples.threads;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import offspring.examples.Example;
import offspring.queue.LifoQueue;
import offspring.queue.MessageQueue;
import offspring.queue.Prioritized;
import offspring.queue.PriorityQueue;
import offspring.queue.Queue;
import picocli.CommandLine.Command;

/** The three queues of the module {@code queue}: the same items come out in three orders. */
@Command(name = "queue-kinds", description = "First in first out, last in first out, and by priority.")
final class QueueKinds extends Example {

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        out.println("Queue:         " + through(new Queue<>()));
        out.println("LifoQueue:     " + through(new LifoQueue<>()));
        out.println("PriorityQueue: " + through(new PriorityQueue<>()));
    }

    private static List<String> through(MessageQueue<Prioritized<String>> queue) throws InterruptedException {
        queue.put(new Prioritized<>(3, "sweep"));
        queue.put(new Prioritized<>(1, "put out the fire"));
        queue.put(new Prioritized<>(2, "lunch"));
        List<String> items = new ArrayList<>();
        while (!queue.empty()) {
            items.add(queue.get().item());
        }
        return items;
    }
}
