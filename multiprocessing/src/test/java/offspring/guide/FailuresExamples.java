package offspring.guide;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import offspring.futures.Outcome;
import offspring.futures.Pool;
import offspring.multiprocessing.Certainty;
import offspring.multiprocessing.Event;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.WorkerLostException;
import offspring.multiprocessing.WorkerTrace;
import offspring.testkit.JvmCrash;

/** The Java of docs/guide/failures.md, run by {@link GuideTest}. */
final class FailuresExamples {

    private FailuresExamples() {}

    static void exits(PrintStream out) throws Exception {
        ProcessOptions quiet = ProcessOptions.builder().errors(Redirect.DISCARD).build();
        // region exits
        Event forever = new Event();
        Process throwing = Process.builder()
                .target(() -> Integer.parseInt("x"))
                .options(quiet)
                .build();
        Process exiting = new Process(() -> System.exit(3));
        Process killed = new Process(() -> forever.await());
        for (Process process : List.of(throwing, exiting, killed)) process.start();
        killed.kill();
        for (Process process : List.of(throwing, exiting, killed)) {
            process.join();
            out.println(process.exitcode().getAsInt()); // 1 | 3 | -9
        }
        // endregion
    }

    // region culprit
    record Order(String name, java.lang.Thread owner) implements Serializable {}

    static void culprit(PrintStream out) throws InterruptedException {
        Order order = new Order("tea", java.lang.Thread.currentThread());
        try {
            new Process(() -> System.out.println(order.name())).start();
        } catch (IOException refused) {
            String[] told = refused.getMessage().split(": ");
            out.println(told[1]); // java.lang.Thread is not serializable; it belongs to this process
        }
    }
    // endregion

    static void certainty(PrintStream out) throws Exception {
        // region certainty
        try (Pool pool = new ProcessPool(1)) {
            for (Outcome<Integer> outcome : pool.mapOutcomes(n -> 100 / n, List.of(0, 4))) {
                if (outcome.succeeded()) {
                    out.println(outcome.value());
                } else {
                    WorkerTrace trace = WorkerTrace.of(outcome.failure());
                    boolean again = trace.certainty() == Certainty.NEVER_STARTED;
                    out.println(trace.certainty() + (again ? ": try again" : ": look first")); // THREW: look first
                }
            }
        }
        // endregion
    }

    static void crashed(PrintStream out) throws Exception {
        ProcessOptions quiet = ProcessOptions.builder()
                .jvmArgs(JvmCrash.options())
                .output(Redirect.DISCARD)
                .build();
        try (Pool pool = ProcessPool.builder().maxWorkers(1).options(quiet).build()) {
            // region crashed
            try {
                pool.apply(() -> decode(-1)); // native, with a bug
            } catch (WorkerLostException lost) {
                out.println(lost.crashLogHead().contains("Problematic frame:")); // true
                Files.delete(lost.crashLog().get()); // when it has been read
            }
            out.println(pool.apply(() -> decode(1))); // 42
            // endregion
        }
    }

    /** Stands for a native method, and crashes as one does. */
    private static int decode(int length) throws ReflectiveOperationException {
        return length < 0 ? JvmCrash.now() : 42;
    }

    static void late(PrintStream out) throws Exception {
        // region late
        Event ready = new Event();
        out.println(ready.await(Duration.ofMillis(10))); // false
        // endregion
    }
}
