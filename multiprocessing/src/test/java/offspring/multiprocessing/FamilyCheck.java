package offspring.multiprocessing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a child process behind, or a file of one in the session directory: what LeakCheck does for
 * threads. What is left is put into the message, with the stacks of living children, and then removed, so that the next
 * test does not pay for it.
 *
 * <p>Before the first test it makes the session and has the bell hung up, whose thread lives as long as this JVM and would
 * else count as left behind by the test that happens to sleep first.
 */
public final class FamilyCheck implements BeforeAllCallback, AfterEachCallback {

    private static final Duration PATIENCE = Deadlines.scaled(Duration.ofSeconds(10));

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        try (Pipe pipe = Pipe.oneWay()) {
            Path own = Session.current().directory();
            Deadlines.eventually("the bell of this process is hung up", () -> sleepOnce(pipe) && hasBell(own));
            Deadlines.eventually("the sweep of stale directories ends", FamilyCheck::isSwept);
        }
    }

    private static boolean sleepOnce(Pipe pipe) {
        try {
            return !pipe.first().poll(Duration.ofMillis(1));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean hasBell(Path directory) {
        return names(directory).stream().anyMatch(name -> name.startsWith("bell-"));
    }

    private static boolean isSwept() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("offspring-sweep"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> left = left();
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(2_000_000);
            left = left();
        }
        if (!left.isEmpty()) {
            String stacks = stacksOfChildren();
            removeWhatIsLeft();
            throw new AssertionError("the test left behind " + left + "\n" + stacks);
        }
    }

    /** What should not be there, each with a name that says what it is. */
    private static List<String> left() {
        List<String> left = new ArrayList<>();
        children().forEach(child -> left.add("process " + child.pid()));
        Multiprocessing.activeChildren().forEach(child -> left.add("active child " + child));
        strayFiles().forEach(file -> left.add("file " + file.getFileName()));
        return left;
    }

    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("ChildMain"));
    }

    private static List<Path> strayFiles() {
        Session session = Session.existing();
        if (session == null) {
            return List.of();
        }
        String folder = session.folderOf(session.self()).getFileName().toString();
        Set<String> own = Set.of("owner", "processes", folder, folder.replace("child-", "bell-"));
        return names(session.directory()).stream()
                .filter(name -> !own.contains(name) && !isOfTheSession(name))
                .map(session.directory()::resolve)
                .toList();
    }

    /** Rows of small objects, which are used again and stay until the session ends. */
    private static boolean isOfTheSession(String name) {
        return name.startsWith("cells-") || name.startsWith("flights-");
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError("cannot list " + directory, e);
        }
    }

    private static String stacksOfChildren() {
        StringBuilder stacks = new StringBuilder();
        children().forEach(child -> stacks.append(stacksOf(child.pid())));
        return stacks.toString();
    }

    /** The stacks of another JVM, as far as it still answers. */
    public static String stacksOf(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return "(no jcmd to ask process " + pid + " for its stacks)\n";
        }
        try {
            Path out = Files.createTempFile("offspring-stacks", ".txt");
            try {
                java.lang.Process asking = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print")
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
                if (!asking.waitFor(5, TimeUnit.SECONDS)) {
                    asking.destroyForcibly();
                }
                return "stacks of process " + pid + ":\n" + Files.readString(out);
            } finally {
                Files.delete(out);
            }
        } catch (IOException | InterruptedException e) {
            return "(no stacks of process " + pid + ": " + e + ")\n";
        }
    }

    private static void removeWhatIsLeft() {
        children().forEach(child -> {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        });
        Deadlines.eventually(
                "killed children are gone",
                () -> Multiprocessing.activeChildren().isEmpty());
        for (Path stray : strayFiles()) {
            try {
                SessionDirectory.removeTree(stray);
            } catch (IOException e) {
                throw new AssertionError("cannot remove " + stray, e);
            }
        }
    }
}
