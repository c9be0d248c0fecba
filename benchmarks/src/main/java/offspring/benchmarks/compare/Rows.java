package offspring.benchmarks.compare;

import java.util.List;
import java.util.stream.Stream;
import offspring.benchmarks.programs.LockPrograms;
import offspring.benchmarks.programs.PipePrograms;
import offspring.benchmarks.programs.ProcessPrograms;
import offspring.benchmarks.programs.Program;
import offspring.benchmarks.programs.QueuePrograms;
import offspring.benchmarks.programs.RingPrograms;
import offspring.benchmarks.programs.SharedLockPrograms;
import offspring.benchmarks.programs.SharedQueuePrograms;
import offspring.benchmarks.programs.StandbyPrograms;
import offspring.benchmarks.programs.ThreadPrograms;
import offspring.core.function.CheckedSupplier;

/** All rows, in the order of the table, with the goals of DESIGN.md section 9. */
final class Rows {

    private static final int BOUND = 1024;

    private static final Goal LIKE_JUC = Goal.atMost(1.1);
    static final Goal NOT_SLOWER = Goal.atMost(1.0);
    private static final Goal HALF_THE_RATE = Goal.atMost(2.0);

    private Rows() {}

    static List<Row> all() {
        return Stream.of(
                        locks(),
                        queues(),
                        threads(),
                        pipes(),
                        bytes(),
                        sharedLocks(),
                        sharedQueues(),
                        processes(),
                        PoolRows.all(),
                        WorkloadRows.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The row with the given id. */
    static Row byId(String id) {
        return all().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row is named " + id + "; the rows are: "
                        + String.join(", ", all().stream().map(Row::id).toList())));
    }

    private static List<Row> locks() {
        return List.of(
                Row.of(
                                "lock",
                                "Lock, uncontended acquire + release",
                                new Entrant.Jvm("Lock", LockPrograms::lock),
                                python("threading.Lock", "lock").with(Figure.WARM, Goal.faster(4)),
                                jvm(new Entrant.Jvm("ReentrantLock", LockPrograms::reentrantLock)))
                        .with(Figure.WARM, 10_000),
                Row.of(
                                "rlock",
                                "RLock, uncontended acquire + release",
                                new Entrant.Jvm("RLock", LockPrograms::rlock),
                                python("threading.RLock", "rlock"),
                                jvm(new Entrant.Jvm("ReentrantLock", LockPrograms::reentrantLock)))
                        .with(Figure.WARM, 10_000),
                Row.of(
                                "semaphore",
                                "Semaphore, uncontended acquire + release",
                                new Entrant.Jvm("Semaphore", LockPrograms::semaphore),
                                python("threading.Semaphore", "semaphore"),
                                jvm(new Entrant.Jvm("j.u.c.Semaphore", LockPrograms::jucSemaphore)))
                        .with(Figure.WARM, 10_000));
    }

    private static List<Row> queues() {
        return List.of(
                queue("queue-1to1-unbounded", "Queue, one to one, unbounded, per item", 1, 0),
                queue("queue-1to1-bounded", "Queue, one to one, bound 1024, per item", 1, BOUND),
                queue("queue-2to2-unbounded", "Queue, two to two, unbounded, per item", 2, 0),
                queue("queue-2to2-bounded", "Queue, two to two, bound 1024, per item", 2, BOUND));
    }

    /** The faster of the JDK's two counts; its array queue has no unbounded form. */
    private static Row queue(String id, String title, int pairs, int capacity) {
        Entrant linked =
                new Entrant.Jvm("LinkedBlockingQueue", () -> QueuePrograms.linkedBlockingQueue(pairs, capacity));
        Rival juc = capacity == 0
                ? jvm(linked)
                : jvm(
                        linked,
                        new Entrant.Jvm("ArrayBlockingQueue", () -> QueuePrograms.arrayBlockingQueue(pairs, capacity)));
        String function = "queue_%dto%d_%s".formatted(pairs, pairs, capacity == 0 ? "unbounded" : "bounded");
        return Row.of(
                        id,
                        title,
                        new Entrant.Jvm("Queue", () -> QueuePrograms.queue(pairs, capacity)),
                        python("queue.Queue", function).with(Figure.WARM, Goal.faster(10)),
                        juc)
                .with(Figure.WARM, 10_000);
    }

