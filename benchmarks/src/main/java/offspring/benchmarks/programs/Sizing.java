package offspring.benchmarks.programs;

import java.time.Duration;

/**
 * Finds out how large a task is that takes a given time when one thread does it alone.
 *
 * <p>The thread works until it has been warm for a while: until several turns in a row, each about {@value #TURN_NANOS}
 * nanoseconds long, came to the same size. The first turns of a JVM are interpreted, then compiled twice, and each time a
 * task of the same size gets several times shorter.
 */
public final class Sizing {

    private static final long TURN_NANOS = 20_000_000;

    /** How many turns in a row must agree, and how closely. */
    private static final int AGREEING = 8;

    private static final double CLOSE = 0.05;

    private final Crew alone = Crew.sequential();
    private final Job job;
    private final double wanted;

    private Sizing(Job job, double wanted) {
        this.job = job;
        this.wanted = wanted;
    }

    /**
     * The size of a task that takes about so long.
     *
     * @param job what the task does
     * @param nanos how long, in nanoseconds
     * @param patience when to be content with turns that do not agree, as on a busy machine
     * @throws Exception what the job throws
     */
    public static long sizeOf(Job job, double nanos, Duration patience) throws Exception {
        return new Sizing(job, nanos).size(patience.toNanos());
    }

    private long size(long patience) throws Exception {
        long start = System.nanoTime();
        long size = 1;
        double settled = 0;
        double least = Double.MAX_VALUE;
        int agreeing = 0;
        while (agreeing < AGREEING && System.nanoTime() - start < patience) {
            double perUnit = nanosPerUnit(size);
            size = next(size, wanted, perUnit * size);
            boolean close = Math.abs(perUnit / settled - 1) < CLOSE;
            agreeing = close ? agreeing + 1 : 0;
            settled = close ? settled : perUnit;
            least = Math.min(least, perUnit);
        }
        // cold turns are slower, and so are disturbed ones
        return Math.max(1, Math.round(wanted / least));
    }

    private double nanosPerUnit(long size) throws Exception {
        int tasks = (int) Math.max(1, TURN_NANOS / wanted);
        long start = System.nanoTime();
        alone.work(job, size, tasks);
        return (double) Math.max(1, System.nanoTime() - start) / tasks / size;
    }

    /** A better guess, at most ten times as large: the first calls are slow, and one of them must not fix a huge size. */
    static long next(long size, double wanted, double took) {
        return Math.max(1, Math.round(size * Math.min(10, wanted / Math.max(1, took))));
    }
}
