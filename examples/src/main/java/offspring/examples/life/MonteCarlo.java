package offspring.examples.life;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import offspring.examples.Example;
import offspring.multiprocessing.Array;
import offspring.multiprocessing.LongArray;
import offspring.multiprocessing.Process;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Drunkards take 64 steps each, left or right, and several processes count in one shared array where they end. No result is sent: it is
 * there when the processes have ended, and could be watched before.
 */
@Command(name = "monte-carlo", description = "Random walks in several processes, counted in one shared array.")
final class MonteCarlo extends Example {

    private static final int STEPS = Long.SIZE;
    private static final int AT_ONCE = 10_000;
    private static final int BAR = 50;

    @Option(names = "--workers", paramLabel = "N", description = "How many processes: 2 if not given.")
    private int workers = 2;

    @Option(names = "--walks", paramLabel = "N", description = "How many walks in each: 1000000 if not given.")
    private int walks = 1_000_000;

    @Override
    protected void show(PrintWriter out) throws IOException, InterruptedException {
        inRange("--workers", workers, 1, 64);
        inRange("--walks", walks, 1, 1_000_000_000);
        int each = walks;
        LongArray ends = Array.ofLong(STEPS + 1);
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            long seed = i;
            Process process = new Process(() -> walk(each, seed, ends));
            process.start();
            processes.add(process);
        }
        for (Process process : processes) {
            process.join();
            if (process.exitcode().getAsInt() != 0) {
                throw new IllegalStateException(process + " has failed; what it printed says why");
            }
        }
        print(out, ends.toArray());
    }

    /** Runs in a child process: counts for itself for a while, then adds that to what all have counted. */
    static void walk(int walks, long seed, LongArray ends) {
        SplittableRandom coin = new SplittableRandom(seed);
        for (int done = 0; done < walks; done += AT_ONCE) {
            long[] counted = new long[STEPS + 1];
            for (int i = 0; i < Math.min(AT_ONCE, walks - done); i++) {
                counted[Long.bitCount(coin.nextLong())]++; // 64 coins at a throw
            }
            for (int i = 0; i <= STEPS; i++) {
                ends.getAndAdd(i, counted[i]);
            }
        }
    }

    private static void print(PrintWriter out, long[] ends) {
        long all = 0;
        long most = 0;
        double squares = 0;
        for (int right = 0; right <= STEPS; right++) {
            all += ends[right];
            most = Math.max(most, ends[right]);
            double place = 2.0 * right - STEPS;
            squares += ends[right] * place * place;
        }
        for (int right = 22; right <= 42; right += 2) {
            int length = (int) (BAR * ends[right] / most);
            out.printf(Locale.ROOT, "%+4d %8d %s%n", 2 * right - STEPS, ends[right], "#".repeat(length));
        }
        out.printf(
                Locale.ROOT,
                "%d walks of %d steps end %.2f steps from home; theory says %.2f%n",
                all,
                STEPS,
                Math.sqrt(squares / all),
                Math.sqrt(STEPS));
    }
}
