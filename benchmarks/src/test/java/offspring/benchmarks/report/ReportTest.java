package offspring.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.curves.Curve;
import offspring.benchmarks.jmh.suites.JmhFigure;
import offspring.benchmarks.jmh.suites.JmhSuite;
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
                        new Curve(plot.id(), "a line", List.of(new Curve.Point(2, SOME), new Curve.Point(1024, SOME))))
                .toList();
        Machine machine = new Machine("2000-01-01", "system", "processor", 2, 1024, "a JVM", null);
        new Pages(new Report(machine, false, 5, List.of(), curves, figures(), List.of("pipe: broke")), folder).write();

        Set<String> pictures = Plot.all().map(Plot::id).collect(Collectors.toSet());
        assertThat(pictures)
                .hasSize(13)
                .allSatisfy(id -> assertThat(folder.resolve(id + ".png")).isNotEmptyFile());
        assertThat(JmhSuite.values())
                .allSatisfy(
                        suite -> assertThat(folder.resolve(suite.id() + ".png")).isNotEmptyFile());
        assertThat(folder.resolve("README.md"))
                .content()
                .contains(
                        "| CPython | none |",
                        "2.00 (1.00 – 3.00)",
                        "## JMH: queues in one JVM",
                        "workers=2 | avgt | 1234.0 | 2.500 |",
                        "- pipe: broke")
                .doesNotContain("quick run");
    }

    /** One figure of every suite, with an error and without. */
    private static List<JmhFigure> figures() {
        return Stream.of(JmhSuite.values())
                .flatMap(suite -> Stream.of(2.5, null)
                        .map(error -> new JmhFigure(
                                suite.id(),
                                new JmhFigure.Label("a place", "line " + error),
                                "SomeBenchmark.method",
                                Map.of("workers", "2"),
                                "avgt",
                                new JmhFigure.Score(1234, error, "ns/op", Map.of("p50", 1200.0, "p90", 1300.0)))))
                .toList();
    }
}