    private static List<Row> threads() {
        return List.of(Row.of(
                        "thread-start",
                        "Thread, start + join",
                        new Entrant.Jvm("Thread", ThreadPrograms::thread),
                        python("threading.Thread", "thread_start"),
                        Rival.of(new Entrant.Jvm("java.lang.Thread", ThreadPrograms::javaLangThread)))
                .with(Figure.WARM, 100));
    }

    private static List<Row> pipes() {
        return List.of(
                Row.of(
                                "pipe-round-trip",
                                "Pipe, round trip of an int",
                                new Entrant.Jvm("Pipe", PipePrograms::roundTrip),
                                python("multiprocessing.Pipe", "pipe_round_trip")
                                        .with(Figure.WARM, Goal.faster(20))
                                        .with(Figure.IDLE, NOT_SLOWER))
                        .with(Figure.WARM, 1_000)
                        .with(Figure.FIRST, 100)
                        .with(Figure.IDLE, 1),
                Row.of(
                                "pipe-one-way",
                                "Pipe, one way, ints, per message",
                                new Entrant.Jvm("Pipe", PipePrograms::oneWay),
                                python("multiprocessing.Pipe", "pipe_one_way")
                                        .with(Figure.WARM, Goal.faster(30))
                                        .with(Figure.IDLE, NOT_SLOWER))
                        .with(Figure.WARM, 1_000)
                        .with(Figure.FIRST, 1_000)
                        .with(Figure.IDLE, 1),
                Row.of(
                                "pipe-echo-1mib",
                                "Pipe, echo of 1 MiB of bytes",
                                new Entrant.Jvm("Pipe", PipePrograms::echoMebibyte),
                                python("multiprocessing.Pipe", "pipe_echo_1mib")
                                        .with(Figure.WARM, Goal.faster(6))
                                        .with(Figure.IDLE, NOT_SLOWER))
                        .with(Figure.WARM, 50)
                        .with(Figure.FIRST, 10)
                        .with(Figure.IDLE, 1));
    }

    private static List<Row> bytes() {
        return List.of(
                bytes("pipe-bytes-32", "Pipe, one way, 32 bytes, per message", 32),
                bytes("pipe-bytes-1k", "Pipe, one way, 1 KiB, per message", 1 << 10),
                bytes("pipe-bytes-64k", "Pipe, one way, 64 KiB, per message", 1 << 16));
    }

    /** Beside a ring that spins, knows no process and survives no death, and beside the copying alone. */
    private static Row bytes(String id, String title, int size) {
        return Row.of(
                        id,
                        title,
                        new Entrant.Jvm("Pipe", () -> PipePrograms.oneWayBytes(size)),
                        Rival.of(
                                        agrona("OneToOneRingBuffer", () -> RingPrograms.oneToOne(size)),
                                        agrona("ManyToOneRingBuffer", () -> RingPrograms.manyToOne(size)))
                                .with(Figure.WARM, HALF_THE_RATE),
                        Rival.of(new Entrant.Jvm("memory copy, in and out", () -> RingPrograms.memoryCopy(size))))
                .with(Figure.WARM, 1_000);
    }

    private static Entrant.Jvm agrona(String name, CheckedSupplier<Program> program) {
        return new Entrant.Jvm(
                "Agrona " + name, program, List.of("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"));
    }

