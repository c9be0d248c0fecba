package offspring.benchmarks.curves;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import offspring.benchmarks.IdleMemory;
import offspring.benchmarks.compare.PythonPrograms;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.programs.Crew;
import offspring.benchmarks.programs.ExecutorPrograms;
import offspring.benchmarks.programs.Job;
import offspring.benchmarks.programs.PipePrograms;
import offspring.benchmarks.programs.PoolPrograms;
import offspring.benchmarks.programs.Program;
import offspring.benchmarks.programs.Sizing;
import offspring.core.function.CheckedSupplier;

/**
 * What happens to costs when sizes and numbers grow, beside CPython where there is one. Ours runs in this JVM, CPython's in a
 * process per point.
 */
public final class GrowthSuite {

    private static final int SMALLEST_MESSAGE = 8;
    private static final int LARGEST_MESSAGE = 1 << 26;
    private static final int SIZE_STEP = 8;
    private static final int COUNT_STEP = 10;
    private static final int TWO = 2;
    private static final double MEBIBYTE = 1 << 20;
    private static final double CALL_NANOS = 1e6;
    private static final int CALLS = 200;
    private static final int TRIVIAL_CALLS = 10_000;

    /** A hundred thousand submits at once take CPython more than ten seconds, each time. */
    private static final int MOST_PYTHON_SUBMITS = 10_000;

    /** So many at once that the question for the sum, and the answer to it, cost nothing beside them. */
    private static final int MOST_MESSAGES = 100_000;

    private static final int BYTES_AT_ONCE = 1 << 28;

    /** A call, or a message of CPython's, takes so many times longer, and is asked for no sum. */
    private static final int CALLS_FEWER = 20;

    /** Workers warm up one by one; beyond so many of them it would take too long, and the page says so. */
    private static final int MOST_WARM_UPS = 10;

    /** CPython compiles nothing while it runs: its caches and its children have to get warm, no more. */
    private static final int SHARE_OF_WARM_UP = 5;

    private final Scale scale;
    private final PythonPrograms rivals;
    private final PrintWriter log;
    private final Turns turns;

    /**
     * A suite.
     *
     * @param scale how much time it takes
     * @param rivals CPython, or none where there is none
     * @param log where it tells how far it is
     */
    public GrowthSuite(Scale scale, PythonPrograms rivals, PrintWriter log) {
        this.scale = scale;
        this.rivals = rivals;
        this.log = log;
        this.turns = new Turns(scale);
    }

    /**
     * What measures the wanted pictures, by the name of the part. Memory comes first: the other children of this JVM would be
     * counted too.
     *
     * @param wanted which pictures, by id
     */
    public Map<String, Callable<List<Curve>>> parts(Predicate<String> wanted) {
        Map<String, Callable<List<Curve>>> parts = new LinkedHashMap<>();
        if (wanted.test("worker-memory") && IdleMemory.canBeMeasured()) {
            parts.put("worker-memory", () -> new MemoryCurves(rivals, log).measure(counts(scale.mostWorkers())));
        }
        if (wanted.test("message-cost") || wanted.test("message-rate")) {
            parts.put("message-cost", this::messages);
        }
        if (wanted.test("task-cost")) {
            parts.put("task-cost", this::calls);
        }
        if (wanted.test("worker-cost")) {
            parts.put("worker-cost", this::workers);
        }
        return parts;
    }

    /** From 8 bytes on, eightfold each time, and the largest one. */
    static List<Integer> sizes(int largest) {
        return LongStream.concat(
                        LongStream.iterate(SMALLEST_MESSAGE, size -> size < largest, size -> SIZE_STEP * size),
                        LongStream.of(largest))
                .mapToObj(Math::toIntExact)
                .toList();
    }

    private List<Curve> messages() throws Exception {
        Curves costs = new Curves("message-cost");
        for (int size : sizes(LARGEST_MESSAGE)) {
            int messages = Math.max(1, Math.min(MOST_MESSAGES, BYTES_AT_ONCE / size));
            costs.add("Pipe, one way", size, ours(messages, scale.warmUp(), () -> PipePrograms.oneWayBytes(size)));
            int calls = Math.max(1, messages / CALLS_FEWER);
            costs.add(
                    "ProcessPool.apply, there and back",
                    size,
                    ours(calls, scale.warmUp(), () -> PoolPrograms.echoBytes(size)));
            if (rivals.areHere()) {
                costs.add("CPython Pipe, one way", size, theirs(calls, rivals.start("pipe_bytes", size)));
                costs.add("CPython Pool.apply", size, theirs(calls, rivals.start("pool_echo_bytes", size)));
            }
            tell("messages of " + size + " bytes");
        }
        List<Curve> curves = new ArrayList<>(costs.list());
        costs.list().forEach(cost -> curves.add(rate(cost)));
        return curves;
    }

