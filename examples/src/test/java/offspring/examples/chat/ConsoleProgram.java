package offspring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import offspring.examples.Examples;

/** An example as a program of its own, with somebody at its keyboard and in front of its screen. */
final class ConsoleProgram implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Writer keyboard;
    private final BlockingQueue<String> screen = new LinkedBlockingQueue<>();
    private final Thread reader;

    ConsoleProgram(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Examples.class.getName(),
                "run"));
        all.addAll(List.of(command));
        process = new ProcessBuilder(all).redirectErrorStream(true).start();
        keyboard = process.outputWriter(StandardCharsets.UTF_8);
        reader = new Thread(this::read, "screen of " + command[0]);
        reader.start();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                screen.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void type(String line) throws IOException {
        keyboard.write(line + "\n");
        keyboard.flush();
    }

    void endInput() throws IOException {
        keyboard.close();
    }

    /** The next line on the screen. */
    String sees() throws InterruptedException {
        String line = screen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("the next line of " + process.info()).isNotNull();
        return line;
    }

    /** As Ctrl-C does. */
    void tellToEnd() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("has ended")
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly(); // Process.destroyForcibly would close the stream under the reader
        process.onExit().join();
        try {
            reader.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
