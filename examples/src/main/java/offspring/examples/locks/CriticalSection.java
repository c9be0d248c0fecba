package offspring.examples.locks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import offspring.core.Lock;
import offspring.core.Thread;
import offspring.core.function.CheckedRunnable;
import offspring.examples.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The textbook's critical section ({@code 03_thread_lock}): who writes two lines that belong together holds the lock meanwhile. Once
 * without a lock, once with {@code try … finally}, once with a hold, which is Python's {@code with lock}.
 */
@Command(name = "critical-section", description = "A lock keeps together what several threads write.")
@SuppressWarnings("try") // the hold is closed, not looked at
final class CriticalSection extends Example {

    private static final int PAIRS = 50;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads write: ${DEFAULT-VALUE} if not given.")
    private int threads = 4;

    @Override
    protected void show(PrintWriter out) throws InterruptedException {
        int writers = inRange("--threads", threads, 1, 100);
        Lock lock = new Lock();
        ConcurrentLinkedQueue<String> file = new ConcurrentLinkedQueue<>();
        report(out, "without a lock", writers, file, () -> writePair(file));
        report(out, "try … finally", writers, file, () -> {
            lock.acquire();
            try {
                writePair(file);
            } finally {
                lock.release();
            }
        });
        report(out, "with a hold", writers, file, () -> {
            try (var held = lock.hold()) {
                writePair(file);
            }
        });
    }

    private static void writePair(ConcurrentLinkedQueue<String> file) {
        String me = java.lang.Thread.currentThread().getName();
        file.add(me);
        LockSupport.parkNanos(1); // invites the others to come in between
        file.add(me);
    }

    private static void report(
            PrintWriter out, String how, int writers, ConcurrentLinkedQueue<String> file, CheckedRunnable section)
            throws InterruptedException {
        file.clear();
        List<Thread> crew = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            Thread writer = new Thread(() -> {
                for (int pair = 0; pair < PAIRS; pair++) {
                    section.runChecked();
                }
            });
            crew.add(writer);
            writer.start();
        }
        for (Thread writer : crew) {
            writer.join();
        }
        out.printf("%-15s %d pairs written, %d torn%n", how + ":", file.size() / 2, torn(List.copyOf(file)));
    }

    /** How many pairs do not stand together: those lines whose partner is not beside them. */
    private static int torn(List<String> lines) {
        int torn = 0;
        for (int i = 0; i < lines.size(); i += 2) {
            if (!lines.get(i).equals(lines.get(i + 1))) {
                torn++;
            }
        }
        return torn;
    }
}
