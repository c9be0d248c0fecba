package offspring.examples.speedup;

import org.jspecify.annotations.Nullable;

/**
 * What a worker says about one check: prime or not, or why it cannot say.
 *
 * @param place the number's place in {@link Primes#NUMBERS}
 * @param prime whether it is a prime; without meaning if {@code failure} is not null
 * @param failure why there is no answer and will be no further one from this worker, or null
 */
record Answer(int place, boolean prime, @Nullable Exception failure) {

    static Answer of(int place, boolean prime) {
        return new Answer(place, prime, null);
    }

    static Answer failed(int place, Exception failure) {
        return new Answer(place, false, failure);
    }
}
