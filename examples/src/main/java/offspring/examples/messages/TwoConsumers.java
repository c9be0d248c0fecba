package offspring.examples.messages;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import offspring.examples.Example;
import offspring.multiprocessing.JoinableQueue;
import offspring.multiprocessing.Process;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The textbook's {@code 04_proc_consumers}: two consumers share the items of one queue; who is free takes the next. */
@Command(name = "two-consumers", description = "Two daemon processes share the items of one queue.")
final class TwoConsumers extends Example {

    /** What an item costs, so that one consumer alone is not fast enough. */
    private static final int WORK_MILLIS = 20;

    @Option(names = "--items", paramLabel = "N", description = "How many items go through: ${DEFAULT-VALUE}.")
    private int items = 6;

    @Option(names = "--consumers", paramLabel = "N", description = "How many share them: ${DEFAULT-VALUE}.")
    private int consumers = 2;

    @Override
    protected void show(PrintWriter out) throws Exception {
        int count = inRange("--items", items, 1, 100_000);
        int crowd = inRange("--consumers", consumers, 1, 16);
        JoinableQueue<Integer> queue = new JoinableQueue<>();
        List<Process> processes = new ArrayList<>();
        for (int i = 1; i <= crowd; i++) {
            processes.add(JoinableQueueRun.daemon(queue, "consumer " + i, WORK_MILLIS));
        }
        JoinableQueueRun.produce(queue, count);
        queue.join();
        out.println("every item is dealt with");
        for (Process process : processes) {
            JoinableQueueRun.end(process);
        }
        queue.close();
    }
}
