package offspring.stress;

import java.nio.file.Files;
import java.nio.file.Path;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import offspring.multiprocessing.storm.LockKills;

/**
 * Kills processes that share locks, a condition, a semaphore, an event and a barrier many times, and fails if two are in a guarded
 * section at the same time, an abandoned lock does not say so, or somebody waits for the dead. Arguments: kills (2000), seed (the time).
 */
public final class LockStorm {

    private LockStorm() {}

    /** Storms and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int kills = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        System.out.println("seed " + seed);
        Path folder = Files.createTempDirectory("offspring-storm");
        try {
            LockKills.Outcome outcome = LockKills.storm(folder, kills, seed);
            System.out.printf(
                    "%d kills, %d guarded sections, never two at a time; %d times told of an abandoned lock, %d permits lost;"
                            + " all others had gone on %d us after a kill (median), %d us (99th of 100), %d us (worst)%n",
                    outcome.kills(),
                    outcome.sections(),
                    outcome.abandoned(),
                    outcome.permitsLost(),
                    outcome.median().toNanos() / 1000,
                    outcome.p99().toNanos() / 1000,
                    outcome.worst().toNanos() / 1000);
        } finally {
            SessionDirectory.removeTree(folder);
        }
    }
}
