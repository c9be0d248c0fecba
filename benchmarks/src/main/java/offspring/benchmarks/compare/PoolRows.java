package offspring.benchmarks.compare;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import offspring.benchmarks.programs.ExecutorPrograms;
import offspring.benchmarks.programs.PoolPrograms;
import offspring.benchmarks.programs.Program;
import offspring.benchmarks.programs.RivalExecutors;
import offspring.benchmarks.programs.SpeedupPrograms;
import offspring.benchmarks.programs.StandbyPrograms;

/** The rows of pools and executors. Pools of processes have two workers here as there, but where one is said. */
final class PoolRows {

    private static final Goal SHARED_BY_TWO = Goal.faster(1.85);

    private PoolRows() {}

    static List<Row> all() {
        return Stream.of(pools(), executors(), speedups(), threads())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> pools() {
        return List.of(
                Row.of(
                                "pool-start",
                                "Pool of two (SPAWN), made to first result",
                                new Entrant.Jvm("ProcessPool", PoolPrograms::start),
                                Rival.of(new Entrant.Python("CPython spawn", "pool_start_spawn"))
                                        .with(Figure.WARM, Rows.NOT_SLOWER)
                                        .with(Figure.FIRST, Rows.NOT_SLOWER),
                                Rival.of(new Entrant.Python("CPython forkserver", "pool_start_forkserver")),
                                Rival.of(new Entrant.Python("CPython fork", "pool_start_fork")))
                        .with(Figure.WARM, 2)
                        .with(Figure.FIRST, 1),
                Row.of(
                                "pool-standby",
                                "Pool of two (STANDBY), made to first result",
                                new Entrant.Jvm("ProcessPool", StandbyPrograms::pool),
                                Rival.of(new Entrant.Python("CPython forkserver", "pool_start_forkserver"))
                                        .with(Figure.WARM, Rows.NOT_SLOWER),
                                Rival.of(new Entrant.Python("CPython fork", "pool_start_fork")))
                        .with(Figure.WARM, 2)
                        .with(Figure.FIRST, 1),
                Row.of(
                                "pool-map",
                                "Pool.map of a trivial function, per item",
                                new Entrant.Jvm("ProcessPool.map", PoolPrograms::map),
                                Rows.python("Pool.map", "pool_map").with(Figure.WARM, Goal.faster(2)))
                        .with(Figure.WARM, 1_000),
                Row.of(
                                "pool-imap",
                                "Pool.imap, one by one, per item",
                                new Entrant.Jvm("ProcessPool.imap", PoolPrograms::imap),
                                Rows.python("Pool.imap", "pool_imap").with(Figure.WARM, Goal.faster(15)))
                        .with(Figure.WARM, 1_000),
                Row.of(
                                "pool-apply",
                                "Pool.apply, there and back",
                                new Entrant.Jvm("ProcessPool.apply", PoolPrograms::apply),
                                Rows.python("Pool.apply", "pool_apply")
                                        .with(Figure.WARM, Goal.faster(15))
                                        .with(Figure.IDLE, Rows.NOT_SLOWER))
                        .with(Figure.WARM, 100)
                        .with(Figure.FIRST, 100)
                        .with(Figure.IDLE, 1),
                Row.of(
                                "pool-echo-1mib",
                                "Pool.apply, 1 MiB of bytes, there and back",
                                new Entrant.Jvm("ProcessPool.apply", PoolPrograms::echoMebibyte),
                                Rows.python("Pool.apply", "pool_echo_1mib").with(Figure.WARM, Goal.faster(5)))
                        .with(Figure.WARM, 10));
    }

    private static List<Row> executors() {
        return List.of(
                Row.of(
                                "executor-submit",
                                "ProcessPoolExecutor, submit to result",
                                new Entrant.Jvm("ProcessPoolExecutor", () -> ExecutorPrograms.processes(2)),
                                Rows.python("ProcessPoolExecutor", "executor_submit")
                                        .with(Figure.WARM, Goal.faster(20))
                                        .with(Figure.IDLE, Rows.NOT_SLOWER))
                        .with(Figure.WARM, 100)
                        .with(Figure.FIRST, 100)
                        .with(Figure.IDLE, 1),
                Row.of(
                                "executor-submit-many",
                                "ProcessPoolExecutor, 1000 at once, per call",
                                new Entrant.Jvm("ProcessPoolExecutor", () -> ExecutorPrograms.processesAtOnce(2)),
                                Rows.python("ProcessPoolExecutor", "executor_submit_many"))
                        .with(Figure.WARM, 1_000),
                Row.of(
                                "executor-one-worker",
                                "one child JVM, submit to result",
                                new Entrant.Jvm("ProcessPoolExecutor", () -> ExecutorPrograms.processes(1)),
                                Rival.of(
                                                new Entrant.Jvm(
                                                        "PP4J", () -> RivalExecutors.oneByOne(RivalExecutors.pp4j())),
                                                new Entrant.Jvm(
                                                        "out-process",
                                                        () -> RivalExecutors.oneByOne(RivalExecutors.outProcess())))
                                        .with(Figure.WARM, Goal.faster(15)))
                        .with(Figure.WARM, 10));
    }

    /** One operation makes each job of a turn a little larger: {@code --turn 12} makes jobs of about a second. */
    private static List<Row> speedups() {
        return List.of(
                speedup("speedup-arcfour", "arcfour, 12 jobs, two workers", 50, SpeedupPrograms::arcfour),
                speedup("speedup-sha256", "SHA-256, 12 jobs, two workers", 50, SpeedupPrograms::sha256),
                speedup("speedup-primes", "20 numbers, prime checks, two workers", 1, SpeedupPrograms::primes));
    }

    private static Row speedup(String id, String title, int operations, IntFunction<Program> program) {
        return Row.of(
                        id,
                        title,
                        new Entrant.Jvm("two workers", () -> program.apply(2)),
                        Rival.of(new Entrant.Jvm("one worker", () -> program.apply(1)))
                                .with(Figure.WARM, SHARED_BY_TWO))
                .with(Figure.WARM, operations);
    }

    private static List<Row> threads() {
        return List.of(
                Row.of(
                                "thread-executor",
                                "ThreadPoolExecutor, submit to result",
                                new Entrant.Jvm("ThreadPoolExecutor", ExecutorPrograms::threads),
                                Rows.python("ThreadPoolExecutor", "thread_executor"),
                                Rows.jvm(new Entrant.Jvm("j.u.c.ThreadPoolExecutor", ExecutorPrograms::jucThreads)))
                        .with(Figure.WARM, 1_000),
                Row.of(
                                "thread-executor-many",
                                "ThreadPoolExecutor, 1000 at once, per call",
                                new Entrant.Jvm("ThreadPoolExecutor", ExecutorPrograms::threadsAtOnce),
                                Rows.python("ThreadPoolExecutor", "thread_executor_many"),
                                Rows.jvm(new Entrant.Jvm(
                                        "j.u.c.ThreadPoolExecutor", ExecutorPrograms::jucThreadsAtOnce)))
                        .with(Figure.WARM, 1_000));
    }
}
