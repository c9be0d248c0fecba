package offspring.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import offspring.examples.ExampleRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagsDownloadTest {

    @Test
    void shouldDownloadTheFlagsOfTheMostPopulousCountriesWhenNoneIsAskedFor() {
        ExampleRun run = ExampleRun.here("flags", "--workers", "20");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(run.lines())
                .hasSize(6)
                .startsWith("DELAY server, 20 flags from BD to VN, at most 20 at a time", "----", "20 downloaded");
        assertThat(run.lines().subList(3, 5)).containsExactly("0 not found", "0 failed");
        assertThat(run.lines().get(5)).matches("\\d+\\.\\d\\d s");
    }

    @Test
    void shouldKeepTheFlagsWhenADirectoryIsGiven(@TempDir Path directory) throws Exception {
        Path flags = directory.resolve("flags");
        ExampleRun run = ExampleRun.here("flags", "-s", "LOCAL", "-v", "-d", flags.toString(), "fr", "DE", "xx", "de");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .contains("FR: downloaded", "DE: downloaded", "XX: not found")
                .contains("2 downloaded", "1 not found", "0 failed");
        try (var files = Files.list(flags)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("fr.svg", "de.svg");
        }
        assertThat(flags.resolve("fr.svg")).content().contains("<title>FR</title>");
    }

    @Test
    void shouldCountWhatFailsAndGoOn() {
        ExampleRun run = ExampleRun.here("flags", "--server", "ERROR", "--every", "--limit", "60", "--workers", "60");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .anyMatch(line -> line.matches("[*]{3} [A-Z]{2}: the server answers 503"))
                .anyMatch(line -> line.matches("[*]{3} [A-Z]{2}: Unexpected end of file from server"));
        long failed =
                run.lines().stream().filter(line -> line.startsWith("*** ")).count();
        assertThat(failed).isBetween(5L, 50L);
        assertThat(run.lines()).contains(failed + " failed");
        assertThat(run.lines().stream()
                        .filter(line -> line.matches("\\d+ (downloaded|not found|failed)"))
                        .mapToInt(line -> Integer.parseInt(line.replaceFirst(" .*", "")))
                        .sum())
                .isEqualTo(60);
    }

    @Test
    void shouldDrawABarWhenAskedTo() throws Exception {
        ExampleRun run = ExampleRun.asProgram("flags", "--bar", "--workers", "2", "--limit", "5");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).contains("flags", "100%", "5/5");
        assertThat(run.lines()).contains("5 downloaded");
    }

    @Test
    void shouldRefuseWhatMakesNoSense(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(ExampleRun.here("flags", "--workers", "0").errors())
                .contains("--workers must be 1 to 1000, but is 0");
        assertThat(ExampleRun.here("flags", "--limit", "0").errors()).contains("--limit must be 1 to 1000, but is 0");
        assertThat(ExampleRun.here("flags", "F/R").errors()).contains("a country code has two letters");
        assertThat(ExampleRun.here("flags", "-d", file.toString()).errors()).contains("is a file");
        assertThat(ExampleRun.here("flags", "--server", "POLITE").exitCode()).isEqualTo(2);
    }
}
