package offspring.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {

    private static void fill(TemporaryDirectory directory) throws IOException {
        Path inner = Files.createDirectories(directory.path().resolve("a").resolve("b"));
        Files.writeString(inner.resolve("file"), "text");
        Files.writeString(directory.path().resolve("file"), "text");
    }

    @Test
    void shouldBeGoneWithAllThatIsInItWhenClosed() throws Exception {
        Path path;
        try (TemporaryDirectory directory = TemporaryDirectory.create("mine")) {
            fill(directory);
            path = directory.path();
            assertThat(path).isDirectory();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void shouldNotMindThatSomebodyElseHasRemovedIt() throws Exception {
        try (TemporaryDirectory directory = TemporaryDirectory.create("mine")) {
            Files.delete(directory.path());
        }
    }

    /** A program that never comes to the end of its block. */
    static final class Waits {
        public static void main(String[] args) throws Exception {
            try (TemporaryDirectory directory = TemporaryDirectory.create("mine")) {
                fill(directory);
                System.out.println(directory.path());
                new CountDownLatch(1).await();
            }
        }
    }

    @Test
    @Timeout(120)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send")
    void shouldBeGoneAfterCtrlC(@TempDir Path temporary) throws Exception {
        Interrupt.assumePossible();
        Process program = Interrupt.start(temporary, Waits.class);
        try (BufferedReader printed = program.inputReader()) {
            Path path = Path.of(printed.readLine());
            assertThat(path).isDirectory().hasParent(temporary);

            Interrupt.send(program);

            assertThat(program.waitFor()).isEqualTo(128 + 2);
            assertThat(printed.readLine()).isNull();
            assertThat(path).doesNotExist();
        } finally {
            program.destroyForcibly();
        }
    }
}
