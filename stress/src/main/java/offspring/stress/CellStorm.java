package offspring.stress;

import offspring.multiprocessing.storm.CellKills;

/**
 * Kills processes that take, fill, send and give up small pieces of shared memory, and fails if a piece becomes another's while it is in
 * use. Arguments: kills (500), seed (the time).
 */
public final class CellStorm {

    private CellStorm() {}

    /** Storms and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int kills = args.length > 0 ? Integer.parseInt(args[0]) : 500;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        System.out.println("seed " + seed);
        CellKills.Outcome outcome = CellKills.storm(kills, seed);
        System.out.printf(
                "%d kills, %d looks at cells, all as they were left, %d of them sent; %d files of cells%n",
                outcome.kills(), outcome.looks(), outcome.arrived(), outcome.cellFiles());
    }
}