    /** The same figures as MiB per second. */
    private static Curve rate(Curve cost) {
        return new Curve(
                "message-rate",
                cost.line(),
                cost.points().stream()
                        .map(point -> new Curve.Point(point.x(), rate(point.x(), point.y())))
                        .toList());
    }

    /** MiB per second of messages that take so many nanoseconds. */
    static Summary rate(double size, Summary nanos) {
        double mebibytes = size / MEBIBYTE * 1e9;
        return new Summary(mebibytes / nanos.median(), mebibytes / nanos.max(), mebibytes / nanos.min());
    }

    private List<Curve> calls() throws Exception {
        Curves curves = new Curves("task-cost");
        for (int count = 1; count <= scale.mostCalls(); count *= COUNT_STEP) {
            int most = count;
            curves.add("ProcessPool.map", most, ours(most, scale.warmUp(), () -> PoolPrograms.map(TWO, most)));
            curves.add(
                    "ProcessPoolExecutor.submit",
                    most,
                    ours(most, scale.warmUp(), () -> ExecutorPrograms.processesAtOnce(TWO, most)));
            curves.add(
                    "ThreadPoolExecutor.submit",
                    most,
                    ours(most, scale.warmUp(), () -> ExecutorPrograms.threadsAtOnce(TWO, most)));
            if (rivals.areHere()) {
                curves.add("CPython Pool.map", most, theirs(most, rivals.start("pool_map_of", TWO, most)));
            }
            if (rivals.areHere() && most <= MOST_PYTHON_SUBMITS) {
                Program submit = rivals.start("submit_at_once", TWO, most);
                curves.add("CPython ProcessPoolExecutor.submit", most, theirs(most, submit));
            }
            tell(most + " calls at once");
        }
        return curves.list();
    }

    /** One, two, four, … workers. */
    static List<Integer> counts(int most) {
        return IntStream.iterate(1, count -> count <= most, count -> 2 * count)
                .boxed()
                .toList();
    }

    private List<Curve> workers() throws Exception {
        Curves curves = new Curves("worker-cost");
        long size = Sizing.sizeOf(Job.SHA256, CALL_NANOS, scale.patience());
        for (int count : counts(scale.mostWorkers())) {
            Duration warmUp = scale.warmUp().multipliedBy(Math.min(count, MOST_WARM_UPS));
            curves.add(
                    "trivial call", count, ours(TRIVIAL_CALLS, warmUp, () -> PoolPrograms.map(count, TRIVIAL_CALLS)));
            curves.add("call of 1 ms", count, ours(CALLS, warmUp, () -> crew(Crew.processes(count), size)));
            if (rivals.areHere()) {
                Program map = rivals.start("pool_map_of", count, TRIVIAL_CALLS);
                curves.add("CPython Pool.map, trivial call", count, theirs(TRIVIAL_CALLS, map));
            }
            tell("calls by " + count + " workers");
        }
        return curves.list();
    }

    private static Program crew(Crew crew, long size) {
        return new Program() {
            @Override
            public long run(long operations) throws Exception {
                long start = System.nanoTime();
                crew.work(Job.SHA256, size, Math.toIntExact(operations));
                return System.nanoTime() - start;
            }

            @Override
            public void close() {
                crew.close();
            }
        };
    }

    private Summary ours(int operations, Duration warmUp, CheckedSupplier<Program> made) throws Exception {
        try (Program program = made.getChecked()) {
            return turns.nanosOf(program, operations, warmUp);
        }
    }

    private Summary theirs(int operations, Program started) throws Exception {
        try (Program program = started) {
            return turns.nanosOf(program, operations, scale.warmUp().dividedBy(SHARE_OF_WARM_UP));
        }
    }

    private void tell(String done) {
        log.println("measured: " + done);
        log.flush();
    }
}
