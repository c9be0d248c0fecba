package offspring.benchmarks.curves;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.programs.Crew;
import offspring.benchmarks.programs.CrewKind;
import offspring.benchmarks.programs.Job;
import offspring.benchmarks.programs.Sizing;

/**
 * What workers are worth for the tasks of one job: everybody does the same tasks by turns, and each round's speed-up is of
 * times that lie seconds apart. The JVM that this runs in must run no other job, see {@link JobJvm}.
 */
final class JobSuite {

    private static final int TWO = 2;
    private static final int TASKS_OF_WORKER = 8;
    private static final int FEWEST_TASKS = 4;
    private static final int MOST_TASKS = 100_000;
    private static final double[] TASK_NANOS = {1e3, 1e4, 1e5, 1e6, 1e7, 1e8};

    private static final Set<CrewKind> ONE_BY_ONE =
            EnumSet.of(CrewKind.THREADS, CrewKind.VIRTUAL_THREADS, CrewKind.FORK_JOIN, CrewKind.PROCESSES);

    private static final Set<CrewKind> WITH_CHUNKS = EnumSet.complementOf(EnumSet.of(CrewKind.SEQUENTIAL));

    private final Scale scale;
    private final Job job;
    private final Turns turns;

    JobSuite(Scale scale, Job job) {
        this.scale = scale;
        this.job = job;
        this.turns = new Turns(scale);
    }

    /** The curves of this job in the picture with the given id. */
    List<Curve> measure(String plot) throws Exception {
        return switch (plot) {
            case SpeedupSuite.PAY -> bySize(new Curves(plot), crews(WITH_CHUNKS, TWO));
            case SpeedupSuite.PAY_JOBS -> bySize(new Curves(plot), Map.of(job.title(), Crew.processes(TWO)));
            default -> byWorkers(new Curves(plot));
        };
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

    private List<Curve> byWorkers(Curves curves) throws Exception {
        curves.add(CrewKind.SEQUENTIAL.title(), 1, new Summary(1, 1, 1));
        List<Integer> counts = workers(Runtime.getRuntime().availableProcessors());
        int tasks = TASKS_OF_WORKER * counts.get(counts.size() - 1);
        long size = sizeOf((double) scale.turn().toNanos() / tasks);
        for (int count : counts) {
            Map<String, Crew> crews = crews(ONE_BY_ONE, count);
            try {
                turns.warmUp(crews, job, size, tasks);
                turns.speedups(crews, job, size, tasks).forEach((name, speedup) -> curves.add(name, count, speedup));
            } finally {
                crews.values().forEach(Crew::close);
            }
        }
        return curves.list();
    }

    private static Map<String, Crew> crews(Set<CrewKind> kinds, int count) {
        Map<String, Crew> crews = new LinkedHashMap<>();
        kinds.stream().filter(CrewKind::isHere).forEach(kind -> crews.put(kind.title(), kind.of(count)));
        return crews;
    }

    private List<Curve> bySize(Curves curves, Map<String, Crew> crews) throws Exception {
        try {
            for (double nanos : TASK_NANOS) {
                long size = sizeOf(nanos);
                int tasks = tasks(nanos, scale.turn().toNanos());
                if (nanos == TASK_NANOS[0]) {
                    turns.warmUp(crews, job, size, tasks);
                }
                turns.speedups(crews, job, size, tasks).forEach((name, speedup) -> curves.add(name, nanos, speedup));
            }
        } finally {
            crews.values().forEach(Crew::close);
        }
        return curves.list();
    }

    private long sizeOf(double nanos) throws Exception {
        return Sizing.sizeOf(job, nanos, scale.patience());
    }

    /** How many tasks fill a turn; an even number, for two workers. */
    static int tasks(double nanos, long turnNanos) {
        long fitting = Math.round(turnNanos / nanos / TWO) * TWO;
        return (int) Math.max(FEWEST_TASKS, Math.min(MOST_TASKS, fitting));
    }
}
