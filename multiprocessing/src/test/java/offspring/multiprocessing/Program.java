package offspring.multiprocessing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import offspring.testkit.Deadlines;

/**
 * A main program of the tests in a JVM of its own, which is the root of a family of its own: to be watched while it runs, and
 * ended.
 */
final class Program implements AutoCloseable {

    private final java.lang.Process process;
    private final ConcurrentLinkedQueue<String> out = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> err = new ConcurrentLinkedQueue<>();
    private final List<Thread> pumps = new ArrayList<>();

    private Program(java.lang.Process process) {
        this.process = process;
        pump(process.getInputStream(), out);
        pump(process.getErrorStream(), err);
    }

    /** Starts the {@code main} of a class with JVM options. */
    static Program start(Class<?> main, String... jvmOptions) throws IOException {
        return new Program(new ProcessBuilder(command(main, List.of(jvmOptions), List.of())).start());
    }

    /** A command that runs the {@code main} of a class on the class path of the tests. */
    static List<String> command(Class<?> main, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    private void pump(InputStream from, ConcurrentLinkedQueue<String> to) {
        Thread pump = new Thread(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(from, Charset.defaultCharset()))) {
                reader.lines().forEach(to::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                to.add("(the stream broke off: " + e + ")");
            }
        });
        pump.start();
        pumps.add(pump);
    }

    /** Waits for a line that begins like this, and gives the rest of it. */
    String await(String beginning) {
        Deadlines.eventually(
                "the program prints a line that begins with \"" + beginning + "\"; it has printed " + out + err,
                () -> find(beginning) != null || !process.isAlive());
        String found = find(beginning);
        if (found == null) {
            throw new AssertionError(
                    "the program ended without printing " + beginning + "; it has printed " + out + err);
        }
        return found.substring(beginning.length());
    }

    private String find(String beginning) {
        return out.stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElse(null);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks it to end: SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends it: SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end, and for that of all who share its output. */
    int join() throws InterruptedException {
        if (!process.waitFor(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            String stacks = FamilyCheck.stacksOf(process.pid());
            close();
            throw new AssertionError("the program has not ended within " + Deadlines.PATIENCE + "; it has printed "
                    + out + err + "\n" + stacks);
        }
        for (Thread pump : pumps) {
            pump.join(Deadlines.PATIENCE.toMillis());
        }
        return process.exitValue();
    }

    List<String> out() {
        return List.copyOf(out);
    }

    String err() {
        return String.join("\n", err);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
