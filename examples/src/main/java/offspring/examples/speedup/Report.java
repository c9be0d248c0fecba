package offspring.examples.speedup;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The table at the end, and whether all runs agree. The first outcome is the sequential one. */
final class Report {

    private final List<Outcome> outcomes;
    private final int repeats;

    Report(List<Outcome> outcomes, int repeats) {
        this.outcomes = List.copyOf(outcomes);
        this.repeats = repeats;
    }

    /** Whether every run gave the same answer for every number. */
    boolean agree() {
        return outcomes.stream().allMatch(outcome -> outcome.answers().equals(base().answers()));
    }

    /** Prints one line per run and the verdict. */
    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d numbers, each checked %s%n%n",
                Primes.NUMBERS.size(),
                repeats == 1 ? "once" : repeats + " times");
        out.printf("%-12s %7s  %-20s %9s  %8s%n", "", "workers", "answers", "time", "speed-up");
        for (Outcome outcome : outcomes) {
            out.printf(
                    Locale.ROOT,
                    "%-12s %7d  %-20s %7.2f s  %7.2f×%n",
                    outcome.way(),
                    outcome.workers(),
                    answersOf(outcome),
                    outcome.time().toNanos() / 1e9,
                    outcome.speedupOver(base()));
        }
        out.println();
        if (agree()) {
            out.println("All runs agree on every answer.");
        } else {
            disagreements(out);
        }
        out.flush();
    }

    private Outcome base() {
        return outcomes.get(0);
    }

    private String answersOf(Outcome outcome) {
        return outcome.primes() + " primes" + (outcome.answers().equals(base().answers()) ? "" : ", WRONG");
    }

    private void disagreements(PrintWriter out) {
        for (Outcome outcome : outcomes) {
            for (int place = 0; place < Primes.NUMBERS.size(); place++) {
                boolean expected = base().answers().get(place);
                if (outcome.answers().get(place) != expected) {
                    out.printf(
                            "%s with %d workers says that %d is %s prime, the sequential run says the opposite%n",
                            outcome.way(), outcome.workers(), Primes.NUMBERS.get(place), expected ? "no" : "a");
                }
            }
        }
    }
}
