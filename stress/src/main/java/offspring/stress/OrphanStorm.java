package offspring.stress;

import java.time.Duration;
import offspring.multiprocessing.storm.Orphans;

/**
 * Kills a root with its children and grandchildren many times, and fails if a descendant outlives it by more than a second.
 * Arguments: rounds (200), seed (the time).
 */
public final class OrphanStorm {

    private OrphanStorm() {}

    /** Storms and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        System.out.println("seed " + seed);
        Orphans.Outcome outcome = Orphans.storm(rounds, Duration.ofSeconds(1), seed);
        System.out.printf(
                "%d rounds, %d descendants: the last one was gone after %d ms at worst, %d ms on average%n",
                outcome.rounds(),
                outcome.processes(),
                outcome.worst().toMillis(),
                outcome.average().toMillis());
    }
}
