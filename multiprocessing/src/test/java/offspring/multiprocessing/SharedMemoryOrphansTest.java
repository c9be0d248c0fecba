package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.sharedmemory.SharedMemory;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of shared memory under a chosen name when those who made it or used it end. */
@ExtendWith(FamilyCheck.class)
class SharedMemoryOrphansTest {

    @TempDir
    Path place;

    private Program start(Class<?> main) throws Exception {
        return Program.start(main, "-Doffspring.directory=" + place);
    }

    /** Makes memory that it does not unlink, and lives until it is ended. */
    static final class MakesMemory {
        public static void main(String[] args) throws Exception {
            SharedMemory.create("ours", 100);
            SharedMemory.create("theirs", 100);
            SharedMemory.create(100);
            System.out.println("session: " + Session.current().directory());
            Kin.sleepForEver();
        }
    }

    /** Attaches to the memory of another family and ends. */
    static final class AttachesAndEnds {
        public static void main(String[] args) throws Exception {
            try (var memory = SharedMemory.attach("ours")) {
                memory.buffer().put(7, (byte) 77);
            }
            Kin.run(() -> {});
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
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_untracking")
    void shouldOutliveAnUnrelatedUserAndEndWithItsMaker() throws Exception {
        try (Program maker = start(MakesMemory.class)) {
            maker.await("session: ");
            try (Program user = start(AttachesAndEnds.class)) {
                assertThat(user.join()).isZero();
            }
            assertThat(Files.readAllBytes(place.resolve("ours"))).hasSize(100).contains(77);

            maker.terminate();
            maker.join();

            assertThat(place).isEmptyDirectory();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSharedMemory.test_shared_memory_cleaned_after_process_termination")
    void shouldBeRemovedByTheNextSessionWhenItsMakerWasKilled() throws Exception {
        try (Program killed = start(MakesMemory.class)) {
            Path stale = Path.of(killed.await("session: "));
            killed.kill();
            killed.join();
            Files.delete(place.resolve("theirs"));
            Files.writeString(place.resolve("theirs"), "somebody else's by now");
            Files.setLastModifiedTime(
                    stale.resolve("owner"), FileTime.from(Instant.now().minusSeconds(3600)));
            assertThat(place.resolve("ours")).exists();
        }
        try (Program next = start(SweepsAndEnds.class)) {
            assertThat(next.join()).isZero();
        }
        assertThat(place.toFile().list()).containsExactly("theirs");
    }
}
