package offspring.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Knows the command line of each kind of entrant, and keeps CPython's scripts in a folder while it is open. */
final class Launcher implements AutoCloseable {

    private static final long PROBE_SECONDS = 20;
    private static final String MAIN_SCRIPT = "rival.py";

    /** The second is a module of the first. */
    static final List<String> SCRIPTS = List.of(MAIN_SCRIPT, "workloads.py");

    private final String python;
    private final Optional<String> pythonVersion;
    private final Path scripts;

    private Launcher(String python, Optional<String> pythonVersion, Path scripts) {
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
        Path scripts = Files.createTempDirectory("offspring-rivals");
        for (String name : SCRIPTS) {
            lay(name, scripts.resolve(name));
        }
        return new Launcher(python, versionOf(python), scripts);
    }

    private static void lay(String name, Path file) throws IOException {
        try (InputStream source = Launcher.class.getResourceAsStream(name)) {
            if (source == null) {
                throw new IOException(name + " is missing from the class path: build the benchmarks again");
            }
            Files.copy(source, file);
        }
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
            return List.of(python, scripts.resolve(MAIN_SCRIPT).toString(), function.function());
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
        List<Path> files;
        try (Stream<Path> all = Files.walk(scripts)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
