package offspring.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The steps of one kind of child. A step ends when the JVM's log says that a certain class was loaded; the last one ends when the
 * parent has seen the end.
 */
final class Steps {

    private static final String LAUNCH = "offspring.multiprocessing.internal.launch.";
    private static final String SEGMENT = "offspring.multiprocessing.internal.segment.";

    /** A step, and the class whose loading ends it; null: the end of the child, seen by its parent. */
    private record Step(String title, String until) {}

    private static final List<Step> SHARING_NOTHING = List.of(
            new Step("the system starts the JVM, the JVM boots", LAUNCH + "ChildMain"),
            new Step("bootstrap record, tether", SEGMENT + "Session"),
            new Step("session, duties at the end", LAUNCH + "ChildMain$Work"),
            new Step("codec, class of the target", StartupChild.class.getName()),
            new Step("the target is made: its lambda is linked", StartupChild.begun()),
            new Step("target and end of the main thread", LAUNCH + "Signals"),
            new Step("duties, end of the JVM, seen by the parent", ""));

    private static final List<Step> SENDING = List.of(
            SHARING_NOTHING.get(0),
            SHARING_NOTHING.get(1),
            SHARING_NOTHING.get(2),
            new Step("codec, shared memory of the pipe, lambda", StartupChild.begun()),
            new Step("first message", StartupChild.sent()),
            new Step("end of the main thread", LAUNCH + "Signals"),
            SHARING_NOTHING.get(6));

    private final List<Step> steps;
    private final List<long[]> rounds = new ArrayList<>();
    private final List<Long> totals = new ArrayList<>();

    private Steps(List<Step> steps) {
        this.steps = steps;
    }

    static Steps sharingNothing() {
        return new Steps(SHARING_NOTHING);
    }

    static Steps sending() {
        return new Steps(SENDING);
    }

    /** The option with which a child logs its steps. */
    static String logTo(Path file) {
        return "-Xlog:class+load:file=" + file + ":uptimenanos:filecount=0";
    }

    /** A round with the log: its lines, and how long it took from the start of the child until its end was seen. */
    void add(Path log, long wallNanos) throws IOException {
        Map<String, Long> loaded = new TreeMap<>();
        for (String line : Files.readAllLines(log)) {
            int name = line.indexOf("] ") + 2;
            int end = line.indexOf(' ', name);
            if (name > 1 && end > name) {
                long nanos = Long.parseLong(line.substring(line.indexOf('[') + 1, line.indexOf("ns]")));
                loaded.putIfAbsent(line.substring(name, end), nanos);
            }
        }
        long[] nanos = new long[steps.size()];
        long before = 0;
        for (int i = 0; i < nanos.length; i++) {
            String until = steps.get(i).until();
            Long at = until.isEmpty() ? Long.valueOf(wallNanos) : loaded.get(until);
            if (at == null) {
                throw new IllegalStateException("the child has not loaded " + until + "; see " + log);
            }
            nanos[i] = at - before;
            before = at;
        }
        rounds.add(nanos);
    }

    /** A round without the log. */
    void add(long wallNanos) {
        totals.add(wallNanos);
    }

    int count() {
        return steps.size();
    }

    String title(int step) {
        return steps.get(step).title();
    }

    /** The median of a step. */
    double millis(int step) {
        return median(rounds.stream().mapToLong(round -> round[step]).toArray());
    }

    /** The median of all, without the log. */
    double totalMillis() {
        return median(totals.stream().mapToLong(Long::longValue).toArray());
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        long median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return median / 1e6;
    }
}
