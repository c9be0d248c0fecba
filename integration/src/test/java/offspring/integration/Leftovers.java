package offspring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import offspring.testkit.Deadlines;

/** What a program must not leave behind. */
final class Leftovers {

    private Leftovers() {}

    /** Neither a session directory of that root nor a process that names one is left. */
    static void assertNone(long root) {
        String name = "offspring-" + root + "-";
        Deadlines.eventually(
                "all descendants of " + root + " are gone",
                () -> processesWith(name).isEmpty());
        assertThat(Stream.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))
                        .flatMap(place -> list(place, name).stream())
                        .toList())
                .as("session directories of %d", root)
                .isEmpty();
    }

    /** Each child has the path of its crash log, in the session directory, on its command line. */
    private static List<ProcessHandle> processesWith(String name) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(name))
                .toList();
    }

    private static List<Path> list(Path place, String prefix) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
