package offspring.benchmarks.pools;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import offspring.futures.Future;
import offspring.multiprocessing.Event;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.multiprocessing.WorkerStatistics;

/**
 * Very many calls submitted at once, while all workers are held up by one call each: what a waiting call costs, and whether
 * every result comes in the end.
 */
final class PendingCalls {

    private static final int WORKERS = 2;
    private static final double MEBIBYTE = 1 << 20;

    /** The most that a waiting call may take, its future included. */
    private static final long MOST_BYTES = 2_048;

    /** The most that may stay in use when all is over, for what the first calls made and keep. */
    private static final long MOST_LEFT = 8 << 20;

    private final int calls;

    PendingCalls(int calls) {
        this.calls = calls;
    }

    /** Measures and prints; tells whether memory was bounded and every result came. */
    boolean measure(PrintWriter out) throws Exception {
        try (Event gate = new Event();
                ProcessPoolExecutor executor = new ProcessPoolExecutor(WORKERS)) {
            try {
                return measure(executor, gate, out);
            } finally {
                gate.set();
            }
        }
    }

    private boolean measure(ProcessPoolExecutor executor, Event gate, PrintWriter out) throws Exception {
        executor.submit(() -> increment(0)).get();
        long before = heapInUse();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        List<Future<?>> held = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            held.add(executor.submit(() -> gate.await()));
        }
        long start = System.nanoTime();
        List<Future<Integer>> futures = submitAll(executor);
        long submitting = System.nanoTime() - start;
        long each = Math.max(0, heapInUse() - before) / calls;
        long opened = System.nanoTime();
        gate.set();
        for (Future<?> call : held) {
            call.get();
        }
        int wrong = wrongResults(futures);
        long answering = System.nanoTime() - opened;
        long peak = heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        futures.clear();
        long left = heapInUse() - before;

        out.printf("%,d calls submitted at once to %d workers that are held up%n", calls, WORKERS);
        line(out, "submit, per call", micros(submitting), "");
        line(out, "then to the last result, per call", micros(answering), "");
        line(out, "heap per waiting call", each + " bytes", verdict("≤ " + MOST_BYTES, each <= MOST_BYTES));
        line(out, "heap in use before", mebibytes(before), "");
        line(out, "heap in use while all wait", mebibytes(before + each * calls), "");
        line(out, "heap at its peak, garbage included", mebibytes(peak), "");
        line(out, "heap in use afterwards", mebibytes(before + left), verdict("as before", left <= MOST_LEFT));
        line(out, "workers' memory at its peak", workersMemory(executor.workerStatistics()), "");
        line(out, "results wrong or missing", String.valueOf(wrong), verdict("0", wrong == 0));
        out.flush();
        return wrong == 0 && each <= MOST_BYTES && left <= MOST_LEFT;
    }

    private List<Future<Integer>> submitAll(ProcessPoolExecutor executor) {
        List<Future<Integer>> futures = new ArrayList<>(calls);
        for (int i = 0; i < calls; i++) {
            int x = i;
            futures.add(executor.submit(() -> increment(x)));
        }
        return futures;
    }

    static int increment(int x) {
        return x + 1;
    }

    private static int wrongResults(List<Future<Integer>> futures) throws Exception {
        int wrong = 0;
        for (int i = 0; i < futures.size(); i++) {
            wrong += futures.get(i).get() == i + 1 ? 0 : 1;
        }
        return wrong;
    }

    private String micros(long nanos) {
        return String.format(Locale.ROOT, "%.2f µs", nanos / 1e3 / calls);
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /** What the system says of the workers, where it does. */
    private static String workersMemory(List<WorkerStatistics> workers) throws IOException {
        List<String> each = new ArrayList<>();
        for (WorkerStatistics worker : workers) {
            Path status = Path.of("/proc", String.valueOf(worker.pid()), "status");
            if (Files.exists(status)) {
                try (Stream<String> lines = Files.lines(status)) {
                    lines.filter(line -> line.startsWith("VmHWM:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .map(kibibytes -> mebibytes(Long.parseLong(kibibytes) << 10))
                            .forEach(each::add);
                }
            }
        }
        return each.isEmpty() ? "unknown" : String.join(", ", each);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
    }

    private static String verdict(String goal, boolean met) {
        return "goal " + goal + ": " + (met ? "met" : "NOT MET");
    }

    private static void line(PrintWriter out, String what, String figure, String verdict) {
        out.printf("%-36s %20s  %s%n", what, figure, verdict);
    }
}
