package offspring.multiprocessing.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory is made privately, and removed only by its owner or after its owner is gone. */
class SessionDirectoryTest {

    @TempDir
    Path place;

    private String before;

    @BeforeEach
    void choosePlace() {
        before = System.getProperty(SessionDirectory.PLACE_PROPERTY);
        System.setProperty(SessionDirectory.PLACE_PROPERTY, place.toString());
    }

    @AfterEach
    void restorePlace() {
        if (before == null) {
            System.clearProperty(SessionDirectory.PLACE_PROPERTY);
        } else {
            System.setProperty(SessionDirectory.PLACE_PROPERTY, before);
        }
    }

    @Test
    void shouldBePrivate() throws Exception {
        SessionDirectory directory = SessionDirectory.create();

        assertThat(directory.path().getParent()).isEqualTo(place);
        assertThat(directory.path().getFileName().toString())
                .startsWith("offspring-" + ProcessHandle.current().pid() + "-");
        if (place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                    .isEqualTo("rwx------");
        }
        directory.remove();
        assertThat(directory.path()).doesNotExist();
        assertThatCode(directory::remove).doesNotThrowAnyException();
    }

    @Test
    void shouldHaveAPathOfItsOwnEachTime() throws Exception {
        SessionDirectory one = SessionDirectory.create();
        SessionDirectory other = SessionDirectory.create();

        assertThat(one.path()).isNotEqualTo(other.path());
        one.remove();
        other.remove();
    }

    @Test
    void shouldNameThePropertyWhenThePlaceIsMissing() {
        System.setProperty(
                SessionDirectory.PLACE_PROPERTY, place.resolve("missing").toString());

        assertThatThrownBy(SessionDirectory::create)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining(SessionDirectory.PLACE_PROPERTY);
    }

    // ---- the sweep

    private Path stale(String name) throws IOException {
        Path directory = Files.createDirectory(place.resolve(name));
        Files.createFile(directory.resolve("owner"));
        Files.writeString(directory.resolve("processes"), "something");
        Files.writeString(Files.createDirectory(directory.resolve("child-1-1")).resolve("arguments"), "deeper");
        makeOld(directory.resolve("owner"));
        return directory;
    }

    private static void makeOld(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void shouldSweepDirectoriesWhoseOwnerIsGone() throws Exception {
        Path stale = stale("offspring-1-gone");
        SessionDirectory directory = SessionDirectory.create();

        directory.sweepStale();

        assertThat(stale).doesNotExist();
        assertThat(directory.path()).isDirectory();
        directory.remove();
    }

    @Test
    void shouldSweepAnOldDirectoryWithoutAnOwnerFile() throws Exception {
        Path stale = stale("offspring-1-half");
        Files.delete(stale.resolve("owner"));
        makeOld(stale);
        SessionDirectory directory = SessionDirectory.create();

        directory.sweepStale();

        assertThat(stale).doesNotExist();
        directory.remove();
    }

    @Test
    void shouldNotSweepWhatIsInUseOrYoungOrNotOurs() throws Exception {
        Path used = stale("offspring-1-used");
        Path young = Files.createDirectory(place.resolve("offspring-1-young"));
        Path other = stale("somebody-else");
        SessionDirectory directory = SessionDirectory.create();
        try (FileChannel channel = FileChannel.open(used.resolve("owner"), StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();

            directory.sweepStale();
        }

        assertThat(used).isDirectory();
        assertThat(young).isDirectory();
        assertThat(other).isDirectory();
        directory.remove();
    }

    @Test
    void shouldRemoveATreeAndNotFollowLinksOutOfIt() throws Exception {
        Path outside = Files.writeString(place.resolve("outside"), "stays");
        Path tree = Files.createDirectories(place.resolve("tree/a/b"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.createSymbolicLink(tree.resolve("linked-folder"), place);

        SessionDirectory.removeTree(place.resolve("tree"));
        SessionDirectory.removeTree(place.resolve("tree"));

        assertThat(place.resolve("tree")).doesNotExist();
        assertThat(outside).hasContent("stays");
    }
}
