package offspring.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and when was measured.
 *
 * @param date the day, UTC
 * @param system operating system and its version
 * @param cpu the processor's name, as far as the system tells it
 * @param processors how many the JVM sees
 * @param memoryMib the memory of the machine
 * @param java the JVM
 * @param python CPython, or null if there was none
 */
record Machine(
        String date,
        String system,
        String cpu,
        int processors,
        long memoryMib,
        String java,
        @Nullable String python) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final int MEBIBYTE = 1 << 20;

    static Machine here(@Nullable String python) throws IOException {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                Files.isReadable(CPU_INFO) ? cpu(Files.readAllLines(CPU_INFO)) : "unknown processor",
                Runtime.getRuntime().availableProcessors(),
                memory() / MEBIBYTE,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                python);
    }

    /** Whether figures of both may stand beside each other: all is the same but the day. */
    boolean isLike(Machine other) {
        return equals(new Machine(
                date, other.system, other.cpu, other.processors, other.memoryMib, other.java, other.python));
    }

    /** The name in the lines that Linux tells of its processors. */
    static String cpu(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
