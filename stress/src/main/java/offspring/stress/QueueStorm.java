package offspring.stress;

import java.nio.file.Files;
import java.nio.file.Path;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import offspring.multiprocessing.storm.QueueKills;

/**
 * Kills producers and consumers of three queues many times, and fails if an item is torn, doubled, out of order, or lost without a
 * killed consumer that may have taken it along, or if a queue is stuck afterwards. Arguments: kills (500), seed (the time).
 */
public final class QueueStorm {

    private QueueStorm() {}

    /** Storms and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int kills = args.length > 0 ? Integer.parseInt(args[0]) : 500;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        System.out.println("seed " + seed);
        Path folder = Files.createTempDirectory("offspring-storm");
        try {
            QueueKills.Outcome outcome = QueueKills.storm(folder, kills, seed);
            System.out.printf(
                    "%d kills in %d s: %d items arrived, none torn, doubled or out of order; %d lost and %d tasks not done with %d"
                            + " killed consumers; %d never came from the buffers of killed producers%n",
                    outcome.kills(),
                    outcome.took().toSeconds(),
                    outcome.received(),
                    outcome.lost(),
                    outcome.unfinished(),
                    outcome.consumersKilled(),
                    outcome.undelivered());
        } finally {
            SessionDirectory.removeTree(folder);
        }
    }
}
