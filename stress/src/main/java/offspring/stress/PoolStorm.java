package offspring.stress;

import java.nio.file.Files;
import java.nio.file.Path;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import offspring.multiprocessing.storm.PoolKills;

/**
 * Has pools and executors of child JVMs do many tasks while workers are killed and stopped, by tasks and by their parent, and fails if a
 * task has no outcome in time, runs twice, is lost without having been the one that was killed, or if something is left behind.
 * Arguments: tasks (10,000), seed (the time).
 */
public final class PoolStorm {

    private PoolStorm() {}

    /** Storms and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        System.out.println("seed " + seed);
        Path folder = Files.createTempDirectory("offspring-storm");
        try {
            PoolKills.Outcome outcome = PoolKills.storm(folder, tasks, seed);
            System.out.printf(
                    "%d tasks for %d pools in %d s: %d returned, %d were lost with the worker that ran them; %d were in maps that threw,"
                            + " %d of them lost; none was lost otherwise, none ran twice, nothing was left behind%n",
                    outcome.tasks(),
                    outcome.pools(),
                    outcome.took().toSeconds(),
                    outcome.returned(),
                    outcome.lost(),
                    outcome.hidden(),
                    outcome.unseen());
            System.out.println("workers killed or stopped");
            outcome.kills().forEach((kind, count) -> System.out.printf("  %6d  %s%n", count, kind));
            System.out.println("failures of tasks");
            outcome.failures().forEach((kind, count) -> System.out.printf("  %6d  %s%n", count, kind));
        } finally {
            SessionDirectory.removeTree(folder);
        }
    }
}
