package offspring.benchmarks.startup;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import offspring.multiprocessing.LongValue;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.StandbyReserve;
import offspring.multiprocessing.StartMethod;
import offspring.multiprocessing.Value;

/**
 * What a start costs in a JVM that stood by. The child says when it began on the clock of {@link System#nanoTime}, which on Linux is the
 * same in all processes.
 */
final class StandbyStarts {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long REST_MILLIS = 20;

    private StandbyStarts() {}

    static void print(PrintWriter out, int rounds) throws Exception {
        double[] given = new double[rounds];
        double[] begun = new double[rounds];
        double[] ended = new double[rounds];
        ProcessOptions options =
                ProcessOptions.builder().startMethod(StartMethod.STANDBY).build();
        try (StandbyReserve reserve = StandbyReserve.of(options);
                LongValue first = Value.ofLong(0)) {
            for (int i = 0; i < rounds; i++) {
                reserve.fill(1);
                if (!reserve.awaitPrepared(1, PATIENCE)) {
                    throw new IllegalStateException("nobody stands by after " + PATIENCE + ": " + reserve);
                }
                java.lang.Thread.sleep(REST_MILLIS);
                long start = System.nanoTime();
                Process process = Process.builder()
                        .target(() -> first.set(System.nanoTime()))
                        .options(options)
                        .build();
                process.start();
                given[i] = (System.nanoTime() - start) / 1e6;
                process.join();
                ended[i] = (System.nanoTime() - first.get()) / 1e6;
                begun[i] = (first.get() - start) / 1e6;
            }
        }
        out.printf("%nA child in a JVM that stood by, medians, ms%n");
        line(out, "start() has returned", given);
        line(out, "start() to the first line of the target", begun);
        line(out, "first line of the target to the return of join()", ended);
        out.flush();
    }

    private static void line(PrintWriter out, String title, double[] millis) {
        Arrays.sort(millis);
        out.printf("%-58s%10.1f%n", title, millis[millis.length / 2]);
    }
}
