package offspring.multiprocessing.internal.launch.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, for how long, and in whose directory. */
class CacheDirectoryTest {

    @TempDir
    Path folder;

    private CacheDirectory cache;

    @BeforeEach
    void open() throws IOException {
        cache = CacheDirectory.open(folder.resolve("cache"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(cache.path())) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A file that was used so long ago, as large as told. */
    private void put(String name, Duration age, long bytes) throws IOException {
        Path file = cache.path().resolve(name);
        try (RandomAccessFile hollow = new RandomAccessFile(file.toFile(), "rw")) {
            hollow.setLength(bytes);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private Path finish(String fingerprint) throws IOException {
        return cache.keep(fingerprint, Files.writeString(cache.unfinished(fingerprint), "archive " + fingerprint));
    }

    @Test
    void shouldKeepTheSixteenArchivesThatWereUsedLast() throws Exception {
        for (int i = 10; i < 30; i++) {
            put("old" + i + "-1-1.jsa", Duration.ofDays(i), 1);
        }

        Path newest = finish("new");

        assertThat(names()).hasSize(16).contains(newest.getFileName().toString(), "old10-1-1.jsa", "old24-1-1.jsa");
        assertThat(names()).doesNotContain("old25-1-1.jsa");
    }

    @Test
    void shouldKeepNoMoreThanSixtyFourMegabytes() throws Exception {
        long size = 20L << 20;
        put("used-1-1.jsa", Duration.ofDays(1), size);
        put("less-1-1.jsa", Duration.ofDays(2), size);
        put("little-1-1.jsa", Duration.ofDays(3), size);
        put("hardly-1-1.jsa", Duration.ofDays(4), size);

        Path newest = finish("new");

        assertThat(names())
                .containsExactlyInAnyOrder(
                        newest.getFileName().toString(), "used-1-1.jsa", "less-1-1.jsa", "little-1-1.jsa");
    }

    @Test
    void shouldClearAwayWhatWasAbandonedAndNothingElse() throws Exception {
        put("making-a-4711.jsa", Duration.ofHours(2), 1);
        put("making-b-4711.jsa", Duration.ofMinutes(5), 1L << 30);
        put("making-b.lock", Duration.ofMinutes(5), 0);
        put("failed-c", Duration.ofHours(25), 0);
        put("failed-d", Duration.ofHours(23), 0);

        Path newest = finish("new");

        assertThat(names())
                .containsExactlyInAnyOrder(
                        newest.getFileName().toString(), "making-b-4711.jsa", "making-b.lock", "failed-d");
    }

    @Test
    void shouldBeDiscouragedForADay() throws Exception {
        assertThat(cache.isDiscouraged("x")).isFalse();
        cache.discourage("x");
        assertThat(cache.isDiscouraged("x")).isTrue();
        assertThat(cache.isDiscouraged("y")).isFalse();

        put("failed-x", Duration.ofHours(25), 0);
        assertThat(cache.isDiscouraged("x")).isFalse();
        cache.discourage("x");
        assertThat(cache.isDiscouraged("x")).isTrue();
    }

    @Test
    void shouldFindTheSoundOneOnlyAndRemoveTheOther() throws Exception {
        Path archive = finish("x");
        assertThat(cache.find("x")).isEqualTo(archive);
        assertThat(cache.find("y")).isNull();

        Files.writeString(archive, "archivE x");
        assertThat(cache.find("x")).isNull();
        assertThat(archive).doesNotExist();
    }

    @Test
    void shouldNotUseTheDirectoryOfAnotherUser() throws Exception {
        assumeThat(Files.getOwner(cache.path()).getName())
                .as("only root can give a directory to another user")
                .isEqualTo("root");
        Files.setAttribute(cache.path(), "unix:uid", 65_534);

        assertThatIOException()
                .isThrownBy(() -> CacheDirectory.open(cache.path()))
                .withMessageContaining("belongs to");
        assertThat(names()).isEmpty();
    }
}
