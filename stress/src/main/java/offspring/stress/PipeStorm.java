package offspring.stress;

import java.nio.file.Files;
import java.nio.file.Path;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import offspring.multiprocessing.storm.PipeKills;

/**
 * Kills senders and receivers of one pipe many times, and fails if a message is torn, doubled, out of order, or lost without
 * a killed receiver that may have taken it along. Arguments: kills (1000), seed (the time).
 */
public final class PipeStorm {

    private PipeStorm() {}

    /** Storms and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int kills = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        System.out.println("seed " + seed);
        Path folder = Files.createTempDirectory("offspring-storm");
        try {
            PipeKills.Outcome outcome = PipeKills.storm(folder, kills, seed);
            System.out.printf(
                    "%d kills in %d s: %d messages arrived, none torn, doubled or out of order; %d lost with %d killed receivers%n",
                    outcome.kills(),
                    outcome.took().toSeconds(),
                    outcome.received(),
                    outcome.lost(),
                    outcome.receiversKilled());
        } finally {
            SessionDirectory.removeTree(folder);
        }
    }
}
