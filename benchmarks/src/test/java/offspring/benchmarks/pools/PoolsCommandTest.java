package offspring.benchmarks.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import offspring.benchmarks.Benchmarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The program as a whole, with little work. Whether goals are met is not asked here: other tests run at the same time. */
@Timeout(300)
class PoolsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldGetEveryResultWhenManyCallsWereSubmittedAtOnce() {
        execute("pools --part pending --calls 2000");

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("2,000 calls submitted at once", "heap per waiting call")
                .containsPattern("results wrong or missing +0  goal 0: met");
    }

    @Test
    void shouldMeasureTheFailureAndTheReplacementWhenWorkersAreKilled() {
        execute("pools --part kills --kills 2");

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("to the failed future", "by another worker", "cold start");
    }

    @Test
    void shouldShowWhatEachLibraryDoesWhenTasksMisbehave() {
        int exitCode = execute("pools --part rivals --limit 1.5");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2 + Misdeed.values().length);
        assertThat(lines.get(0)).isEqualTo("| a task … | Offspring | PP4J 2.2 | out-process 1.2.7 |");
        for (Misdeed misdeed : Misdeed.values()) {
            String line = lines.get(2 + misdeed.ordinal());
            assertThat(line).startsWith("| " + misdeed.title() + " | ");
            assertThat(line.split(" \\| ")).hasSize(1 + Library.values().length).noneMatch(String::isBlank);
        }
    }

    @Test
    void shouldTellPercentiles() {
        List<Double> figures =
                IntStream.rangeClosed(1, 200).mapToObj(i -> (double) (201 - i)).toList();

        assertThat(Kills.percentile(figures, 50)).isEqualTo(100);
        assertThat(Kills.percentile(figures, 99)).isEqualTo(198);
        assertThat(Kills.percentile(figures, 100)).isEqualTo(200);
        assertThat(Kills.percentile(List.of(7.0), 50)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pools --calls 0       | --calls must be 1 to 10000000, but is 0
            pools --kills -1      | --kills must be 1 to 100000, but is -1
            pools --limit NaN     | --limit must be more than 0 and at most 600 seconds, but is NaN
            pools --part nothing  | nothing
            """)
    void shouldSayWhatIsWrongWhenTheCommandLineIsBad(String commandLine, String message) {
        assertThat(execute(commandLine)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
    }

    private int execute(String commandLine) {
        return Benchmarks.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(commandLine.split(" "));
    }
}
