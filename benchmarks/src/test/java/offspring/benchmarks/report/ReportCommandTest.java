package offspring.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import offspring.benchmarks.Benchmarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Few rows and pictures from the measuring to the page. */
@Timeout(120)
class ReportCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldWriteEverythingAndDrawTheSameAgain(@TempDir Path folder) throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");

        int exitCode = execute(
                "report",
                "--quick",
                "--python",
                "no-such-python",
                "--only",
                "^lock$|^speedup-matrix$|^jmh-starts$",
                "--out",
                first.toString());

        assertThat(err.toString()).doesNotContain("FAILED");
        assertThat(exitCode).isZero();
        assertThat(names(first))
                .containsExactly(
                        "README.md", "compare-one-jvm.png", "jmh-starts.png", "results.json", "speedup-matrix.png");
        assertThat(first.resolve("README.md"))
                .content()
                .contains(
                        "![Locks, queues and threads in one JVM](compare-one-jvm.png)",
                        "ReentrantLock",
                        "more than processors",
                        "`StartBenchmark.startAndJoin` | method=STANDBY | ss |")
                .contains("A quick run");

        assertThat(update(first, "^semaphore$")).isZero();
        assertThat(first.resolve("README.md")).content().contains("ReentrantLock", "j.u.c.Semaphore", "StartBenchmark");

        assertThat(execute("redraw", "--in", first.resolve("results.json").toString(), "--out", second.toString()))
                .isZero();
        assertThat(names(second))
                .containsExactly("README.md", "compare-one-jvm.png", "jmh-starts.png", "speedup-matrix.png");
        for (String name : names(second)) {
            assertThat(second.resolve(name)).isNotEmptyFile().hasSameBinaryContentAs(first.resolve(name));
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenTheCommandLineIsBad(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("results.json"), "{}[");

        assertThat(execute("report", "--only", "[")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("report", "--out", file.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("redraw", "--in", folder.resolve("none").toString(), "--out", folder.toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(execute("redraw", "--in", file.toString(), "--out", folder.toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(update(folder, "^lock$")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains(
                        "--only must be a regular expression, but '['",
                        "--out must name a folder that can be made",
                        "none cannot be read",
                        "--in must name the results.json of a report, but in",
                        "--update needs the results.json of a report");
    }

    @Test
    void shouldMixNoFiguresOfDifferentMachines(@TempDir Path folder) throws IOException {
        new Report(DigestTest.MACHINE, true, 1, List.of(), List.of(), List.of(), List.of())
                .writeTo(folder.resolve("results.json"));

        assertThat(update(folder, "^lock$")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--update mixes only figures of one machine", "a JVM");
    }

    private int update(Path folder, String only) {
        return execute(
                "report",
                "--quick",
                "--update",
                "--python",
                "no-such-python",
                "--only",
                only,
                "--out",
                folder.toString());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private int execute(String... args) {
        return Benchmarks.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
