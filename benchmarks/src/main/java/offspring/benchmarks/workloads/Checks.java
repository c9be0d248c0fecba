package offspring.benchmarks.workloads;

import org.jspecify.annotations.Nullable;

/** What the programs say of wrong results. */
final class Checks {

    private Checks() {}

    static void equal(Object expected, @Nullable Object actual, String what) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException("expected " + expected + " as " + what + ", got " + actual);
        }
    }
}
