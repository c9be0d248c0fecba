package offspring.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An example was run, and this came of it.
 *
 * @param exitCode 0 if all went well
 * @param lines what it printed
 * @param errors what it printed to standard error
 */
public record ExampleRun(int exitCode, List<String> lines, String errors) {

    private static final long PATIENCE_SECONDS = 120;

    /** Runs an example in this JVM. What its child processes print is not seen. */
    public static ExampleRun here(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Examples.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(withRun(command));
        return new ExampleRun(code, out.toString().lines().toList(), err.toString());
    }

    /** Runs an example as a program of its own, and sees what its child processes print. Fails if it leaves a process behind. */
    public static ExampleRun asProgram(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        all.add(Examples.class.getName());
        all.addAll(List.of(withRun(command)));
        Path out = Files.createTempFile("example", ".out");
        Path err = Files.createTempFile("example", ".err");
        try {
            Process process = new ProcessBuilder(all)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            List<ProcessHandle> family = new ArrayList<>();
            boolean ended = false;
            for (long i = 0; i < PATIENCE_SECONDS * 20 && !ended; i++) {
                ended = process.waitFor(50, TimeUnit.MILLISECONDS);
                process.descendants().filter(child -> !family.contains(child)).forEach(family::add);
            }
            List<ProcessHandle> left =
                    family.stream().filter(ProcessHandle::isAlive).toList();
            left.forEach(ProcessHandle::destroyForcibly);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || !left.isEmpty()) {
                throw new AssertionError(
                        String.join(" ", command) + (ended ? " has left processes behind: " + left : " does not end")
                                + "\n" + Files.readString(out) + Files.readString(err));
            }
            return new ExampleRun(
                    process.exitValue(),
                    Files.readAllLines(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String[] withRun(String... command) {
        String[] all = new String[command.length + 1];
        all[0] = "run";
        System.arraycopy(command, 0, all, 1, command.length);
        return all;
    }
}
