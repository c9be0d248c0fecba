package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import offspring.multiprocessing.internal.segment.Session;
import offspring.testkit.Deadlines;

/** What tests look at in the session directory of this process. */
public final class SessionFiles {

    private SessionFiles() {}

    /** The files of arrays and of shared memory without a chosen name. */
    public static List<String> blocks() throws IOException {
        return names("block-");
    }

    /** The notes about shared memory under chosen names. */
    public static List<String> named() throws IOException {
        return names("named-");
    }

    private static List<String> names(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(Session.current().directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }
    }

    /** How many bytes all files have. */
    public static long bytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(Session.current().directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** Has the garbage collected until this process holds no more cells than this. */
    public static void awaitHeld(int most) throws IOException {
        Session session = Session.current();
        Deadlines.eventually("at most " + most + " cells are held", () -> {
            System.gc();
            return session.holdings().size() <= most;
        });
    }

    /** Waits until the files of arrays and shared memory are gone. */
    public static void awaitNoBlocks() throws IOException {
        Session.current();
        Deadlines.eventually("no file of an array is left", () -> {
            try {
                return blocks().isEmpty();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(blocks()).isEmpty();
    }
}
