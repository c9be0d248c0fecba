package offspring.benchmarks.compare;

import java.util.List;

/**
 * What one entrant took.
 *
 * @param entrant who
 * @param nanos nanoseconds per operation, by round
 */
record Times(Entrant entrant, List<Double> nanos) {

    Times {
        nanos = List.copyOf(nanos);
    }

    double median() {
        return Summary.of(nanos).median();
    }
}
