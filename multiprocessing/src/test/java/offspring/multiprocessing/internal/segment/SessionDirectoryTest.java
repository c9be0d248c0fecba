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
import java.time.Duration;
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

    // ---- other versions, other users, other copies

    private static final String VERSION_OF_TOMORROW = "offspring-session 7 ";

    private Path strange(String name, String about, Duration age) throws IOException {
        Path directory = stale(name);
        Files.writeString(directory.resolve("about"), about);
        Path chosen = Files.writeString(place.resolve("chosen-" + name), "shared memory");
        Files.createLink(directory.resolve("named-1.chosen-" + name), chosen);
        Files.setLastModifiedTime(
                directory.resolve("owner"), FileTime.from(Instant.now().minus(age)));
        return directory;
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().orElseThrow().toEpochMilli();
    }

    private void sweep() throws IOException {
        SessionDirectory directory = SessionDirectory.create();
        directory.sweepStale();
        directory.remove();
    }

    @Test
    void shouldSayWhoMadeIt() throws Exception {
        SessionDirectory directory = SessionDirectory.create();
        ProcessHandle own = ProcessHandle.current();

        assertThat(directory.path().resolve("about"))
                .hasContent("offspring-session 1 " + own.pid() + " " + startOf(own));
        directory.remove();
    }

    @Test
    void shouldSweepWhatAProcessOfTheSameNumberHasLeft() throws Exception {
        ProcessHandle own = ProcessHandle.current();
        Path mine = strange(
                "offspring-" + own.pid() + "-a",
                "offspring-session 1 " + own.pid() + " " + (startOf(own) - 60_000),
                Duration.ofMinutes(1));
        ProcessHandle parent = own.parent().orElseThrow();
        Path others = strange(
                "offspring-" + parent.pid() + "-b",
                "offspring-session 1 " + parent.pid() + " " + (startOf(parent) - 60_000),
                Duration.ofMinutes(1));

        sweep();

        assertThat(mine).doesNotExist();
        assertThat(others).doesNotExist();
        assertThat(place.resolve("chosen-offspring-" + own.pid() + "-a")).doesNotExist();
    }

    @Test
    void shouldLeaveAnotherVersionToItsOwnKindForADayAndNotTouchWhatItMadeElsewhere() throws Exception {
        Path young = strange("offspring-1-young", VERSION_OF_TOMORROW + "999999999 1", Duration.ofHours(23));
        Path old = strange("offspring-1-old", VERSION_OF_TOMORROW + "999999999 1 and more", Duration.ofHours(25));
        Path garbage = strange("offspring-1-garbage", "garbage", Duration.ofHours(25));

        sweep();

        assertThat(young).isDirectory();
        assertThat(old).doesNotExist();
        assertThat(garbage).doesNotExist();
        assertThat(place.resolve("chosen-offspring-1-old")).hasContent("shared memory");
    }

    @Test
    void shouldLeaveAnotherVersionAloneAsLongAsItsProcessLives() throws Exception {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        String pid = VERSION_OF_TOMORROW + parent.pid() + " ";
        Path alive = strange("offspring-1-alive", pid + startOf(parent), Duration.ofDays(100));
        Path reused = strange("offspring-1-reused", pid + (startOf(parent) - 60_000), Duration.ofDays(100));

        sweep();

        assertThat(alive).isDirectory();
        assertThat(reused).doesNotExist();
    }

    @Test
    void shouldNotFollowALinkNorLookIntoTheDirectoriesOfAnotherUser() throws Exception {
        Path elsewhere = stale("somewhere-else");
        Path link = Files.createSymbolicLink(place.resolve("offspring-1-link"), elsewhere);
        boolean root = Files.getOwner(place).getName().equals("root");
        Path others = stale("offspring-1-others");
        if (root) { // nobody else can give a directory away
            Files.setAttribute(others, "unix:uid", 65_534);
        }

        sweep();

        assertThat(link).isSymbolicLink();
        assertThat(elsewhere.resolve("processes")).exists();
        assertThat(Files.exists(others)).isEqualTo(root);
    }

    /** Says whether the lock of a session can be had, which is the sign that its process is gone. */
    static final class TriesLock {
        public static void main(String[] args) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
                    FileLock free = channel.tryLock()) {
                System.exit(free == null ? 3 : 0);
            }
        }
    }

    @Test
    void shouldNotGiveBackTheLockOfAnotherCopyInThisJvm() throws Exception {
        SessionDirectory one = SessionDirectory.create();
        Path owner = one.path().resolve("owner");
        // by another process: a descriptor that this one closes would give the lock back
        assertThat(run("touch", "-d", "1 hour ago", owner.toString())).isZero();
        assertThat(tryLock(owner)).isEqualTo(3);

        SessionDirectory other = SessionDirectory.create();
        other.sweepStale();

        assertThat(one.path()).isDirectory();
        assertThat(tryLock(owner)).isEqualTo(3);
        other.remove();
        one.remove();
    }

    private static int tryLock(Path owner) throws IOException, InterruptedException {
        return run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TriesLock.class.getName(),
                owner.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
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
