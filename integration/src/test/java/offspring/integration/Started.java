package offspring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import offspring.testkit.Deadlines;

/** A program that a test starts as a user would: a command, its surroundings, and then what it printed and left behind. */
final class Started {

    private static final Duration LIMIT = Deadlines.scaled(Duration.ofSeconds(120));

    private final List<String> prefix = new ArrayList<>();
    private final List<String> jvm = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path folder;
    private Path directory;

    private Started(Path folder) {
        this.folder = folder;
        this.directory = folder;
        jvm.add("-XX:TieredStopAtLevel=1");
        jvm.add("-Doffspring.classArchive=off");
    }

    /** Begins with a program whose output goes to files in a folder, which is its working directory, too. */
    static Started in(Path folder) {
        return new Started(folder);
    }

    /** A command that runs {@code java}. */
    Started through(String... command) {
        prefix.addAll(Arrays.asList(command));
        return this;
    }

    /** Options of the JVM. */
    Started with(String... options) {
        jvm.addAll(Arrays.asList(options));
        return this;
    }

    Started environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Started directory(Path path) {
        this.directory = path;
        return this;
    }

    /** How it ended, and the lines that it printed. */
    record Result(int exitCode, List<String> out, String err) {

        /** The application has done everything that it does, in a place where all works. */
        void assertWorked() {
            assertThat(out)
                    .as("what the application printed; on standard error: %s", err)
                    .contains(EXPECTED)
                    .filteredOn(line -> line.startsWith("exit code"))
                    .containsOnly("exit code: 0");
            assertThat(exitCode).as("exit code; standard error: %s", err).isZero();
        }

        /** The application was refused its first process, with a text that has these words. */
        void assertRefused(String... words) {
            assertThat(out).as("standard error: %s", err).hasSize(2).last().isEqualTo("end");
            assertThat(out.get(0)).startsWith("refused: ").contains(words);
            assertThat(exitCode).isZero();
        }
    }

    /** What the application prints. */
    static final String[] EXPECTED = {
        "lambda: 12 in Process-1",
        "pipe: 144",
        "queue: [1, 2, 3]",
        "record: Word[text=echo]",
        "subclass: Greeting[word=hello, times=7]",
        "pool: [1, 4, 9]",
        "end"
    };

    /** Runs {@code java} with these last arguments, and checks that nothing stays of it. */
    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(java().toString());
        command.addAll(jvm);
        command.addAll(Arrays.asList(arguments));
        return runOther(command.toArray(new String[0]));
    }

    /** Runs a command, which need not be {@code java}, and checks that nothing stays of it. */
    Result runOther(String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        java.lang.Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "not ended within " + LIMIT + ": " + List.of(command) + "\n" + text(out) + text(err));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        Leftovers.assertNone(process.pid());
        return new Result(process.exitValue(), text(out).lines().toList(), text(err));
    }

    /** The {@code java} that runs the tests. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
