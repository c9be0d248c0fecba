package offspring.benchmarks.pools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Watches processes end. */
final class Watch {

    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;

    private Watch() {}

    /** When a process was gone, from {@code start} on; or what it does if it is not gone in time. */
    static String awaitEnd(ProcessHandle process, long start, Duration limit) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Duration cpuBefore = process.info().totalCpuDuration().orElse(Duration.ZERO);
        while (isRunning(process)) {
            long watched = System.nanoTime() - begun;
            if (watched > limit.toNanos()) {
                Duration cpu =
                        process.info().totalCpuDuration().orElse(cpuBefore).minus(cpuBefore);
                return String.format(
                        Locale.ROOT,
                        "<b>runs on</b> after %s, at %.0f %% of a processor",
                        since(start),
                        100.0 * cpu.toNanos() / watched);
            }
            Thread.sleep(1);
        }
        return "is gone after " + since(start);
    }

    /** Whether it runs: a process that has ended and that nobody has asked about is listed, but runs no more. */
    private static boolean isRunning(ProcessHandle process) throws IOException {
        if (!process.isAlive()) {
            return false;
        }
        Path stat = Path.of("/proc", String.valueOf(process.pid()), "stat");
        try {
            String fields = Files.exists(stat) ? Files.readString(stat) : "";
            return !fields.contains(") Z ");
        } catch (java.nio.file.NoSuchFileException | java.io.FileNotFoundException goneMeanwhile) {
            return false;
        }
    }

    /** The time that has passed since then. */
    static String since(long start) {
        long nanos = System.nanoTime() - start;
        return nanos < SECOND
                ? String.format(Locale.ROOT, "%.0f ms", Math.ceil(nanos / MILLI))
                : String.format(Locale.ROOT, "%.1f s", nanos / SECOND);
    }
}
