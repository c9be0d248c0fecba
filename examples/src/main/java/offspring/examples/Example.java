package offspring.examples;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * An example: a command of the launcher that shows one idea, prints something worth reading, ends by itself and leaves nothing behind.
 *
 * <p>Its class carries picocli's {@code @Command} with a name and a sentence; options are fields. The catalogue of its room lists it.
 */
@SuppressWarnings("try") // what refuses to be opened is not looked at
public abstract class Example implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** An example; its options are set when it is called. */
    protected Example() {}

    /**
     * Shows the idea.
     *
     * @param out where to print; children and tests see the same stream, if it is standard output
     * @throws Exception if the example fails: exit code 1, and a stack trace unless it is a {@link #failure}
     */
    protected abstract void show(PrintWriter out) throws Exception;

    @Override
    public final Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            show(out);
            return CommandLine.ExitCode.OK;
        } catch (FailedException told) {
            out.flush();
            spec.commandLine().getErr().println(told.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (Exception broken) {
            if (isEnding()) {
                return CommandLine.ExitCode.SOFTWARE; // whoever has pressed Ctrl-C knows why
            }
            throw broken;
        } finally {
            out.flush();
        }
    }

    private static boolean isEnding() {
        try (AtCtrlC refusedThen = new AtCtrlC(() -> {})) {
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    /** The example has failed, in a way that needs no stack trace. */
    private static final class FailedException extends Exception {

        private static final long serialVersionUID = 1L;

        FailedException(String message) {
            super(message);
        }
    }

    /**
     * Says that the example has failed, in words for its user: exit code 1.
     *
     * @param message what has happened, and what to do
     * @return what to throw
     */
    protected final Exception failure(String message) {
        return new FailedException(message);
    }

    /**
     * Refuses the value of an option: exit code 2.
     *
     * @param message names the option and its value, and says what to do
     * @return what to throw
     */
    protected final ParameterException refusal(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * Checks the value of an option.
     *
     * @param option its name: {@code --workers}
     * @param value what was given
     * @param least the smallest value allowed
     * @param most the largest
     * @return the value
     */
    protected final int inRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw refusal(option + " must be " + least + " to " + most + ", but is " + value + ": try " + option + " "
                    + Math.max(least, Math.min(most, 2)));
        }
        return value;
    }

    /**
     * Checks the value of an option that is a time.
     *
     * @param option its name: {@code --interval}
     * @param seconds what was given
     * @param most the longest time allowed, in seconds
     * @return the time
     */
    protected final Duration seconds(String option, double seconds, int most) {
        if (!(seconds > 0 && seconds <= most)) {
            throw refusal(option + " must be more than 0 and at most " + most + " seconds, but is " + seconds + ": try "
                    + option + " 0.1");
        }
        return Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9)));
    }
}
