package offspring.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import offspring.benchmarks.compare.Summary;
import offspring.benchmarks.curves.Curve;
import offspring.benchmarks.curves.SpeedupSuite;
import offspring.benchmarks.programs.Job;
import org.junit.jupiter.api.Test;

/** What the repository's README takes from the report. */
class DigestTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    static final Machine MACHINE = new Machine("2000-01-01", "system", "processor", 2, 1024, "a JVM", null);

    @Test
    void shouldBeWhatThePublishedFiguresSay() throws IOException {
        Report report = Report.readFrom(ROOT.resolve("docs/benchmarks/results.json"));
        String readme = Files.readString(ROOT.resolve("README.md"));

        assertThat(report.quick()).isFalse();
        assertThat(new Digest(report).into(readme))
                .as("the README; `redraw --readme README.md` writes its table")
                .isEqualTo(readme);
    }

    @Test
    void shouldRefuseATextWithoutAPlaceForTheTable() {
        Digest digest = new Digest(new Report(MACHINE, false, 5, List.of(), List.of(), List.of(), List.of()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> digest.into("no place"))
                .withMessageContaining("<!-- figures");
    }

    @Test
    void shouldNameTheFigureThatTheReportLacks() {
        Digest digest = new Digest(new Report(MACHINE, false, 5, List.of(), List.of(), List.of(), List.of()));

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> digest.into("<!-- figures: written by redraw --readme -->\n<!-- end of figures -->\n"))
                .withMessageContaining("has no warm figure of lock beside CPython");
    }

    @Test
    void shouldReplaceWholePartsWhenUpdated() {
        Curve kept = new Curve("kept", "a", List.of());
        Curve old = new Curve("measured again", "a", List.of());
        Curve now = new Curve("measured again", "b", List.of());
        Curve added = new Curve("new", "a", List.of());
        Report before = new Report(MACHINE, false, 5, List.of(), List.of(old, kept), List.of(), List.of());
        Report after = new Report(MACHINE, false, 5, List.of(), List.of(added, now), List.of(), List.of("lock: broke"));

        Report report = before.updatedBy(after);

        assertThat(report.curves()).containsExactly(now, kept, added);
        assertThat(report.failures()).containsExactly("lock: broke");
    }

    @Test
    void shouldShowTheWorkersThatWereMeasuredForEveryJob() {
        Curve.Point one = new Curve.Point(1, new Summary(1, 1, 1));
        Curve.Point two = new Curve.Point(2, new Summary(1.9, 1.8, 2));
        List<Curve> curves = Stream.of(Job.values())
                .flatMap(job -> Stream.of(
                        new Curve(SpeedupSuite.speedupOf(job), "sequential", List.of(one)),
                        new Curve(SpeedupSuite.speedupOf(job), "threads", List.of(one, two))))
                .toList();
        Report report = new Report(MACHINE, false, 5, List.of(), curves, List.of(), List.of());

        assertThat(Overview.of(report)).singleElement().satisfies(curve -> {
            assertThat(curve.line()).isEqualTo("threads");
            assertThat(curve.points())
                    .hasSize(Job.values().length)
                    .allSatisfy(point -> assertThat(point.y()).isEqualTo(two.y()));
        });
        assertThat(Overview.of(new Report(MACHINE, false, 5, List.of(), curves.subList(0, 4), List.of(), List.of())))
                .isEmpty();
    }
}
