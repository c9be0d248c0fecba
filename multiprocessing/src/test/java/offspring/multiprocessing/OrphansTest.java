package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.storm.Orphans;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A parent is killed with SIGKILL, so that nothing of its own can clean up. */
@ExtendWith(FamilyCheck.class)
class OrphansTest {

    @Test
    @Timeout(180)
    void shouldLeaveNoDescendantWhenAParentIsKilled() throws Exception {
        Orphans.Outcome outcome = Orphans.storm(6, Deadlines.scaled(Duration.ofSeconds(1)), 20261120L);

        assertThat(outcome.processes()).isGreaterThanOrEqualTo(36);
    }

    /** Lives until it is killed, with a child. */
    static final class LeavesItsDirectory {
        public static void main(String[] args) throws Exception {
            Kin.begin(Kin::sleepForEver);
            System.out.println("session: " + Session.current().directory());
            Kin.sleepForEver();
        }
    }

    /** Makes a session of its own and waits for the end of its sweep. */
    static final class SweepsAndEnds {
        public static void main(String[] args) throws Exception {
            Kin.run(() -> {});
            Deadlines.eventually(
                    "the sweep is over",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("offspring-sweep")));
        }
    }

    @Test
    void shouldRemoveTheDirectoryOfAKilledRootWhenTheNextSessionBegins() throws Exception {
        try (Program killed = Program.start(LeavesItsDirectory.class);
                Program alive = Program.start(LeavesItsDirectory.class)) {
            Path stale = Path.of(killed.await("session: "));
            Path inUse = Path.of(alive.await("session: "));
            List<ProcessHandle> family = killed.handle().descendants().toList();
            killed.kill();
            Deadlines.eventually("its child is gone", () -> family.stream().allMatch(Orphans::isGone));
            assertThat(stale).isDirectory();
            FileTime longAgo = FileTime.from(Instant.now().minusSeconds(3600));
            Files.setLastModifiedTime(stale.resolve("owner"), longAgo);
            Files.setLastModifiedTime(inUse.resolve("owner"), longAgo);

            try (Program next = Program.start(SweepsAndEnds.class)) {
                assertThat(next.join()).isZero();
            }

            assertThat(stale).doesNotExist();
            assertThat(inUse).isDirectory();
            alive.terminate();
            alive.join();
            assertThat(inUse).doesNotExist();
        }
    }

    @Test
    void shouldNotRemoveADirectoryThatIsJustBeingMade() throws Exception {
        try (Program killed = Program.start(LeavesItsDirectory.class)) {
            Path young = Path.of(killed.await("session: "));
            killed.kill();
            killed.join();

            try (Program next = Program.start(SweepsAndEnds.class)) {
                assertThat(next.join()).isZero();
            }

            assertThat(young).isDirectory();
            offspring.multiprocessing.internal.segment.SessionDirectory.removeTree(young);
        }
    }
}
