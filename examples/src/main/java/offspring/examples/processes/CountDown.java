package offspring.examples.processes;

import java.io.PrintWriter;
import java.util.Locale;
import offspring.core.function.CheckedRunnable;

/** The work of the pair of examples on Python's global lock, and its measurement. */
final class CountDown {

    /** Where results go, so that the compiler may not leave the work out. */
    @SuppressWarnings("UnusedVariable")
    private static volatile long result;

    private CountDown() {}

    /** Counts down to zero, with a little arithmetic that a compiler cannot shorten. */
    static void from(int count) {
        long state = count;
        for (int n = count; n > 0; n--) {
            state = state * 6_364_136_223_846_793_005L + n;
        }
        result = state;
    }

    /** Counts twice on this thread, which is what the others are compared to. */
    static double twiceInSequence(PrintWriter out, int count) throws Exception {
        from(1_000_000); // the compiler has seen it
        double time = secondsOf(() -> {
            from(count);
            from(count);
        });
        out.printf(Locale.ROOT, "one thread, twice:  %.3f s%n", time);
        return time;
    }

    static double secondsOf(CheckedRunnable work) throws Exception {
        long start = System.nanoTime();
        work.runChecked();
        return (System.nanoTime() - start) / 1e9;
    }
}
