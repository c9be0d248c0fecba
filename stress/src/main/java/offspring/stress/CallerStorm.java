package offspring.stress;

import offspring.multiprocessing.storm.PoolCallers;

/**
 * Has many threads call pools of few workers, which are replaced by age and by the number of their calls, and fails if a call does not
 * return in time, or with another's result. Arguments: pools (100), turns of each thread with each pool (1,000), seed (the time).
 */
public final class CallerStorm {

    private CallerStorm() {}

    /** Storms and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int pools = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        int turns = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.currentTimeMillis();
        System.out.println("seed " + seed);
        long start = System.nanoTime();
        long calls = PoolCallers.storm(pools, turns, seed);
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        System.out.printf("%d calls of %d pools in %d s: each returned its own result%n", calls, pools, seconds);
    }
}
