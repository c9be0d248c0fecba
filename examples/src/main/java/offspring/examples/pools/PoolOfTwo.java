package offspring.examples.pools;

import java.io.PrintWriter;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import offspring.examples.Example;
import offspring.futures.Pool;
import offspring.multiprocessing.ProcessPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The textbook's {@code Pool(2)} with Task-1 to Task-4: two are at work at any time, and who is free takes the next one. */
@Command(name = "pool-of-two", description = "Four named tasks of different length, for a pool of two processes.")
final class PoolOfTwo extends Example {

    private static final List<Task> TASKS =
            List.of(new Task("Task-1", 4), new Task("Task-2", 2), new Task("Task-3", 3), new Task("Task-4", 1));

    /**
     * A task.
     *
     * @param name its name
     * @param units how long it takes
     */
    record Task(String name, int units) implements Serializable {

        String work(long unitMillis) throws InterruptedException {
            System.out.println(name + " begins, and takes " + units + " units of time");
            TimeUnit.MILLISECONDS.sleep(units * unitMillis);
            System.out.println(name + " ends");
            return name + " is done";
        }
    }

    @Option(
            names = "--unit",
            paramLabel = "SECONDS",
            description = "A unit of time: ${DEFAULT-VALUE} if not given, 1 in the textbook.")
    private double unit = 0.1;

    @Option(names = "--workers", paramLabel = "N", description = "How many processes: ${DEFAULT-VALUE} if not given.")
    private int workers = 2;

    @Override
    protected void show(PrintWriter out) throws Exception {
        long unitMillis = seconds("--unit", unit, 60).toMillis();
        List<String> results;
        try (Pool pool = new ProcessPool(inRange("--workers", workers, 1, 16))) {
            results = pool.map(task -> task.work(unitMillis), TASKS, 1); // one by one: they differ in length
        }
        out.println("results, in the order of the tasks:");
        results.forEach(out::println);
    }
}
