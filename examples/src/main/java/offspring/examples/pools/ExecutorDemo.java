package offspring.examples.pools;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import offspring.examples.Example;
import offspring.futures.Executor;
import offspring.futures.ResultIterator;
import offspring.threading.ThreadPoolExecutor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The textbook's {@code demo_executor_map}, with {@code display} and {@code loiter}: tasks sleep, each a unit longer than the one before,
 * on fewer workers than tasks. The time stamps show who begins when, and that results are taken in order, each as soon as it is there.
 */
@Command(name = "executor-demo", description = "Tasks print when they begin and end, and results when they are taken.")
final class ExecutorDemo extends Example {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("'['HH:mm:ss.SSS'] '");

    @Option(names = "--workers", paramLabel = "N", description = "How many threads: ${DEFAULT-VALUE} if not given.")
    private int workers = 3;

    @Option(names = "--tasks", paramLabel = "N", description = "How many tasks: ${DEFAULT-VALUE} if not given.")
    private int tasks = 5;

    @Option(
            names = "--unit",
            paramLabel = "SECONDS",
            description = "What task n sleeps n times: ${DEFAULT-VALUE} if not given, 1 in the textbook.")
    private double unit = 0.05;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        int most = inRange("--workers", workers, 1, 1_000);
        int count = inRange("--tasks", tasks, 1, 100);
        long unitMillis = seconds("--unit", unit, 60).toMillis();
        display(out, "the script begins");
        List<Integer> numbers = IntStream.range(0, count).boxed().toList();
        try (Executor executor = new ThreadPoolExecutor(most);
                ResultIterator<Integer> results = executor.map(n -> loiter(out, n, unitMillis), numbers)) {
            display(out, "map has returned, nothing is waited for");
            for (int i = 0; results.hasNext(); i++) {
                display(out, "result " + i + ": " + results.next());
            }
        }
    }

    private static int loiter(PrintWriter out, int n, long unitMillis) throws InterruptedException {
        String tabs = "\t".repeat(n);
        display(out, tabs + "loiter(" + n + ") sleeps " + n + " units");
        TimeUnit.MILLISECONDS.sleep(n * unitMillis);
        display(out, tabs + "loiter(" + n + ") is done");
        return n * 10;
    }

    private static void display(PrintWriter out, String text) {
        out.println(LocalTime.now(ZoneId.systemDefault()).format(TIME) + text);
    }
}
