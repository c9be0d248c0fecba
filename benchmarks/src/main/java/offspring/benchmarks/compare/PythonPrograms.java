package offspring.benchmarks.compare;

import java.io.IOException;
import offspring.benchmarks.programs.Program;
import org.jspecify.annotations.Nullable;

/** Functions of {@code rival.py} that take arguments, as programs: each in a process of CPython that lives as long as it. */
public final class PythonPrograms implements AutoCloseable {

    private final Launcher launcher;
    private final String command;

    private PythonPrograms(Launcher launcher, String command) {
        this.launcher = launcher;
        this.command = command;
    }

    /**
     * Looks for CPython and lays the script down.
     *
     * @param python the command that starts CPython
     * @throws IOException if the script cannot be written
     * @throws InterruptedException if interrupted while looking for CPython
     */
    public static PythonPrograms open(String python) throws IOException, InterruptedException {
        return new PythonPrograms(Launcher.open(python), python);
    }

    /** The command that starts it. */
    public String command() {
        return command;
    }

    /** What CPython says of itself; null if there is none. */
    public @Nullable String version() {
        return launcher.pythonVersion().orElse(null);
    }

    /** Whether there is CPython here. */
    public boolean areHere() {
        return launcher.pythonVersion().isPresent();
    }

    /**
     * Starts one.
     *
     * @param function its name among those that take arguments
     * @param arguments its arguments
     * @throws IOException if it does not start
     */
    public Program start(String function, int... arguments) throws IOException {
        return new Told(launcher.start(function, arguments));
    }

    @Override
    public void close() throws IOException {
        launcher.close();
    }

    /** Works in another process when told. */
    private record Told(Contender contender) implements Program {

        @Override
        public long run(long operations) throws IOException {
            return contender.run(operations);
        }

        @Override
        public void close() throws IOException {
            contender.close();
        }
    }
}
