package offspring.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An entrant's process, up and waiting for its turn. See {@link ProgramServer} for the lines. Used by one thread. */
final class Contender implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** No turn takes that long: a contender that stays silent hangs. */
    private static final long LIMIT_SECONDS = 120;

    private static final long GOODBYE_SECONDS = 10;

    private final String name;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private Contender(String name, Process process) {
        this.name = name;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the process and waits until its program is made.
     *
     * @throws IOException if it does not start, dies, or says nothing in time
     */
    static Contender start(String name, List<String> commandLine) throws IOException {
        Process process = new ProcessBuilder(commandLine)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Contender contender = new Contender(name, process);
        try {
            contender.answer("ready");
            return contender;
        } catch (IOException | RuntimeException failure) {
            contender.close();
            throw failure;
        }
    }

    /** Nanoseconds for that many operations in a row. */
    long run(long operations) throws IOException {
        return ask("run " + operations);
    }

    /** Nanoseconds for that many operations, each after a second of silence. */
    long idle(long operations) throws IOException {
        return ask("idle " + operations);
    }

    private long ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return answer("nanos").asLong();
    }

    private JsonNode answer(String key) throws IOException {
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS));
        String line;
        try {
            line = answers.readLine();
        } finally {
            limit.cancel(false);
        }
        if (line == null) {
            throw new IOException(name + " ended before it answered, or gave no answer within " + LIMIT_SECONDS
                    + " seconds; its own words are on standard error");
        }
        JsonNode value = JSON.readTree(line).get(key);
        if (value == null) {
            throw new IOException(name + " answered '" + line + "' where '" + key + "' was expected");
        }
        return value;
    }

    /** Ends the process: by the end of its input, by force if it does not listen. */
    @Override
    public void close() throws IOException {
        try {
            commands.close();
        } catch (IOException alreadyGone) {
            // a process that died took its end of the pipe with it; there is nobody to tell
        }
        boolean gone = false;
        try {
            gone = process.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            if (!gone) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            answers.close();
        }
    }
}
