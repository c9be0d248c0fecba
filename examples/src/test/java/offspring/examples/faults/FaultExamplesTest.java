package offspring.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the examples of this room refuse. */
class FaultExamplesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            untrusted-documents --workers 0  | --workers must be 1 to 64, but is 0
            crashing-native --workers -1     | --workers must be 1 to 64, but is -1
            regex-limit --workers 65         | --workers must be 1 to 64, but is 65
            regex-limit --limit-ms 0         | --limit-ms must be 10 to 60000, but is 0
            flaky-service --workers 0        | --workers must be 1 to 64, but is 0
            flaky-service --attempts 0       | --attempts must be 1 to 10, but is 0
            flaky-service --attempts many    | 'many' is not an int
            graceful-shutdown --workers 0    | --workers must be 1 to 64, but is 0
            graceful-shutdown --jobs 0       | --jobs must be 1 to 1000000, but is 0
            """)
    void shouldSayWhatIsWrongWhenAnOptionIsBad(String commandLine, String message) {
        ExampleRun run = ExampleRun.here(commandLine.split(" "));

        assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run.errors()).contains(message);
        assertThat(run.lines()).isEmpty();
    }
}
