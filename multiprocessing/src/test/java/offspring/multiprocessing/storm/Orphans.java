package offspring.multiprocessing.storm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.segment.Session;

/**
 * A program with children and grandchildren is killed with SIGKILL, again and again, and the time is taken until no
 * descendant is left.
 *
 * <pre>
 *   root ──► sleeps ──► computes
 *     ├────► computes ──► receives
 *     ├────► receives ──► sleeps
 *     └────► one after the other, so that one is always about to start
 * </pre>
 *
 * <p>A process belongs to the family if it was a descendant just before the kill, or if the family's session directory
 * stands on its command line, as it does for each child of the library: so those are seen, too, that were just being started.
 */
public final class Orphans {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "ready ";

    private Orphans() {}

    /** How long the last descendant lived after the kill of its root, in the worst round and on average. */
    public record Outcome(int rounds, int processes, Duration worst, Duration average) {}

    /**
     * Kills a root with its family several times.
     *
     * @param limit how long a descendant may live after the kill
     * @throws AssertionError if one lives longer
     */
    public static Outcome storm(int rounds, Duration limit, long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        long worst = 0;
        long sum = 0;
        int processes = 0;
        for (int round = 0; round < rounds; round++) {
            Round done = round(random.nextInt(60_000_000), limit);
            worst = Math.max(worst, done.nanos);
            sum += done.nanos;
            processes += done.processes;
        }
        return new Outcome(rounds, processes, Duration.ofNanos(worst), Duration.ofNanos(sum / rounds));
    }

    private record Round(int processes, long nanos) {}

    private static Round round(long delayNanos, Duration limit) throws IOException, InterruptedException {
        java.lang.Process root = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphans.class.getName())
                .redirectError(
                        ProcessBuilder.Redirect.DISCARD) // those about to start complain that their parent is gone
                .start();
        try (var out = new BufferedReader(new InputStreamReader(root.getInputStream(), Charset.defaultCharset()))) {
            String line = out.readLine();
            if (line == null || !line.startsWith(READY)) {
                throw new AssertionError("the family did not form: " + line);
            }
            String session = line.substring(READY.length());
            LockSupport.parkNanos(delayNanos);
            List<ProcessHandle> family = root.descendants().toList();
            root.destroyForcibly();
            long start = System.nanoTime();
            return new Round(family.size(), awaitEnd(family, session, start, limit));
        } finally {
            root.descendants().forEach(ProcessHandle::destroyForcibly);
            root.destroyForcibly();
        }
    }

    /** Gives the time after which nobody was seen any more; looks once more, since a process may just have been started. */
    private static long awaitEnd(List<ProcessHandle> family, String session, long start, Duration limit) {
        long over = start;
        while (System.nanoTime() - over < 50_000_000) {
            List<ProcessHandle> left = new ArrayList<>(family);
            ProcessHandle.allProcesses()
                    .filter(process -> process.info().commandLine().orElse("").contains(session))
                    .forEach(left::add);
            left.removeIf(Orphans::isGone);
            if (!left.isEmpty()) {
                over = System.nanoTime();
                if (over - start > limit.toNanos()) {
                    left.forEach(ProcessHandle::destroyForcibly);
                    throw new AssertionError("orphans after " + limit + ": " + describe(left));
                }
            }
            LockSupport.parkNanos(500_000);
        }
        return over - start;
    }

    private static List<String> describe(List<ProcessHandle> processes) {
        return processes.stream()
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    /**
     * Whether a process has ended; one that nobody has reaped, since its parent is gone, has ended too, and so has one that has given back its
     * memory: its program does not run any more, only the system is not through with it.
     */
    public static boolean isGone(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String pages = Files.readString(Path.of("/proc", Long.toString(process.pid()), "statm"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z' || pages.startsWith("0 ");
        } catch (IOException notLinuxOrGone) {
            return !process.isAlive();
        }
    }

    // ---- the family

    /** The root: forms the family, says so, and goes on to start children until it is killed. */
    public static void main(String[] args) throws Exception {
        try (Pipe ready = Pipe.oneWay();
                Pipe go = Pipe.oneWay()) {
            Connection report = ready.second();
            Connection start = go.first();
            start(report, Orphans::sleep, () -> compute(start));
            start(report, () -> compute(start), Orphans::receive);
            start(report, Orphans::receive, Orphans::sleep);
            for (int i = 0; i < 6; i++) {
                if (!ready.first().poll(PATIENCE)) {
                    throw new AssertionError("only " + i + " of 6 have reported");
                }
                ready.first().recv();
            }
            go.second().send("one");
            go.second().send("other");
        }
        System.out.println(READY + Session.current().directory());
        while (true) {
            Process process = new Process(() -> {});
            process.start();
            process.join();
        }
    }

    private static void start(Connection report, CheckedRunnable child, CheckedRunnable grandchild) throws IOException {
        new Process(() -> {
                    new Process(() -> {
                                report.send("grandchild");
                                grandchild.runChecked();
                            })
                            .start();
                    report.send("child");
                    child.runChecked();
                })
                .start();
    }

    private static void sleep() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Not before all are there, whom it would slow down. */
    private static void compute(Connection start) throws IOException, InterruptedException {
        start.recv();
        while (true) {
            Thread.onSpinWait();
        }
    }

    /** It holds the other end itself, so that no end of the file comes. */
    private static void receive() throws IOException, InterruptedException {
        try (Pipe pipe = Pipe.oneWay()) {
            pipe.first().recv();
        }
    }
}
