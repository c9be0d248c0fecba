package offspring.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of its own for a test whose subject ends a JVM: a real {@code java} with the class path of the test.
 *
 * <pre>{@code
 * ChildJava.Result result = ChildJava.run(EndsMainEarly.class);
 * assertThat(result.exitCode()).isZero();
 * }</pre>
 */
public final class ChildJava {

    private ChildJava() {}

    /** How the program ended and what it printed, with line ends as {@code \n}. */
    public record Result(int exitCode, String out, String err) {}

    /** Runs the {@code main} of a class and waits for its end. */
    public static Result run(Class<?> main) {
        return run(main, List.of());
    }

    /**
     * Runs the {@code main} of a class in a JVM with these options and waits for its end.
     *
     * @throws AssertionError if it does not end within {@link Deadlines#PATIENCE}, with what it printed; it is killed then
     */
    public static Result run(Class<?> main, List<String> jvmOptions) {
        try {
            Path folder = Files.createTempDirectory("offspring-child");
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            try {
                Process process = new ProcessBuilder(command(main, jvmOptions))
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                boolean ended = waitFor(process);
                if (!ended) {
                    throw new AssertionError(main.getSimpleName() + " has not ended within " + Deadlines.PATIENCE
                            + "\nout: " + text(out) + "\nerr: " + text(err));
                }
                return new Result(process.exitValue(), text(out), text(err));
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new AssertionError("cannot run " + main.getName() + " in a child JVM", e);
        }
    }

    private static boolean waitFor(Process process) {
        boolean ended = false;
        try {
            ended = process.waitFor(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for a child JVM", e);
        } finally {
            if (!ended) {
                process.destroyForcibly();
            }
        }
        return ended;
    }

    private static List<String> command(Class<?> main, List<String> jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).replace("\r\n", "\n");
    }
}
