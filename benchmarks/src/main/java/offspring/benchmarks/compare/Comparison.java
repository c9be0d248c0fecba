package offspring.benchmarks.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Measures one row: all its entrants by turns, round after round. */
final class Comparison {

    private static final int ENOUGH_LONG_ONES = 2;

    /** CPython compiles nothing while it runs: its caches and its children have to get warm, no more. */
    private static final int SHARE_OF_PYTHON = 5;

    private final Launcher launcher;
    private final Effort effort;

    Comparison(Launcher launcher, Effort effort) {
        this.launcher = launcher;
        this.effort = effort;
    }

    /** All figures of the row, each beside every entrant that this machine can start. */
    List<Standing> measure(Row row) throws IOException {
        List<Entrant> entrants = row.entrants().filter(launcher::canStart).toList();
        List<Standing> standings = new ArrayList<>();
        if (row.has(Figure.WARM) || row.has(Figure.IDLE)) {
            measureWarm(row, entrants, standings);
        }
        if (row.has(Figure.FIRST)) {
            List<Racer> racers =
                    entrants.stream().map(entrant -> firstTurns(row, entrant)).toList();
            standings.addAll(stand(row, Figure.FIRST, byTurns(racers)));
        }
        return standings;
    }

    private void measureWarm(Row row, List<Entrant> entrants, List<Standing> standings) throws IOException {
        List<Contender> contenders = new ArrayList<>();
        try {
            List<Racer> warm = new ArrayList<>();
            List<Racer> idle = new ArrayList<>();
            for (Entrant entrant : entrants) {
                Contender contender = launcher.start(row, entrant);
                contenders.add(contender);
                long count = warmUp(entrant, contender, row.operations(Figure.WARM));
                warm.add(new Racer(entrant, () -> (double) contender.run(count) / count));
                int idleCount = row.operations(Figure.IDLE);
                idle.add(new Racer(entrant, () -> (double) contender.idle(idleCount) / idleCount));
            }
            if (row.has(Figure.WARM)) {
                standings.addAll(stand(row, Figure.WARM, byTurns(warm)));
            }
            if (row.has(Figure.IDLE)) {
                standings.addAll(stand(row, Figure.IDLE, byTurns(idle)));
            }
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
        }
    }

    /** Each turn by a process that has done nothing before. */
    private Racer firstTurns(Row row, Entrant entrant) {
        int count = row.operations(Figure.FIRST);
        return new Racer(entrant, () -> {
            try (Contender fresh = launcher.start(row, entrant)) {
                return (double) fresh.run(count) / count;
            }
        });
    }

    /**
     * Works until the warm-up is over, and tells how many operations fill a turn. Where a single operation is longer than a
     * turn, the second one ends the warm-up: such operations warm up, or start cold, inside.
     */
    private long warmUp(Entrant entrant, Contender contender, long firstCount) throws IOException {
        long turn = effort.turn().toNanos();
        long left = effort.warmUp().toNanos() / (entrant instanceof Entrant.Python ? SHARE_OF_PYTHON : 1);
        long count = firstCount;
        int longOnes = 0;
        while (true) {
            long nanos = Math.max(1, contender.run(count));
            left -= nanos;
            longOnes += nanos > turn * count ? 1 : 0;
            // at most ten times more at once: the first turns are slow, and one of them must not fix a huge count
            count = Math.max(1, Math.min(10 * count, Math.round((double) count * turn / nanos)));
            if (left <= 0 || longOnes == ENOUGH_LONG_ONES) {
                return count;
            }
        }
    }

    /** One turn. */
    private interface Turn {
        double nanosPerOperation() throws IOException;
    }

    /**
     * An entrant ready to go.
     *
     * @param entrant who
     * @param turn what it does when it is its turn
     */
    private record Racer(Entrant entrant, Turn turn) {}

    /** Every second round in the opposite order, so that nobody is always the one who follows the other. */
    private List<Times> byTurns(List<Racer> racers) throws IOException {
        List<List<Double>> times = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < racers.size(); i++) {
            times.add(new ArrayList<>());
            order.add(i);
        }
        for (int round = 0; round < effort.rounds(); round++) {
            for (int i : order) {
                times.get(i).add(racers.get(i).turn().nanosPerOperation());
            }
            Collections.reverse(order);
        }
        return order.stream()
                .sorted()
                .map(i -> new Times(racers.get(i).entrant(), times.get(i)))
                .toList();
    }

    /** The lines of one figure: one per rival's entrant, the goal beside the rival's fastest. */
    static List<Standing> stand(Row row, Figure figure, List<Times> times) {
        List<Double> ours = times.stream()
                .filter(one -> one.entrant().equals(row.ours()))
                .map(Times::nanos)
                .findFirst()
                .orElseThrow();
        List<Standing> standings = new ArrayList<>();
        for (Rival rival : row.rivals()) {
            List<Times> present = times.stream()
                    .filter(one -> rival.entrants().contains(one.entrant()))
                    .toList();
            double fastest = present.stream()
                    .map(Times::median)
                    .min(Comparator.naturalOrder())
                    .orElse(Double.NaN);
            for (Times one : present) {
                Goal goal = one.median() == fastest ? rival.goal(figure).orElse(null) : null;
                Standing.Samples samples = new Standing.Samples(one.nanos(), ours);
                standings.add(Standing.beside(row, figure, one.entrant().name(), samples, goal));
            }
        }
        return standings.isEmpty() ? List.of(Standing.alone(row, figure, ours)) : standings;
    }
}
