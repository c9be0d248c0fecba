package offspring.benchmarks.compare;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who ours is compared with: one entrant, or several of whom the fastest counts.
 *
 * @param entrants at least one
 * @param goals what is to be met, by figure; a figure without one is shown, not judged
 */
record Rival(List<Entrant> entrants, Map<Figure, Goal> goals) {

    Rival {
        entrants = List.copyOf(entrants);
        goals = Map.copyOf(goals);
    }

    /** A rival whose fastest entrant counts, with no goal yet. */
    static Rival of(Entrant... entrants) {
        return new Rival(Arrays.asList(entrants), Map.of());
    }

    /** The same rival with one goal more. */
    Rival with(Figure figure, Goal goal) {
        Map<Figure, Goal> more = new EnumMap<>(Figure.class);
        more.putAll(goals);
        more.put(figure, goal);
        return new Rival(entrants, more);
    }

    Optional<Goal> goal(Figure figure) {
        return Optional.ofNullable(goals.get(figure));
    }
}
