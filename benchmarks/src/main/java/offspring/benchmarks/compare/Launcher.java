package offspring.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Knows the command line of each kind of entrant, and keeps CPython's script in a file while it is open. */
final class Launcher implements AutoCloseable {

    private static final long PROBE_SECONDS = 20;

    private final String python;
    private final Optional<String> pythonVersion;
    private final Path script;

    private Launcher(String python, Optional<String> pythonVersion, Path script) {
        this.python = python;
        this.pythonVersion = pythonVersion;
        this.script = script;
    }

    /**
     * Looks for CPython and lays its script down.
     *
     * @param python the command that starts CPython
     */
    static Launcher open(String python) throws IOException, InterruptedException {
        Path script = Files.createTempFile("offspring-rival", ".py");
        try (InputStream source = Launcher.class.getResourceAsStream("rival.py")) {
            if (source == null) {
                throw new IOException("rival.py is missing from the class path: build the benchmarks again");
            }
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        return new Launcher(python, versionOf(python), script);
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

    private List<String> commandLine(Row row, Entrant entrant) {
        if (entrant instanceof Entrant.Python function) {
            return List.of(python, script.toString(), function.function());
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

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(script);
    }
}
