package offspring.examples.speedup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One check after the other on the calling thread: the measure for the other runs, and what fixes their amount of work.
 *
 * <p>The first pass over the numbers, on compiled code, tells what each costs; passes are added until the wanted time is
 * best met.
 */
final class SequentialRun {

    /** The dearest number whose check is short: a warm-up by it is over in a quarter of a second. */
    private static final long WARM_UP_NUMBER = 142_702_110_479_723L;

    private static final long WARM_UP_NANOS = Duration.ofMillis(250).toNanos();

    private SequentialRun() {}

    /**
     * The run's outcome and the work that it did.
     *
     * @param outcome what the run gave
     * @param plan the same work, for others to do
     */
    record Measured(Outcome outcome, Plan plan) {}

    /** Checks every number at least once, and all equally often, for about {@code wanted}. */
    static Measured measure(Duration wanted, Progress progress) {
        warmUp();
        progress.begin("sequential", Primes.NUMBERS.size());
        List<Long> nanosOf = new ArrayList<>(Collections.nCopies(Primes.NUMBERS.size(), 0L));
        Answers answers = new Answers();
        long start = System.nanoTime();
        pass(answers, nanosOf, progress);
        int repeats = repeatsFor(wanted, System.nanoTime() - start);
        progress.expect(repeats * Primes.NUMBERS.size());
        for (int pass = 1; pass < repeats; pass++) {
            pass(answers, nanosOf, progress);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        progress.end();
        return new Measured(new Outcome("sequential", 1, answers.all(), time), new Plan(nanosOf, repeats));
    }

    /** How many passes of {@code passNanos} come nearest to {@code wanted}; at least one. */
    static int repeatsFor(Duration wanted, long passNanos) {
        return (int) Math.max(1, Math.min(1_000_000, Math.round((double) wanted.toNanos() / Math.max(1, passNanos))));
    }

    private static void pass(Answers answers, List<Long> nanosOf, Progress progress) {
        for (int place = 0; place < Primes.NUMBERS.size(); place++) {
            long start = System.nanoTime();
            answers.add(place, Primes.isPrime(Primes.NUMBERS.get(place)));
            nanosOf.set(place, System.nanoTime() - start);
            progress.step();
        }
    }

    private static void warmUp() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
            if (!Primes.isPrime(WARM_UP_NUMBER)) {
                throw new IllegalStateException(WARM_UP_NUMBER + " is a prime, but the check denies it");
            }
        }
    }
}
