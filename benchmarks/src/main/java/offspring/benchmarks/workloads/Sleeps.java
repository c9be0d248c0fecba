package offspring.benchmarks.workloads;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long the tasks of {@link BatchesWorkload} sleep, in nanoseconds: the distributions of joblib's benchmark, scaled so that
 * a {@code map} over all takes about half a second by two workers. {@code workloads.py} makes the same lists, from the same
 * numbers by chance.
 */
public final class Sleeps {

    private static final int MANY = 5_000;
    private static final int FEW = 300;
    private static final double MILLI = 1e6;

    /** Half of joblib's. */
    private static final double DEVIATION_MILLIS = 0.5;

    /** An eighth of joblib's. */
    private static final double WAVE_MILLIS = 12.5;

    private static final int POWER = 8;

    private Sleeps() {}

    /** Five thousand, of a normal distribution around zero; what is negative is zero. */
    public static List<Long> normal() {
        Chance chance = new Chance();
        List<Long> sleeps = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            // Box and Muller's
            double radius = Math.sqrt(-2 * Math.log(chance.next()));
            double millis = DEVIATION_MILLIS * radius * Math.cos(2 * Math.PI * chance.next());
            sleeps.add(Math.max(0, (long) (MILLI * millis)));
        }
        return sleeps;
    }

    /** As many, all as long as the mean of those. */
    public static List<Long> constant() {
        long sum = normal().stream().mapToLong(Long::longValue).sum();
        return Collections.nCopies(MANY, sum / MANY);
    }

    /** Three hundred, along the eighth power of a cosine: most of them short. */
    public static List<Long> wave() {
        List<Long> sleeps = new ArrayList<>();
        for (int i = 0; i < FEW; i++) {
            double angle = 1 + (4 * Math.PI - 1) * i / (FEW - 1);
            sleeps.add((long) (MILLI * WAVE_MILLIS * Math.pow(Math.cos(angle), POWER)));
        }
        return sleeps;
    }

    /** The same in no order. */
    public static List<Long> shuffled() {
        Chance chance = new Chance();
        List<Long> sleeps = wave();
        for (int i = FEW - 1; i > 0; i--) {
            Collections.swap(sleeps, i, (int) (chance.next() * (i + 1)));
        }
        return sleeps;
    }

    /** Park and Miller's generator: the same numbers in every language. */
    private static final class Chance {

        private static final long FACTOR = 48_271;
        private static final long MODULUS = Integer.MAX_VALUE;

        private long state = 42;

        /** More than 0, less than 1. */
        double next() {
            state = state * FACTOR % MODULUS;
            return (double) state / MODULUS;
        }
    }
}
