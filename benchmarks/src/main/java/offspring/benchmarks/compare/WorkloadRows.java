package offspring.benchmarks.compare;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import offspring.benchmarks.programs.Program;
import offspring.benchmarks.workloads.BatchesWorkload;
import offspring.benchmarks.workloads.ClassicConditions;
import offspring.benchmarks.workloads.ClassicReads;
import offspring.benchmarks.workloads.ClassicStrings;
import offspring.benchmarks.workloads.CryptoWorkload;
import offspring.benchmarks.workloads.LatencyWorkload;
import offspring.benchmarks.workloads.LogsWorkload;
import offspring.benchmarks.workloads.LoopWorkload;
import offspring.benchmarks.workloads.PrimesWorkload;
import offspring.benchmarks.workloads.RecyclingWorkload;
import offspring.benchmarks.workloads.ShutdownWorkload;
import offspring.benchmarks.workloads.Sleeps;
import offspring.core.function.CheckedSupplier;

/** The rows of published workloads; see {@link offspring.benchmarks.workloads}. The design has no goals for them. */
final class WorkloadRows {

    /** The published counts of workers. */
    private static final int MOST_WORKERS = 4;

    private WorkloadRows() {}

    static List<Row> all() {
        return Stream.of(
                        textbooks(),
                        loops(),
                        batches(),
                        latency(),
                        lives(),
                        classicMessages(),
                        classicReads(),
                        classicConditions())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> textbooks() {
        Row logs = row(
                        "logs",
                        "B6 Ray#21343, pool made, two logarithms of 1000",
                        LogsWorkload::map,
                        python("Pool, spawn", "logs_spawn"),
                        python("Pool, fork", "logs_fork"))
                .with(Figure.WARM, 1)
                .with(Figure.FIRST, 1);
        Row sha256 = row(
                        "sha256",
                        "B8 Fluent Python SHA-256, 12 × 2^20 B, 2 workers",
                        () -> CryptoWorkload.sha256(2),
                        python("ProcessPoolExecutor", "sha256"))
                .with(Figure.WARM, 1);
        Row queue = row(
                        "primes-queue",
                        "B9 Fluent Python primes, queues, 2 workers",
                        PrimesWorkload::queues,
                        python("SimpleQueue", "primes_queue"))
                .with(Figure.WARM, 1);
        Row map = row(
                        "primes-map",
                        "B9 Fluent Python primes, map, 2 workers",
                        PrimesWorkload::map,
                        python("ProcessPoolExecutor", "primes_map"))
                .with(Figure.WARM, 1);
        return Stream.of(Stream.of(logs), arcfour(), Stream.of(sha256, queue, map))
                .flatMap(rows -> rows)
                .toList();
    }

    /** One and two workers everywhere, four where there are as many processors. */
    private static Stream<Row> arcfour() {
        int processors = Runtime.getRuntime().availableProcessors();
        return IntStream.of(1, 2, MOST_WORKERS)
                .filter(workers -> workers <= 2 || workers <= processors)
                .mapToObj(workers -> row(
                                "arcfour-" + workers,
                                "B7 Fluent Python arcfour, 12 jobs, %d worker%s"
                                        .formatted(workers, workers == 1 ? "" : "s"),
                                () -> CryptoWorkload.arcfour(workers),
                                python("ProcessPoolExecutor", "arcfour_" + workers))
                        .with(Figure.WARM, 1));
    }

    private static List<Row> loops() {
        return List.of(
                row(
                                "lelo",
                                "B10 lelo, 15 calls of 0.2 s, a process each",
                                LoopWorkload::lelo,
                                python("Process, spawn", "lelo_spawn"),
                                python("Process, fork", "lelo_fork"))
                        .with(Figure.WARM, 1),
                row(
                                "parallelize",
                                "B10 parallelize, 12 rounds of 50 ms, 2 workers",
                                LoopWorkload::parallelize,
                                python("Process, spawn", "parallelize_spawn"),
                                python("Process, fork", "parallelize_fork"))
                        .with(Figure.WARM, 1));
    }

    private static List<Row> batches() {
        return List.of(
                batch("normal", "B12 joblib, 5000 sleeps, normal", Sleeps::normal),
                batch("constant", "B12 joblib, 5000 sleeps of their mean", Sleeps::constant),
                batch("wave", "B12 joblib, 300 sleeps on a cos^8 wave", Sleeps::wave),
                batch("shuffled", "B12 joblib, the wave's sleeps shuffled", Sleeps::shuffled),
                row(
                                "batches-large",
                                "B12 joblib, 20 MB in, 100 kB out, per task",
                                BatchesWorkload::large,
                                python("Pool.imap", "batches_large"))
                        .with(Figure.WARM, 1));
    }

    private static Row batch(String kind, String title, Supplier<List<Long>> sleeps) {
        return row(
                        "batches-" + kind,
                        title,
                        () -> BatchesWorkload.sleeping(sleeps.get()),
                        python("Pool.map", "batches_" + kind),
                        python("Pool.imap, one by one", "batches_%s_imap".formatted(kind)))
                .with(Figure.WARM, 1);
    }

    private static List<Row> latency() {
        return List.of(
                row(
                                "latency-first",
                                "B16 trio-parallel, first call, with the start",
                                LatencyWorkload::first,
                                python("Executor, spawn", "latency_first_spawn"),
                                python("Executor, fork", "latency_first_fork"))
                        .with(Figure.FIRST, 1),
                row(
                                "latency-second",
                                "B16 trio-parallel, second call",
                                LatencyWorkload::second,
                                python("ProcessPoolExecutor", "latency_second"))
                        .with(Figure.FIRST, 1),
                row(
                                "latency-return",
                                "B16 trio-parallel, return of 10^8 bytes",
                                LatencyWorkload::largeReturn,
                                python("ProcessPoolExecutor", "latency_return"))
                        .with(Figure.WARM, 1));
    }

    /**
     * A program stops its pool once: that row has no warm figure. Recycling is not shown beside a CPython that forks: its pool
     * forks the replacements from a thread, which CPython itself warns of.
     */
    private static List<Row> lives() {
        return List.of(
                row(
                                "recycle-25",
                                "B18 bbot#3375, 250 calls in lives of 25",
                                () -> RecyclingWorkload.calls(25, 1),
                                python("Pool, spawn", "recycle_25_spawn"),
                                python("Pool, forkserver", "recycle_25_forkserver"),
                                jvm("ours without standbys", () -> RecyclingWorkload.calls(25, 0)),
                                jvm("ours with four standbys", () -> RecyclingWorkload.calls(25, 4)))
                        .with(Figure.WARM, 1),
                row(
                                "recycle-250",
                                "B18 bbot#3375, 2500 calls in lives of 250",
                                () -> RecyclingWorkload.calls(250, 1),
                                python("Pool, spawn", "recycle_250_spawn"),
                                python("Pool, forkserver", "recycle_250_forkserver"))
                        .with(Figure.WARM, 1),
                row(
                                "stuck",
                                "B19 terminate + join, one of 2 workers stuck",
                                ShutdownWorkload::terminate,
                                python("Pool", "stuck"))
                        .with(Figure.FIRST, 1));
    }

    private static List<Row> classicMessages() {
        return List.of(
                row(
                                "classic-queue-thread",
                                "B11 256 characters, Queue of threads",
                                ClassicStrings::threadQueue,
                                python("queue.Queue", "classic_queue_thread"))
                        .with(Figure.WARM, 10_000),
                row(
                                "classic-queue-process",
                                "B11 256 characters, Queue of processes",
                                ClassicStrings::processQueue,
                                python("multiprocessing.Queue", "classic_queue_process"))
                        .with(Figure.WARM, 1_000),
                row(
                                "classic-pipe",
                                "B11 256 characters, Pipe",
                                ClassicStrings::pipe,
                                python("multiprocessing.Pipe", "classic_pipe"))
                        .with(Figure.WARM, 1_000));
    }

    private static List<Row> classicReads() {
        return List.of(
                row(
                                "classic-array",
                                "B11 read of an element, shared Array",
                                ClassicReads::array,
                                python("Array, lock=False", "classic_array"),
                                python("list, not shared", "classic_list"))
                        .with(Figure.WARM, 10_000),
                row(
                                "classic-array-locked",
                                "B11 read of an element, under the Array's lock",
                                ClassicReads::lockedArray,
                                python("Array", "classic_array_locked"))
                        .with(Figure.WARM, 10_000),
                row(
                                "classic-rlock",
                                "B11 RLock of processes, acquire + release",
                                ClassicReads::processRLock,
                                python("multiprocessing.RLock", "classic_rlock"))
                        .with(Figure.WARM, 10_000));
    }

    private static List<Row> classicConditions() {
        return List.of(
                condition("thread-lock", "threads, over Lock", ClassicConditions::threadsOverLock),
                condition("thread-rlock", "threads, over RLock", ClassicConditions::threadsOverRLock),
                condition("process-lock", "processes, over Lock", ClassicConditions::processesOverLock),
                condition("process-rlock", "processes, over RLock", ClassicConditions::processesOverRLock));
    }

    private static Row condition(String kind, String whose, CheckedSupplier<Program> ours) {
        String module = kind.startsWith("thread") ? "threading" : "multiprocessing";
        return row(
                        "classic-condition-" + kind,
                        "B11 Condition, there and back, " + whose,
                        ours,
                        python(module + ".Condition", "classic_condition_" + kind.replace('-', '_')))
                .with(Figure.WARM, 100);
    }

    private static Row row(String id, String title, CheckedSupplier<Program> ours, Rival... rivals) {
        return Row.of("workload-" + id, title, new Entrant.Jvm("ours", ours), rivals);
    }

    private static Rival python(String name, String function) {
        return Rows.python(name, function);
    }

    private static Rival jvm(String name, CheckedSupplier<Program> program) {
        return Rival.of(new Entrant.Jvm(name, program));
    }
}