    private static List<Row> sharedLocks() {
        return List.of(
                Row.of(
                                "shared-lock",
                                "process Lock, uncontended",
                                new Entrant.Jvm("Lock", SharedLockPrograms::lock),
                                python("multiprocessing.Lock", "shared_lock").with(Figure.WARM, Goal.faster(2)))
                        .with(Figure.WARM, 10_000),
                Row.of(
                                "shared-semaphore",
                                "process Semaphore, uncontended",
                                new Entrant.Jvm("Semaphore", SharedLockPrograms::semaphore),
                                python("multiprocessing.Semaphore", "shared_semaphore"))
                        .with(Figure.WARM, 10_000),
                Row.of(
                                "shared-lock-contended",
                                "process Lock, wanted by two processes",
                                new Entrant.Jvm("Lock", SharedLockPrograms::contendedLock),
                                python("multiprocessing.Lock", "shared_lock_contended")
                                        .with(Figure.WARM, Goal.faster(5)))
                        .with(Figure.WARM, 1_000));
    }

    private static List<Row> sharedQueues() {
        return List.of(
                sharedQueue(
                        "process-queue-1to1",
                        "process Queue, one to one, ints, per item",
                        new Entrant.Jvm("Queue", SharedQueuePrograms::queue),
                        python("multiprocessing.Queue", "shared_queue_1to1")
                                .with(Figure.WARM, Goal.faster(20))
                                .with(Figure.IDLE, NOT_SLOWER)),
                Row.of(
                                "process-queue-2to2",
                                "process Queue, two to two, ints, per item",
                                new Entrant.Jvm("Queue", SharedQueuePrograms::queueTwoToTwo),
                                python("multiprocessing.Queue", "shared_queue_2to2")
                                        .with(Figure.WARM, Goal.faster(10)))
                        .with(Figure.WARM, 1_000),
                sharedQueue(
                        "process-simple-queue",
                        "process SimpleQueue, one to one, per item",
                        new Entrant.Jvm("SimpleQueue", SharedQueuePrograms::simpleQueue),
                        python("multiprocessing.SimpleQueue", "shared_simple_queue")),
                sharedQueue(
                        "process-joinable-queue",
                        "process JoinableQueue, one to one, per item",
                        new Entrant.Jvm("JoinableQueue", SharedQueuePrograms::joinableQueue),
                        python("multiprocessing.JoinableQueue", "shared_joinable_queue")));
    }

    private static Row sharedQueue(String id, String title, Entrant.Jvm ours, Rival rival) {
        return Row.of(id, title, ours, rival)
                .with(Figure.WARM, 1_000)
                .with(Figure.FIRST, 1_000)
                .with(Figure.IDLE, 1);
    }

    /** Fork and forkserver are shown beside spawn, which is what ours is to be measured by. */
    private static List<Row> processes() {
        return List.of(
                Row.of(
                                "process-standby",
                                "Process (STANDBY), start + join",
                                new Entrant.Jvm("Process", StandbyPrograms::process),
                                Rival.of(new Entrant.Python("CPython fork", "process_fork"))
                                        .with(Figure.WARM, NOT_SLOWER),
                                Rival.of(new Entrant.Python("CPython forkserver", "process_forkserver")))
                        .with(Figure.WARM, 4)
                        .with(Figure.FIRST, 1),
                Row.of(
                                "process-start",
                                "Process (SPAWN), start + join",
                                new Entrant.Jvm("Process", ProcessPrograms::process),
                                Rival.of(new Entrant.Python("CPython spawn", "process_spawn"))
                                        .with(Figure.WARM, NOT_SLOWER)
                                        .with(Figure.FIRST, NOT_SLOWER),
                                Rival.of(new Entrant.Python("CPython forkserver", "process_forkserver")),
                                Rival.of(new Entrant.Python("CPython fork", "process_fork")))
                        .with(Figure.WARM, 4)
                        .with(Figure.FIRST, 1));
    }

    static Rival python(String name, String function) {
        return Rival.of(new Entrant.Python("CPython " + name, function));
    }

    static Rival jvm(Entrant... entrants) {
        return Rival.of(entrants).with(Figure.WARM, LIKE_JUC);
    }
}
