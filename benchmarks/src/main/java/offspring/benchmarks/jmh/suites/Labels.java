package offspring.benchmarks.jmh.suites;

import java.util.Map;
import java.util.Objects;
import offspring.benchmarks.jmh.QueueBenchmark;
import offspring.benchmarks.jmh.suites.JmhFigure.Label;
import offspring.benchmarks.programs.CrewKind;
import offspring.benchmarks.programs.Job;

/** What pictures call benchmarks. */
final class Labels {

    /** Those that stand alone: a group with one bar. */
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("PipeBenchmark.roundTrip", "int, there and back"),
            Map.entry("PipeBenchmark.oneWay", "int, one way"),
            Map.entry("PipeBenchmark.oneWayKibibyte", "1 KiB of bytes, one way"),
            Map.entry("PipeBenchmark.echoMebibyte", "1 MiB of bytes, there and back"),
            Map.entry("ProcessQueueBenchmark.queue", "Queue, one to one"),
            Map.entry("ProcessQueueBenchmark.simpleQueue", "SimpleQueue, one to one"),
            Map.entry("ProcessQueueBenchmark.joinableQueue", "JoinableQueue, one to one"),
            Map.entry("ProcessQueueBenchmark.queueTwoToTwo", "Queue, two to two"),
            Map.entry("SharedLockBenchmark.lock", "Lock, one process"),
            Map.entry("SharedLockBenchmark.semaphore", "Semaphore, one process"),
            Map.entry("SharedLockBenchmark.contendedLock", "Lock, two processes"),
            Map.entry("PoolBenchmark.apply", "ProcessPool.apply"),
            Map.entry("PoolBenchmark.map", "ProcessPool.map, per item"),
            Map.entry("PoolBenchmark.imap", "ProcessPool.imap, per item"),
            Map.entry("PoolBenchmark.submit", "ProcessPoolExecutor, submit to result"),
            Map.entry("PoolBenchmark.submitMany", "ProcessPoolExecutor, 1000 at once"),
            Map.entry("PoolBenchmark.submitToThreads", "ThreadPoolExecutor, submit to result"));

    private static final String JUC = "java.util.concurrent";

    private Labels() {}

    static Label ofMethod(String benchmark, String line) {
        return new Label(Objects.requireNonNull(METHODS.get(benchmark), benchmark), line);
    }

    static Label ofLock(String benchmark) {
        String primitive = benchmark.substring(0, benchmark.indexOf("Benchmark"));
        String threads = benchmark.contains(".uncontended") ? "one thread" : "two threads";
        return new Label(primitive + ", " + threads, benchmark.endsWith("Ours") ? Label.OURS : JUC);
    }

    static Label ofQueue(Map<String, String> params) {
        String line = switch (QueueBenchmark.Kind.valueOf(param(params, "kind"))) {
            case OURS -> "Queue";
            case ARRAY_BLOCKING_QUEUE -> "ArrayBlockingQueue";
            case LINKED_BLOCKING_QUEUE -> "LinkedBlockingQueue";
        };
        return new Label(param(params, "pairs").equals("1") ? "one to one" : "two to two", line);
    }

    static Label ofStart(String benchmark, Map<String, String> params) {
        return switch (benchmark) {
            case "ThreadBenchmark.startAndJoinOurs" -> new Label("Thread", Label.OURS);
            case "ThreadBenchmark.startAndJoinJuc" -> new Label("Thread", "java.lang.Thread");
            default -> new Label("Process (" + param(params, "method") + ")", Label.OURS);
        };
    }

    static Label ofCrew(Map<String, String> params) {
        return new Label(
                Job.valueOf(param(params, "job")).title(),
                CrewKind.valueOf(param(params, "crew")).title());
    }

    private static String param(Map<String, String> params, String name) {
        return Objects.requireNonNull(params.get(name), name);
    }
}
