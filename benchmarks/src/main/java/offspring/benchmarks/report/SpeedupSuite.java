package offspring.benchmarks.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.programs.Crew;
import offspring.benchmarks.programs.Job;

/**
 * What workers are worth for tasks that keep a processor busy: by their number, and by the size of a task. Everybody does
 * the same tasks by turns, and each round's speed-up is of times that lie seconds apart.
 */
final class SpeedupSuite {

    private static final int TWO = 2;
    private static final int TASKS_OF_WORKER = 8;
    private static final int FEWEST_TASKS = 4;
    private static final int MOST_TASKS = 100_000;
    private static final double[] TASK_NANOS = {1e3, 1e4, 1e5, 1e6, 1e7, 1e8};

    private final Scale scale;
    private final Predicate<String> wanted;
    private final PrintWriter log;

    SpeedupSuite(Scale scale, Predicate<String> wanted, PrintWriter log) {
        this.scale = scale;
        this.wanted = wanted;
        this.log = log;
    }

    List<Curve> measure() throws Exception {
        List<Curve> curves = new ArrayList<>();
        for (Job job : Job.values()) {
            if (wanted.test(Plot.speedupOf(job))) {
                curves.addAll(byWorkers(job));
            }
        }
        if (wanted.test("pay")) {
            curves.addAll(bySize());
        }
        if (wanted.test("pay-jobs")) {
            curves.addAll(byJob());
        }
        return curves;
    }

    /** From one worker to one more than there are processors; powers of two between where they are many. */
    static List<Integer> workers(int processors) {
        List<Integer> counts = new ArrayList<>(
                processors <= 8
                        ? IntStream.rangeClosed(1, processors).boxed().toList()
                        : IntStream.iterate(1, count -> count < processors, count -> 2 * count)
                                .boxed()
                                .toList());
        if (counts.get(counts.size() - 1) != processors) {
            counts.add(processors);
        }
        counts.add(processors + 1);
        return counts;
    }

    private List<Curve> byWorkers(Job job) throws Exception {
        Curves curves = new Curves(Plot.speedupOf(job));
        curves.add("sequential", 1, new Summary(1, 1, 1));
        List<Integer> counts = workers(Runtime.getRuntime().availableProcessors());
        int tasks = TASKS_OF_WORKER * counts.get(counts.size() - 1);
        Turns turns = new Turns(scale);
        long size = turns.sizeOf(job, (double) scale.turn().toNanos() / tasks);
        for (int count : counts) {
            Map<String, Crew> crews = crews(count);
            try {
                turns.speedups(crews, job, size, tasks).forEach((name, speedup) -> curves.add(name, count, speedup));
            } finally {
                crews.values().forEach(Crew::close);
            }
            tell(curves.plot() + ", " + count + " workers");
        }
        return curves.list();
    }

    private static Map<String, Crew> crews(int count) {
        Map<String, Crew> crews = new LinkedHashMap<>();
        crews.put("threads", Crew.threads(count));
        if (Crew.hasVirtualThreads()) {
            crews.put("virtual threads", Crew.virtualThreads(count));
        }
        crews.put("ForkJoinPool", Crew.forkJoin(count));
        crews.put("processes", Crew.processes(count));
        return crews;
    }

    private List<Curve> bySize() throws Exception {
        Map<String, Crew> crews = crews(TWO);
        crews.put("processes, in chunks", Crew.processesInChunks(TWO));
        return bySize(new Curves("pay"), Job.SHA256, crews);
    }

    private List<Curve> byJob() throws Exception {
        List<Curve> curves = new ArrayList<>();
        for (Job job : Job.values()) {
            curves.addAll(bySize(new Curves("pay-jobs"), job, Map.of(job.title(), Crew.processes(TWO))));
        }
        return curves;
    }

    private List<Curve> bySize(Curves curves, Job job, Map<String, Crew> crews) throws Exception {
        Turns turns = new Turns(scale);
        try {
            for (double nanos : TASK_NANOS) {
                long size = turns.sizeOf(job, nanos);
                turns.speedups(crews, job, size, tasks(nanos, scale.turn().toNanos()))
                        .forEach((name, speedup) -> curves.add(name, nanos, speedup));
            }
        } finally {
            crews.values().forEach(Crew::close);
        }
        tell(curves.plot() + ", " + job.title());
        return curves.list();
    }

    /** How many tasks fill a turn; an even number, for two workers. */
    static int tasks(double nanos, long turnNanos) {
        long fitting = Math.round(turnNanos / nanos / TWO) * TWO;
        return (int) Math.max(FEWEST_TASKS, Math.min(MOST_TASKS, fitting));
    }

    private void tell(String done) {
        log.println("measured: " + done);
        log.flush();
    }
}
