package offspring.benchmarks.jmh.suites;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import offspring.benchmarks.jmh.LockBenchmark;
import offspring.benchmarks.jmh.PipeBenchmark;
import offspring.benchmarks.jmh.PoolBenchmark;
import offspring.benchmarks.jmh.ProcessQueueBenchmark;
import offspring.benchmarks.jmh.QueueBenchmark;
import offspring.benchmarks.jmh.RLockBenchmark;
import offspring.benchmarks.jmh.SemaphoreBenchmark;
import offspring.benchmarks.jmh.SharedLockBenchmark;
import offspring.benchmarks.jmh.SpeedupBenchmark;
import offspring.benchmarks.jmh.StartBenchmark;
import offspring.benchmarks.jmh.ThreadBenchmark;
import offspring.benchmarks.programs.CrewKind;
import offspring.benchmarks.programs.Job;
import offspring.benchmarks.programs.Sizing;

/** What is published of JMH's benchmarks: a section of the report with a picture each, in the order of the page. */
public enum JmhSuite {

    /** One JVM's locks. */
    LOCKS(
            "jmh-locks",
            "JMH: locks and semaphores in one JVM",
            Form.LINEAR,
            "Acquired and released at once, alone and by two threads that do nothing else. Alone, ours cost what the JDK's do."
                    + " Two threads that do nothing but want a lock are rare in programs.") {
        @Override
        List<JmhRun> runs(boolean quick) {
            return List.of(timed(quick, Map.of(), LockBenchmark.class, RLockBenchmark.class, SemaphoreBenchmark.class));
        }

        @Override
        JmhFigure.Label label(String benchmark, Map<String, String> params) {
            return Labels.ofLock(benchmark);
        }
    },

    /** One JVM's queues. */
    QUEUES(
            "jmh-queues",
            "JMH: queues in one JVM",
            Form.LINEAR,
            "An item from producers to consumers through a queue of at most 1024. One to one, ours is ahead of both of the JDK's; two"
                    + " to two, they are close.") {
        @Override
        List<JmhRun> runs(boolean quick) {
            return List.of(timed(quick, Map.of("capacity", List.of("1024")), QueueBenchmark.class));
        }

        @Override
        JmhFigure.Label label(String benchmark, Map<String, String> params) {
            return Labels.ofQueue(params);
        }
    },

    /** Pipes between processes. */
    PIPES(
            "jmh-pipes",
            "JMH: messages through a pipe to a child",
            Form.LOGARITHMIC,
            "One way, messages follow each other through the ring, and a kibibyte costs little more than an int; there and back, each"
                    + " waits for the other process, which costs several times as much.") {
        @Override
        List<JmhRun> runs(boolean quick) {
            return List.of(withChildren(quick, Map.of(), PipeBenchmark.class));
        }

        @Override
        JmhFigure.Label label(String benchmark, Map<String, String> params) {
            return Labels.ofMethod(benchmark, "Pipe");
        }
    },

    /** Queues between processes. */
    PROCESS_QUEUES(
            "jmh-process-queues",
            "JMH: queues between processes",
            Form.LINEAR,
            "An int from one process to another. `SimpleQueue` writes it at once; `Queue` has a feeder thread between, which sends several"
                    + " at a time; `JoinableQueue` counts each item as well. Where the interval is wide, an iteration met a pause.") {
        @Override
        List<JmhRun> runs(boolean quick) {
            return List.of(withChildren(quick, Map.of(), ProcessQueueBenchmark.class));
        }

        @Override
        JmhFigure.Label label(String benchmark, Map<String, String> params) {
            return Labels.ofMethod(benchmark, "queue");
        }
    },

    /** Locks between processes. */
    SHARED_LOCKS(
            "jmh-shared-locks",
            "JMH: locks between processes",
            Form.LOGARITHMIC,
            "A lock in shared memory that nobody else wants costs little more than one of the JVM. Where two processes want it all the"
                    + " time, it costs a few times as much.") {
        @Override
        List<JmhRun> runs(boolean quick) {
            return List.of(withChildren(quick, Map.of(), SharedLockBenchmark.class));
        }

        @Override
        JmhFigure.Label label(String benchmark, Map<String, String> params) {
            return Labels.ofMethod(benchmark, "lock");
        }
    },

    /** Pools and executors. */
    POOLS(
            "jmh-pools",
            "JMH: trivial calls in pools",
            Form.LOGARITHMIC,
            "What a call costs that does nothing. One at a time it is a round trip between processes; many at once share it,"
                    + " most of all in the chunks of `map`.") {
        @Override
        List<JmhRun> runs(boolean quick) {
            return List.of(withChildren(quick, Map.of(), PoolBenchmark.class));
        }

        @Override
        JmhFigure.Label label(String benchmark, Map<String, String> params) {
            return Labels.ofMethod(benchmark, "call");
        }
    },

