package offspring.benchmarks.compare;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A kind of work that is compared.
 *
 * @param id the name on the command line
 * @param title the name in the table; says what one operation is
 * @param figures what is measured, and how many operations a {@link Figure#FIRST first} or {@link Figure#IDLE idle} turn
 *     has; a {@link Figure#WARM warm} turn has as many as fill the time, and starts the search with the number given
 * @param ours our entrant
 * @param rivals whom it is compared with
 */
record Row(String id, String title, Map<Figure, Integer> figures, Entrant.Jvm ours, List<Rival> rivals) {

    Row {
        figures = new LinkedHashMap<>(figures);
        rivals = List.copyOf(rivals);
    }

    /** A row with no figure yet. */
    static Row of(String id, String title, Entrant.Jvm ours, Rival... rivals) {
        return new Row(id, title, Map.of(), ours, Arrays.asList(rivals));
    }

    /** The same row with one figure more. */
    Row with(Figure figure, int operations) {
        Map<Figure, Integer> more = new LinkedHashMap<>(figures);
        more.put(figure, operations);
        return new Row(id, title, more, ours, rivals);
    }

    /** Whether the figure is measured. */
    boolean has(Figure figure) {
        return figures.containsKey(figure);
    }

    /** How many operations go with the figure; 1 if it is not measured. */
    int operations(Figure figure) {
        return figures.getOrDefault(figure, 1);
    }

    /** Rivals first, ours last. */
    Stream<Entrant> entrants() {
        return Stream.concat(rivals.stream().flatMap(rival -> rival.entrants().stream()), Stream.of(ours));
    }

    /** The program with the given name. */
    Entrant.Jvm jvmEntrant(String name) {
        return entrants()
                .filter(entrant -> entrant.name().equals(name))
                .filter(Entrant.Jvm.class::isInstance)
                .map(Entrant.Jvm.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("row " + id + " has no JVM entrant named " + name));
    }
}
