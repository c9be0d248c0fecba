package offspring.examples.speedup;

import java.time.Duration;
import java.util.List;

/**
 * What one run gave.
 *
 * @param way how it was done, for the table
 * @param workers how many threads or processes shared the work
 * @param answers prime or not, in the order of {@link Primes#NUMBERS}
 * @param time from the first preparation (the start of the workers included) to the last answer
 */
record Outcome(String way, int workers, List<Boolean> answers, Duration time) {

    Outcome {
        answers = List.copyOf(answers);
    }

    /** How many of the numbers are primes, by this run. */
    long primes() {
        return answers.stream().filter(prime -> prime).count();
    }

    /** How many times faster than {@code base} this run was. */
    double speedupOver(Outcome base) {
        return (double) base.time().toNanos() / time().toNanos();
    }
}
