package offspring.multiprocessing.internal.pool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * @param crashLog the log of its JVM's crash
 */
public record LossFacts(
        String worker,
        long pid,
        int exitCode,
        Duration age,
        long served,
        List<String> lastLines,
        @Nullable Path crashLog) {

    /** Copies the lines. */
    public LossFacts {
        lastLines = List.copyOf(lastLines);
    }

    /** The facts in one sentence, the last lines behind it. */
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
        if (crashLog != null) {
            text.append("; its JVM crashed, see ").append(crashLog);
        }
        if (!lastLines.isEmpty()) {
            text.append("; its standard error ended with:");
            lastLines.forEach(line -> text.append('\n').append("  ").append(line));
        }
        return text.toString();
    }
}
