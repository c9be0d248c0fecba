package offspring.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.programs.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is computed for the pages, without measuring. */
class ReportTest {

    private static final Summary SOME = new Summary(2, 1, 3);

    @ParameterizedTest
    @CsvSource({
        "lock, ONE_JVM",
        "queue-1to1-bounded, ONE_JVM",
        "thread-start, ONE_JVM",
        "process-queue-1to1, PROCESSES",
        "pipe-echo-1mib, PROCESSES",
        "shared-lock, PROCESSES",
        "process-start, STARTS",
        "pool-standby, STARTS",
        "workload-primes-map, WORKLOADS",
        "workload-classic-pipe, CLASSIC",
        "pool-map, POOLS",
        "thread-executor, POOLS"
    })
    void shouldFindTheGroupOfEveryRow(String row, Group group) {
        assertThat(Group.of(row)).isEqualTo(group);
    }

    @Test
    void shouldGoOneWorkerBeyondTheProcessors() {
        assertThat(SpeedupSuite.workers(1)).containsExactly(1, 2);
        assertThat(SpeedupSuite.workers(2)).containsExactly(1, 2, 3);
        assertThat(SpeedupSuite.workers(24)).containsExactly(1, 2, 4, 8, 16, 24, 25);
    }

    @Test
    void shouldFillATurnWithTasksOfAnySize() {
        assertThat(SpeedupSuite.tasks(1e3, 300_000_000)).isEqualTo(100_000);
        assertThat(SpeedupSuite.tasks(1e6, 300_000_000)).isEqualTo(300);
        assertThat(SpeedupSuite.tasks(1e8, 300_000_000)).isEqualTo(4);
    }

    @Test
    void shouldGrowUpToTheLargest() {
        assertThat(GrowthSuite.sizes(1 << 26)).startsWith(8, 64, 512).endsWith(1 << 24, 1 << 26);
        assertThat(GrowthSuite.counts(64)).containsExactly(1, 2, 4, 8, 16, 32, 64);
    }

    @Test
    void shouldTellTheRateWhenTheTimeIsKnown() {
        assertThat(GrowthSuite.rate(1 << 20, new Summary(1e9, 5e8, 2e9))).isEqualTo(new Summary(1, 0.5, 2));
    }

    @Test
    void shouldComeNearerToTheSizeThatTakesSoLong() {
        assertThat(Turns.next(100, 1_000, 500)).isEqualTo(200);
        assertThat(Turns.next(100, 1_000_000, 1)).isEqualTo(1_000);
        assertThat(Turns.next(1, 10, 1_000)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Job.class)
    void shouldDoAsMuchAsTheSizeSays(Job job) throws Exception {
        for (long size : new long[] {1, 2, 999, 20_000}) {
            assertThat(job.work().applyChecked(size)).isEqualTo(size);
        }
    }

    @Test
    void shouldWriteNumbersForPeople() {
        assertThat(Plot.bytes(8)).isEqualTo("8 B");
        assertThat(Plot.bytes(1 << 15)).isEqualTo("32 KiB");
        assertThat(Plot.bytes(1 << 26)).isEqualTo("64 MiB");
        assertThat(Plot.plain(100_000)).isEqualTo("100 k");
        assertThat(Plot.plain(1_000_000)).isEqualTo("1 M");
        assertThat(Plot.plain(0.5)).isEqualTo("0.5");
        assertThat(Machine.cpu(List.of("vendor: x", "model name\t: Some Processor 3")))
                .isEqualTo("Some Processor 3");
    }

    @Test
    void shouldDrawEveryPictureThereIsAWordFor(@TempDir Path folder) throws IOException {
        List<Curve> curves = Plot.all()
                .map(plot ->
                        new Curve(plot.id(), "a line", List.of(new Curve.Point(1, SOME), new Curve.Point(1024, SOME))))
                .toList();
        Machine machine = new Machine("2000-01-01", "system", "processor", 2, 1024, "a JVM", null);
        new Pages(new Report(machine, false, 5, List.of(), curves, List.of("pipe: broke")), folder).write();

        Set<String> pictures = Plot.all().map(Plot::id).collect(Collectors.toSet());
        assertThat(pictures)
                .hasSize(12)
                .allSatisfy(id -> assertThat(folder.resolve(id + ".png")).isNotEmptyFile());
        assertThat(folder.resolve("README.md"))
                .content()
                .contains("| CPython | none |", "2.00 (1.00 – 3.00)", "- pipe: broke")
                .doesNotContain("quick run");
    }
}
