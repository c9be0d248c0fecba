package offspring.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.StandbyReserve;
import offspring.multiprocessing.StartMethod;

/** The memory of child JVMs that have nothing to do, in KiB of proportional set size. This JVM must have no other children. */
public final class IdleMemory {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CALLS = 1_000;
    private static final String SCRIPT = "memory.py";

    private IdleMemory() {}

    /** Whether this system tells. */
    public static boolean canBeMeasured() {
        return Files.exists(Path.of("/proc/self/smaps_rollup"));
    }

    /** KiB of each worker of an idle pool. */
    public static long[] ofPool(int count) throws Exception {
        try (ProcessPool pool =
                ProcessPool.builder().maxWorkers(count).standbyCount(0).build()) {
            pool.map(item -> item, IntStream.range(0, CALLS).boxed().toList());
            Thread.sleep(1_000);
            return ofChildren();
        }
    }

    /** KiB of each JVM that stands by; empty if the children are not those alone. */
    public static long[] ofReserve(int count) throws Exception {
        ProcessOptions options =
                ProcessOptions.builder().startMethod(StartMethod.STANDBY).build();
        try (StandbyReserve reserve = StandbyReserve.of(options)) {
            reserve.fill(count);
            int most = reserve.awaitPrepared(count, PATIENCE)
                    ? count
                    : reserve.statistics().prepared();
            Thread.sleep(1_000);
            long[] found = ofChildren();
            return found.length == most ? found : new long[0];
        }
    }

    /** The script that measures CPython's workers. */
    public static Scripts scripts() throws IOException {
        return Scripts.open(IdleMemory.class, List.of(SCRIPT));
    }

    /**
     * KiB of each worker of an idle pool of CPython.
     *
     * @param scripts see {@link #scripts}
     * @param python the command that starts CPython
     * @param method how its workers start: {@code spawn} or {@code fork}
     * @param count how many
     * @throws IOException if it cannot be started, or fails
     */
    public static long[] ofPython(Scripts scripts, String python, String method, int count)
            throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(python, scripts.file(SCRIPT).toString(), method, Integer.toString(count))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException noPython) {
            throw new IOException(python + " cannot be started: " + noPython.getMessage(), noPython);
        }
        String says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exitCode = process.waitFor();
        if (exitCode != 0 || says.isEmpty()) {
            throw new IOException(python + " told no memory of " + count + " workers, and ended with code " + exitCode);
        }
        return Arrays.stream(says.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static long[] ofChildren() throws IOException {
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        long[] kib = new long[children.size()];
        for (int i = 0; i < kib.length; i++) {
            Path rollup = Path.of("/proc/" + children.get(i).pid() + "/smaps_rollup");
            for (String line : Files.readAllLines(rollup)) {
                if (line.startsWith("Pss:")) {
                    kib[i] = Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        }
        return kib;
    }
}
