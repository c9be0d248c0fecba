package offspring.multiprocessing.internal.launch.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import offspring.guide.GuideTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic; PoolMemoryTest asks real workers. */
class HeapShareTest {

    private static final long MEGABYTE = 1L << 20;

    static Stream<List<String>> examples() throws IOException {
        return GuideTable.rows("inheritance.md", "Processors and memory").stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldGiveWhatTheTableSays(List<String> row) {
        long memory = bytes(row.get(0));
        long own = bytes(row.get(1));
        int workers = Integer.parseInt(row.get(2));

        assertThat(HeapShare.share(memory, own, workers)).isEqualTo(bytes(row.get(3)));
    }

    /** The size with which a cell begins. */
    private static long bytes(String cell) {
        String[] words = cell.split("[ ,]");
        return Long.parseLong(words[0]) * (words[1].equals("GB") ? 1024 : 1) * MEGABYTE;
    }

    @Test
    void shouldNeverLetAllTakeMoreThanThereIsUnlessTheyHadNearlyNothing() {
        for (long memory = 128 * MEGABYTE; memory < 1L << 42; memory += memory / 3) {
            for (long own = memory / 16; own <= memory; own += memory / 16) {
                for (int workers = 1; workers < 300; workers += 1 + workers / 4) {
                    long share = HeapShare.share(memory, own, workers);

                    assertThat(share).isBetween(64 * MEGABYTE, HeapShare.usual(memory));
                    assertThat(share == 64 * MEGABYTE || own + share * workers <= memory)
                            .as("%d workers in %d beside %d", workers, memory, own)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldNotBeginWithMoreThanTheHeapMayBecome() {
        Map<String, String> large = Map.of("JAVA_TOOL_OPTIONS", "-Xms1g -Xmx2g");

        assertThat(HeapShare.fitting(List.of("-Xmx2g", "-Xmx64m"), large)).containsExactly("-Xms" + 64 * MEGABYTE);
        assertThat(HeapShare.fitting(List.of("-Xmx2g"), large)).isEmpty();
        assertThat(HeapShare.fitting(List.of("-Xmx64m", "-Xms32m"), large)).isEmpty();
        assertThat(HeapShare.fitting(List.of(), large)).isEmpty();
        assertThat(HeapShare.fitting(List.of("-Xmx64m"), Map.of())).isEmpty();
    }

    @Test
    void shouldGiveHalfOfAMemoryThatIsTiny() {
        assertThat(HeapShare.share(64 * MEGABYTE, 16 * MEGABYTE, 4)).isEqualTo(32 * MEGABYTE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx1g",
                "-mx64m",
                "-XX:MaxHeapSize=1g",
                "-XX:MaxRAM=1g",
                "-XX:MaxRAMPercentage=50",
                "-XX:MaxRAMFraction=2"
            })
    void shouldNotDecideWhereTheUserHas(String option) {
        assertThat(HeapShare.option(List.of(), Map.of(), 10_000)).isEqualTo("-Xmx64m");
        assertThat(HeapShare.option(List.of("-ea", option), Map.of(), 10_000)).isNull();
        assertThat(HeapShare.option(List.of(), Map.of("JAVA_TOOL_OPTIONS", "-ea " + option), 10_000))
                .isNull();
    }
}
