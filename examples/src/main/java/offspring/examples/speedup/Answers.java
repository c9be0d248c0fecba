package offspring.examples.speedup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * The answers of one run, by the number's place in {@link Primes#NUMBERS}: prime or not. Used by one thread.
 *
 * <p>A number is checked several times; a check that contradicts an earlier one of the same run is a failure.
 */
final class Answers {

    private final TreeMap<Integer, Boolean> primeByPlace = new TreeMap<>();

    /** Adds the answer of one check. */
    void add(int place, boolean prime) {
        Boolean earlier = primeByPlace.putIfAbsent(place, prime);
        if (earlier != null && earlier != prime) {
            throw new IllegalStateException("Two checks of " + Primes.NUMBERS.get(place) + " contradict each other");
        }
    }

    /** One answer per number, in the order of {@link Primes#NUMBERS}; fails if a number was never checked. */
    List<Boolean> all() {
        if (primeByPlace.size() != Primes.NUMBERS.size()) {
            throw new IllegalStateException("Only " + primeByPlace.size() + " of " + Primes.NUMBERS.size()
                    + " numbers were checked: those at the places " + primeByPlace.keySet());
        }
        return Collections.unmodifiableList(new ArrayList<>(primeByPlace.values()));
    }
}
