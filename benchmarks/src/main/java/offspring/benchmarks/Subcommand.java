package offspring.benchmarks;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command of the launcher: its help, where it prints, and how it refuses what it cannot work with.
 *
 * <p>Its class carries picocli's {@code @Command} with a name and a sentence; options are fields.
 */
public abstract class Subcommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** A command; its options are set when it is called. */
    protected Subcommand() {}

    /** Where results go. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where failures go. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /**
     * Refuses the command line: exit code 2.
     *
     * @param message names the option and its value, and says what to do
     * @return what to throw
     */
    protected final ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * Checks the value of an option that is a number of things.
     *
     * @param option its name: {@code --rounds}
     * @param count what was given
     * @param most the largest number allowed; the smallest is 1
     * @return the number
     */
    protected final int count(String option, int count, int most) {
        if (count < 1 || count > most) {
            throw wrong(option + " must be 1 to " + most + ", but is " + count);
        }
        return count;
    }

    /**
     * Checks the value of an option that is a time.
     *
     * @param option its name: {@code --turn}
     * @param seconds what was given
     * @param most the longest time allowed, in seconds
     * @return the time
     */
    protected final Duration seconds(String option, double seconds, int most) {
        if (!(seconds > 0 && seconds <= most)) {
            throw wrong(option + " must be more than 0 and at most " + most + " seconds, but is " + seconds);
        }
        return Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9)));
    }
}
