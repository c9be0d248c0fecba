package offspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import offspring.benchmarks.Benchmarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The program as a whole, with turns of a few milliseconds. */
@Timeout(300)
class CompareCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldMeasureEveryContenderByTurns(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("results.json");
        int exitCode = execute(
                "compare --rounds 2 --turn 0.01 --warm-up 0.01 --rows ^lock$|queue-1to1-bounded|thread|process-start --json",
                file.toString());

        assertThat(err.toString()).doesNotContain("FAILED");
        assertThat(exitCode).isZero();
        JsonNode standings = new ObjectMapper().readTree(file.toFile()).get("standings");
        assertThat(standings.findValuesAsText("row"))
                .contains("lock", "queue-1to1-bounded", "thread-start", "process-start");
        assertThat(standings).allSatisfy(standing -> {
            assertThat(standing.at("/samples/ours")).hasSize(2);
            assertThat(standing.at("/oursTimes/min").asDouble()).isPositive();
        });
        assertThat(out.toString()).contains("ReentrantLock", "LinkedBlockingQueue", "ArrayBlockingQueue", "first");
    }

    @Test
    void shouldMeasureBothSidesWhenQueuesLieBetweenProcesses() {
        int exitCode = execute("compare --rounds 1 --turn 0.01 --warm-up 0.01 --rows process-.*queue");

        assertThat(err.toString()).doesNotContain("FAILED");
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("one to one", "two to two", "SimpleQueue", "JoinableQueue", "after 1 s");
    }

    @Test
    void shouldMeasureRingsAndTheCopyingAloneWhenPlainBytesAreSent() {
        int exitCode =
                execute("compare --rounds 1 --turn 0.01 --warm-up 0.01 --rows pipe-bytes --python no-such-python");

        assertThat(err.toString()).doesNotContain("FAILED");
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("Agrona ManyToOneRingBuffer")))
                .hasSize(3);
        assertThat(out.toString().lines().filter(line -> line.contains("memory copy")))
                .hasSize(3);
    }

    @Test
    void shouldMeasurePoolsAndExecutorsBesideAllTheirRivals() {
        int exitCode =
                execute("compare --rounds 1 --turn 0.01 --warm-up 0.01 --rows ^pool-|^executor-|^thread-executor");

        assertThat(err.toString()).doesNotContain("FAILED");
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("CPython Pool.map", "CPython ProcessPoolExecutor", "PP4J", "out-process", "j.u.c.");
    }

    @Test
    void shouldMeasureWhatASecondWorkerIsWorth() {
        int exitCode = execute("compare --rounds 1 --turn 0.01 --warm-up 0.01 --rows ^speedup");

        assertThat(err.toString()).doesNotContain("FAILED");
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("≥ 1.85× faster")))
                .hasSize(3);
    }

    @Test
    void shouldMeasurePublishedWorkloadsBesidePython() {
        int exitCode = execute("compare --rounds 1 --turn 0.01 --warm-up 0.01 "
                + "--rows workload-(logs|latency-second|stuck|classic-pipe|classic-condition-process-rlock)$");

        assertThat(err.toString()).doesNotContain("FAILED");
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("B6 ", "B11 ", "B16 ", "B19 ", "CPython Pool, spawn", "CPython multiprocessing.Pipe");
    }

    @Test
    void shouldMeasureAfterASilentSecond() {
        int exitCode =
                execute("compare --rounds 1 --turn 0.01 --warm-up 0.01 --rows pipe-round-trip --python no-such-python");

        assertThat(err.toString()).contains("'no-such-python' does not start");
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("warm", "first", "after 1 s idle").doesNotContain("CPython multi");
    }

    @Test
    void shouldListTheRowsWhenAsked() {
        assertThat(execute("compare --list")).isZero();
        assertThat(out.toString().lines()).hasSameSizeAs(Rows.all());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            compare --rounds 0              | --rounds must be 1 to 1000, but is 0
            compare --rounds many           | 'many' is not an int
            compare --turn 0                | --turn must be more than 0 and at most 60 seconds, but is 0.0
            compare --warm-up NaN           | --warm-up must be more than 0 and at most 60 seconds, but is NaN
            compare --rows [                | --rows must be a regular expression
            compare --rows no-such-row      | --rows no-such-row fits no row
            compare --json /no/such/folder/file | --json must name a file in a folder that can be written
            idle --seconds 0                | --seconds must be more than 0 and at most 3600 seconds, but is 0.0
            compair                         | compair
            """)
    void shouldSayWhatIsWrongWhenTheCommandLineIsBad(String commandLine, String message) {
        assertThat(execute(commandLine)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
    }

    private int execute(String commandLine, String... more) {
        String[] args = Stream.concat(Arrays.stream(commandLine.split(" ")), Arrays.stream(more))
                .toArray(String[]::new);
        return Benchmarks.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
