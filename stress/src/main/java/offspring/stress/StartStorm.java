package offspring.stress;

import offspring.multiprocessing.storm.Starts;

/**
 * Starts a thousand children in a row, then takes a hundred from a reserve of JVMs that stand by while children are killed at random, and
 * fails if this process has more files, descriptors, threads, children or memory afterwards. Arguments: starts (1000), refills (100), seed
 * (the time).
 */
public final class StartStorm {

    private StartStorm() {}

    /** Storms and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int starts = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int refills = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.currentTimeMillis();
        System.out.println("seed " + seed);
        Starts.Outcome outcome = Starts.storm(starts, refills, seed);
        System.out.printf("%d starts and ends, %.1f ms each%n", starts, outcome.each().toNanos() / 1e6);
        System.out.printf(
                "%d processes from the reserve (%d handed out, %d missed), %d kills: %d ended well, %d were killed%n",
                refills,
                outcome.reserve().handedOut(),
                outcome.reserve().missed(),
                outcome.kills(),
                outcome.finished(),
                outcome.killed());
        print("before", outcome.before());
        print("after", outcome.after());
    }

    private static void print(String when, Starts.Footing footing) {
        System.out.printf(
                "%-7s heap %.1f MB, resident %.1f MB, %d descriptors, %d threads, %d files, %d children%n",
                when,
                footing.heapBytes() / 1e6,
                footing.residentBytes() / 1e6,
                footing.descriptors(),
                footing.threads(),
                footing.files().size(),
                footing.children());
    }
}