    /** Starts of threads and processes. */
    STARTS(
            "jmh-starts",
            "JMH: starts of threads and processes",
            Form.LOGARITHMIC,
            "Made, started and joined. A process is a JVM: starting one takes hundreds of times as long as a thread, and a JVM"
                    + " that stands by takes most of that off.") {
        @Override
        List<JmhRun> runs(boolean quick) {
            JmhRun.Effort shots = quick
                    ? new JmhRun.Effort(1, 1, 3, SHORT)
                    : new JmhRun.Effort(FORKS, WARM_UPS + 1, SHOTS, ITERATION);
            return List.of(
                    timed(quick, Map.of(), ThreadBenchmark.class),
                    new JmhRun(List.of(StartBenchmark.class), Map.of(), shots));
        }

        @Override
        JmhFigure.Label label(String benchmark, Map<String, String> params) {
            return Labels.ofStart(benchmark, params);
        }
    },

    /** What workers are worth. */
    SPEEDUP(
            "jmh-speedup",
            "JMH: tasks of 100 µs by two workers",
            Form.LINEAR,
            "The time from task to task where two workers share many: half of the sequential time at best. Each crew is alone in"
                    + " its JVM; all do tasks of one size, which one warm thread has found out before.") {
        @Override
        List<JmhRun> runs(boolean quick) throws Exception {
            List<String> crews = Arrays.stream(CrewKind.values())
                    .filter(crew -> crew.isHere() && !PROCESSES.contains(crew))
                    .map(CrewKind::name)
                    .toList();
            JmhRun.Effort effort = quick ? SMALL_EFFORT : new JmhRun.Effort(1, WARM_UPS, ITERATIONS, ITERATION);
            List<JmhRun> runs = new ArrayList<>();
            for (Job job : Job.values()) {
                long size = Sizing.sizeOf(job, TASK_NANOS, SIZING);
                runs.add(new JmhRun(List.of(SpeedupBenchmark.class), tasks(job, size, crews), effort));
                runs.add(withChildren(
                        quick, tasks(job, size, List.of(CrewKind.PROCESSES.name())), SpeedupBenchmark.class));
            }
            return runs;
        }

        private static Map<String, List<String>> tasks(Job job, long size, List<String> crews) {
            return Map.of(
                    "job", List.of(job.name()),
                    "crew", crews,
                    "taskMicros", List.of("100"),
                    "size", List.of(Long.toString(size)));
        }

        @Override
        JmhFigure.Label label(String benchmark, Map<String, String> params) {
            return Labels.ofCrew(params);
        }
    };

    /** How times are drawn. */
    public enum Form {

        /** Bars from 0. */
        LINEAR,

        /** Bars from a power of ten, where times differ too much. */
        LOGARITHMIC
    }

    private static final Set<CrewKind> PROCESSES = EnumSet.of(CrewKind.PROCESSES, CrewKind.PROCESSES_IN_CHUNKS);
    private static final int FORKS = 2;
    private static final int WARM_UPS = 2;

    /** Calls and messages reach their speed only after seconds: both sides compile their way first. */
    private static final int WARM_UPS_WITH_CHILDREN = 12;

    private static final int ITERATIONS = 4;
    private static final int SHOTS = 12;
    private static final Duration ITERATION = Duration.ofMillis(250);
    private static final double TASK_NANOS = 1e5;
    private static final Duration SIZING = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final JmhRun.Effort SMALL_EFFORT = new JmhRun.Effort(1, 1, 3, SHORT);

    private final String id;
    private final String title;
    private final Form form;
    private final String text;

    JmhSuite(String id, String title, Form form, String text) {
        this.id = id;
        this.title = title;
        this.form = form;
        this.text = text;
    }

    /** The name of its picture. */
    public String id() {
        return id;
    }

    /** The title of its section. */
    public String title() {
        return title;
    }

    /** How its times are drawn. */
    public Form form() {
        return form;
    }

    /** What is seen. */
    public String text() {
        return text;
    }

    /** What JMH is asked to run. */
    abstract List<JmhRun> runs(boolean quick) throws Exception;

    /** What the picture calls a figure. */
    abstract JmhFigure.Label label(String benchmark, Map<String, String> params);

    private static JmhRun withChildren(boolean quick, Map<String, List<String>> params, Class<?> benchmark) {
        JmhRun.Effort effort =
                quick ? SMALL_EFFORT : new JmhRun.Effort(1, WARM_UPS_WITH_CHILDREN, ITERATIONS + 1, ITERATION);
        return new JmhRun(List.of(benchmark), params, effort);
    }

    private static JmhRun timed(boolean quick, Map<String, List<String>> params, Class<?>... benchmarks) {
        JmhRun.Effort effort = quick ? SMALL_EFFORT : new JmhRun.Effort(FORKS, WARM_UPS, ITERATIONS, ITERATION);
        return new JmhRun(List.of(benchmarks), params, effort);
    }
}
