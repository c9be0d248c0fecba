package offspring.benchmarks.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import offspring.benchmarks.IdleMemory;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.programs.Crew;
import offspring.benchmarks.programs.ExecutorPrograms;
import offspring.benchmarks.programs.Job;
import offspring.benchmarks.programs.PipePrograms;
import offspring.benchmarks.programs.PoolPrograms;
import offspring.benchmarks.programs.Program;
import offspring.core.function.CheckedSupplier;

/** What happens to costs when sizes and numbers grow. */
final class GrowthSuite {

    private static final int SMALLEST_MESSAGE = 8;
    private static final int SIZE_STEP = 8;
    private static final int COUNT_STEP = 10;
    private static final int TWO = 2;
    private static final double MEBIBYTE = 1 << 20;
    private static final double KIB_OF_MB = 1024;
    private static final double CALL_NANOS = 1e6;
    private static final int CALLS = 200;
    private static final int TRIVIAL_CALLS = 10_000;

    private final Scale scale;
    private final Predicate<String> wanted;
    private final PrintWriter log;
    private final Turns turns;

    GrowthSuite(Scale scale, Predicate<String> wanted, PrintWriter log) {
        this.scale = scale;
        this.wanted = wanted;
        this.log = log;
        this.turns = new Turns(scale);
    }

    List<Curve> measure() throws Exception {
        List<Curve> curves = new ArrayList<>();
        // memory first: the other children of this JVM would be counted too
        if (wanted.test("worker-memory") && IdleMemory.canBeMeasured()) {
            curves.addAll(memory());
        }
        if (wanted.test("message-cost") || wanted.test("message-rate")) {
            curves.addAll(messages());
        }
        if (wanted.test("task-cost")) {
            curves.addAll(calls());
        }
        if (wanted.test("worker-cost")) {
            curves.addAll(workers());
        }
        return curves;
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
        Curves rates = new Curves("message-rate");
        for (int size : sizes(scale.largestMessage())) {
            message(costs, rates, "Pipe, one way", size, () -> PipePrograms.oneWayBytes(size));
            message(costs, rates, "ProcessPool.apply, there and back", size, () -> PoolPrograms.echoBytes(size));
            tell("messages of " + Plot.bytes(size));
        }
        List<Curve> curves = new ArrayList<>(costs.list());
        curves.addAll(rates.list());
        return curves;
    }

    private void message(Curves costs, Curves rates, String line, int size, CheckedSupplier<Program> made)
            throws Exception {
        try (Program program = made.getChecked()) {
            Summary nanos = turns.nanosOf(program, Math.max(1, Math.min(1_000, (1 << 22) / size)));
            costs.add(line, size, nanos);
            rates.add(line, size, rate(size, nanos));
        }
    }

    /** MiB per second of messages that take so many nanoseconds. */
    static Summary rate(int size, Summary nanos) {
        double mebibytes = size / MEBIBYTE * 1e9;
        return new Summary(mebibytes / nanos.median(), mebibytes / nanos.max(), mebibytes / nanos.min());
    }

    private List<Curve> calls() throws Exception {
        Curves curves = new Curves("task-cost");
        for (int count = 1; count <= scale.mostCalls(); count *= COUNT_STEP) {
            int most = count;
            calls(curves, "ProcessPool.map", most, most, () -> PoolPrograms.map(TWO, most));
            calls(curves, "ProcessPoolExecutor.submit", most, most, () -> ExecutorPrograms.processesAtOnce(TWO, most));
            calls(curves, "ThreadPoolExecutor.submit", most, most, () -> ExecutorPrograms.threadsAtOnce(TWO, most));
            tell(most + " calls at once");
        }
        return curves.list();
    }

    private void calls(Curves curves, String line, int x, int calls, CheckedSupplier<Program> made) throws Exception {
        try (Program program = made.getChecked()) {
            curves.add(line, x, turns.nanosOf(program, calls));
        }
    }

    /** One, two, four, … workers. */
    static List<Integer> counts(int most) {
        return IntStream.iterate(1, count -> count <= most, count -> 2 * count)
                .boxed()
                .toList();
    }

    private List<Curve> workers() throws Exception {
        Curves curves = new Curves("worker-cost");
        long size = turns.sizeOf(Job.SHA256, CALL_NANOS);
        for (int count : counts(scale.mostWorkers())) {
            calls(curves, "trivial call", count, TRIVIAL_CALLS, () -> PoolPrograms.map(count, TRIVIAL_CALLS));
            calls(curves, "call of 1 ms", count, CALLS, () -> crew(Crew.processes(count), size));
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

    private List<Curve> memory() throws Exception {
        Curves curves = new Curves("worker-memory");
        for (int count : counts(scale.mostWorkers())) {
            memory(curves, "ProcessPool", count, IdleMemory.ofPool(count));
            memory(curves, "standing by", count, IdleMemory.ofReserve(count));
            tell("memory of " + count + " workers");
        }
        return curves.list();
    }

    private static void memory(Curves curves, String line, int count, long... kib) {
        if (kib.length > 0) {
            curves.add(
                    line,
                    count,
                    Summary.of(Arrays.stream(kib)
                            .mapToObj(each -> each / KIB_OF_MB)
                            .toList()));
        }
    }

    private void tell(String done) {
        log.println("measured: " + done);
        log.flush();
    }
}
