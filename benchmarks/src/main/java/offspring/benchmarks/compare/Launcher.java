package offspring.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import offspring.benchmarks.Scripts;

/** Knows the command line of each kind of entrant, and keeps CPython's scripts in a folder while it is open. */
final class Launcher implements AutoCloseable {

    private static final long PROBE_SECONDS = 20;
    private static final String MAIN_SCRIPT = "rival.py";

    /** The second is a module of the first. */
    static final List<String> SCRIPTS = List.of(MAIN_SCRIPT, "workloads.py");

    private final String python;
    private final Optional<String> pythonVersion;
    private final Scripts scripts;

    private Launcher(String python, Optional<String> pythonVersion, Scripts scripts) {
        this.python = python;
        this.pythonVersion = pythonVersion;
        this.scripts = scripts;
    }

    /**
     * Looks for CPython and lays its scripts down.
     *
     * @param python the command that starts CPython
     */
    static Launcher open(String python) throws IOException, InterruptedException {
        return new Launcher(python, versionOf(python), Scripts.open(Launcher.class, SCRIPTS));
    }

    /** What CPython says of itself; empty if it cannot be started here. */
    Optional<String> pythonVersion() {
        return pythonVersion;
    }

    /** Whether this machine can run the entrant. */
    boolean canStart(Entrant entrant) {
        return entrant instanceof Entrant.Jvm || pythonVersion.isPresent();
    }

    /** Starts the entrant's process. */
    Contender start(Row row, Entrant entrant) throws IOException {
        return Contender.start(row.id() + " by " + entrant.name(), commandLine(row, entrant));
    }

    /**
     * Starts a function of CPython that takes arguments.
     *
     * @throws IOException if it does not start, or there is no CPython
     */
    Contender start(String function, int... arguments) throws IOException {
        String[] words = Arrays.stream(arguments).mapToObj(Integer::toString).toArray(String[]::new);
        return Contender.start(function + " of " + Arrays.toString(arguments), commandLine(function, words));
    }

    private List<String> commandLine(String function, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(python, scripts.file(MAIN_SCRIPT).toString(), function));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private List<String> commandLine(Row row, Entrant entrant) {
        if (entrant instanceof Entrant.Python function) {
            return commandLine(function.function());
        }
        return commandLine(row, (Entrant.Jvm) entrant);
    }

    /** The JVM that runs this program, with no option but those it needs: what a user gets by default, for all alike. */
    private static List<String> commandLine(Row row, Entrant.Jvm entrant) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(entrant.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ProgramServer.class.getName()));
        command.addAll(List.of(row.id(), entrant.name()));
        return command;
    }

    private static Optional<String> versionOf(String python) throws IOException, InterruptedException {
        Process probe;
        try {
            probe = new ProcessBuilder(python, "--version")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException notThere) {
            return Optional.empty();
        }
        if (!probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
            probe.destroyForcibly();
            return Optional.empty();
        }
        String says =
                new String(probe.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        return probe.exitValue() == 0 && says.startsWith("Python 3") ? Optional.of(says) : Optional.empty();
    }

    /** With what CPython has compiled beside the scripts. */
    @Override
    public void close() throws IOException {
        scripts.close();
    }
}
