package offspring.multiprocessing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import offspring.multiprocessing.storm.Remains;
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
        return Remains.names(directory).stream().anyMatch(name -> name.startsWith("bell-"));
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
        Remains.children().forEach(child -> left.add("process " + child.pid()));
        Multiprocessing.activeChildren().forEach(child -> left.add("active child " + child));
        Remains.files().forEach(file -> left.add("file " + file.getFileName()));
        return left;
    }

    private static String stacksOfChildren() {
        StringBuilder stacks = new StringBuilder();
        Remains.children().forEach(child -> stacks.append(stacksOf(child.pid())));
        return stacks.toString();
    }

    /** The stacks of another JVM, as far as it still answers. */
    public static String stacksOf(long pid) {
        return Remains.stacksOf(pid);
    }

    private static void removeWhatIsLeft() {
        Remains.children().forEach(child -> {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        });
        Deadlines.eventually(
                "killed children are gone",
                () -> Multiprocessing.activeChildren().isEmpty());
        for (Path stray : Remains.files()) {
            try {
                SessionDirectory.removeTree(stray);
            } catch (IOException e) {
                throw new AssertionError("cannot remove " + stray, e);
            }
        }
    }
}
