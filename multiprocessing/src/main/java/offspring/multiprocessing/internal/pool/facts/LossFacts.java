package offspring.multiprocessing.internal.pool.facts;

import java.time.Duration;
import java.util.List;
import offspring.multiprocessing.internal.launch.diagnosis.CrashLog;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a worker that has ended before its time.
 *
 * @param worker its name
 * @param pid the number that the system gave to it
 * @param exitCode as of a process: minus the number of a signal
 * @param age how long it lived
 * @param served how many calls it had answered
 * @param lastLines what it printed last on its standard error; empty if that goes elsewhere
 * @param crash what its JVM has written of its crash; null if it did not crash
 */
public record LossFacts(
        String worker,
        long pid,
        int exitCode,
        Duration age,
        long served,
        List<String> lastLines,
        @Nullable CrashLog crash) {

    /** Copies the lines. */
    public LossFacts {
        lastLines = List.copyOf(lastLines);
    }

    /** The facts in one sentence; behind it what the JVM said of its crash, and the last lines. */
    public String text() {
        StringBuilder text =
                new StringBuilder(worker).append(" (pid ").append(pid).append(") ");
        if (exitCode < 0) {
            text.append("was ended by signal ").append(-exitCode);
        } else {
            text.append("ended with exit code ").append(exitCode);
        }
        text.append(" after ")
                .append(age.toMillis())
                .append(" ms and ")
                .append(served)
                .append(" calls");
        boolean oneSentence = crash == null || !appendCrash(text, crash);
        if (!lastLines.isEmpty()) {
            text.append(oneSentence ? "; its" : "\nIts").append(" standard error ended with:");
            append(text, lastLines);
        }
        return text.toString();
    }

    /** Says whether there were lines. */
    private static boolean appendCrash(StringBuilder text, CrashLog crash) {
        text.append(crash.file() == null ? "; its JVM crashed" : "; its JVM crashed, see " + crash.file());
        List<String> problem = crash.problem();
        if (!problem.isEmpty()) {
            text.append(':');
            append(text, problem);
        }
        return !problem.isEmpty();
    }

    private static void append(StringBuilder text, List<String> lines) {
        lines.forEach(line -> text.append('\n').append("  ").append(line));
    }
}
