package offspring.benchmarks.workloads;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import offspring.benchmarks.programs.Program;
import offspring.futures.Parallel;
import offspring.multiprocessing.Array;
import offspring.multiprocessing.LongArray;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.multiprocessing.connection.Connection;

/**
 * B10, from the attic of Fluent Python: the packages lelo and python-parallelize, which make a process for each call and one
 * for each share of a loop. The calls sleep and tell their process; the processes are counted.
 */
public final class LoopWorkload {

    private static final int CALLS = 15;
    private static final long CALL_MILLIS = 200;

    private static final int ROUNDS = 12;
    private static final long ROUND_MILLIS = 50;
    private static final int WORKERS = 2;

    private LoopWorkload() {}

    /** A call in a process of its own. */
    private record Call(Process process, Connection answer) {}

    /** Fifteen calls of 0.2 s, all at once, each in a process of its own; an operation is all of them. */
    public static Program lelo() {
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                callAll();
            }
            return System.nanoTime() - start;
        };
    }

    private static void callAll() throws Exception {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(begin());
        }
        Set<Long> pids = new HashSet<>();
        for (Call call : calls) {
            try (Connection answer = call.answer()) {
                pids.add(answer.recv(Long.class));
            }
            call.process().join();
            Checks.equal(0, call.process().exitcode().orElseThrow(), "the exit code of a call's process");
        }
        Checks.equal(CALLS, pids.size(), "the number of processes");
    }

    private static Call begin() throws IOException {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process process = new Process(() -> loiter(there));
        process.start();
        there.close();
        return new Call(process, pipe.first());
    }

    private static void loiter(Connection answer) throws Exception {
        try (answer) {
            Thread.sleep(CALL_MILLIS);
            answer.send(ProcessHandle.current().pid());
        }
    }

    /**
     * Twelve rounds of a loop, spread over two processes; an operation is all of them, with the start and the end of the
     * processes. The rounds sleep a quarter of the published 0.2 s.
     */
    public static Program parallelize() {
        List<Integer> rounds = IntStream.range(0, ROUNDS).boxed().toList();
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                runAll(rounds);
            }
            return System.nanoTime() - start;
        };
    }

    private static void runAll(List<Integer> rounds) throws Exception {
        try (LongArray pids = Array.ofLong(ROUNDS);
                ProcessPoolExecutor executor = new ProcessPoolExecutor(WORKERS)) {
            Parallel.forEach(rounds, round -> loiter(pids, round), executor);
            Set<Long> different = new HashSet<>();
            for (long pid : pids.toArray()) {
                different.add(pid);
            }
            different.remove(0L); // a round that nobody ran
            Checks.equal(WORKERS, different.size(), "the number of processes");
            Checks.equal(
                    0L, IntStream.range(0, ROUNDS).filter(i -> pids.get(i) == 0).count(), "rounds not run");
        }
    }

    private static void loiter(LongArray pids, int round) throws InterruptedException {
        Thread.sleep(ROUND_MILLIS);
        pids.getAndAdd(round, ProcessHandle.current().pid());
    }
}
