package offspring.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a terminal does at Ctrl-C: it sends SIGINT to a program and to all processes that came of it, at once. */
public final class Interrupt {

    private static final int SIGINT = 2;

    private Interrupt() {}

    /** Skips a test where nothing could be seen. */
    public static void assumePossible() throws IOException {
        assumeThat(isIgnored())
                .as(
                        "SIGINT is ignored by programs that a shell has started in the background, and by all that they start")
                .isFalse();
    }

    private static boolean isIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                long ignored = Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16);
                return (ignored >> (SIGINT - 1) & 1) == 1;
            }
        }
        return false;
    }

    /** Starts a program whose temporary directory is the given one; its errors are among its output. */
    public static Process start(Path temporary, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Sends it, and says to whom. */
    public static List<ProcessHandle> send(Process program) throws IOException, InterruptedException {
        List<ProcessHandle> family = Stream.concat(Stream.of(program.toHandle()), program.descendants())
                .toList();
        List<String> command = new ArrayList<>(List.of("kill", "-INT"));
        family.forEach(process -> command.add(Long.toString(process.pid())));
        // one of them may have ended meanwhile: nobody needs to be told
        Process kill = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(kill.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return family;
    }
}
