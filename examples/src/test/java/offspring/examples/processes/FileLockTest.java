package offspring.examples.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import offspring.examples.ExampleRun;
import offspring.examples.Examples;
import offspring.examples.Interrupt;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileLockTest {

    @Test
    void shouldKeepEveryLineWhole() {
        ExampleRun run = ExampleRun.here("file-lock");

        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .containsExactlyInAnyOrder(
                        "the file has 5 lines:",
                        "begin 1 end 1",
                        "begin 2 end 2",
                        "begin 3 end 3",
                        "begin 4 end 4",
                        "begin 5 end 5");
    }

    @Test
    void shouldRefuseWhenNobodyWrites() {
        assertThat(ExampleRun.here("file-lock", "--processes", "0").errors())
                .contains("--processes must be 1 to 32, but is 0");
    }

    @Test
    @Timeout(120)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send")
    void shouldLeaveNothingBehindAtCtrlC(@TempDir Path temporary) throws Exception {
        Interrupt.assumePossible();
        Process program = Interrupt.start(temporary, Examples.class, "run", "file-lock", "--processes", "32");
        try (BufferedReader printed = program.inputReader()) {
            // many writers come after the first, so it is in the middle of them
            Deadlines.eventually("somebody writes", () -> names(temporary).contains("output.txt"));
            List<ProcessHandle> family = Interrupt.send(program);

            List<String> lines = printed.lines().toList();
            assertThat(lines).noneMatch(line -> line.contains("FileLock.show")); // no stack trace of the program itself
            assertThat(program.waitFor()).isEqualTo(128 + 2);
            assertThat(family).noneMatch(ProcessHandle::isAlive);
            assertThat(names(temporary)).noneMatch(name -> name.startsWith("file-lock"));
        } finally {
            program.descendants().forEach(ProcessHandle::destroyForcibly);
            program.destroyForcibly();
        }
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (UncheckedIOException | IOException changing) {
            return List.of();
        }
    }
}
