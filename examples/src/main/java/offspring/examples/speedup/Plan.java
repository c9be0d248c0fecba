package offspring.examples.speedup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be checked, and in which order: every number, each as often as the sequential run checked it.
 *
 * @param nanosOf what one check of each number cost, by its place in {@link Primes#NUMBERS}
 * @param repeats how often each number is checked, at least once
 */
record Plan(List<Long> nanosOf, int repeats) {

    Plan {
        nanosOf = List.copyOf(nanosOf);
    }

    /** How many checks that makes. */
    int checks() {
        return nanosOf.size() * repeats;
    }

    /**
     * The place in {@link Primes#NUMBERS} of each number to check, dearest first: workers that take the next check when
     * they are free then end together, as only cheap ones are left for the tail.
     */
    List<Integer> dearestFirst() {
        List<Integer> places = new ArrayList<>();
        IntStream.range(0, nanosOf.size())
                .boxed()
                .sorted(Comparator.comparing(nanosOf::get).reversed())
                .forEach(place -> IntStream.range(0, repeats).forEach(repeat -> places.add(place)));
        return places;
    }
}
