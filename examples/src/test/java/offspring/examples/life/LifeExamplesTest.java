package offspring.examples.life;

import static org.assertj.core.api.Assertions.assertThat;

import offspring.examples.ExampleRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the examples of this room refuse. */
class LifeExamplesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            thumbnails --workers 0     | --workers must be 1 to 64, but is 0
            thumbnails --pictures 0    | --pictures must be 1 to 10000, but is 0
            monte-carlo --workers 0    | --workers must be 1 to 64, but is 0
            monte-carlo --walks -5     | --walks must be 1 to 1000000000, but is -5
            loaded-model --workers 0   | --workers must be 1 to 64, but is 0
            loaded-model --workers x   | 'x' is not an int
            web-server --workers 0     | --workers must be 1 to 64, but is 0
            web-server --requests 0    | --requests must be 1 to 1000, but is 0
            many-threads --threads 0   | --threads must be 1 to 1000000, but is 0
            """)
    void shouldSayWhatIsWrongWhenAnOptionIsBad(String commandLine, String message) {
        ExampleRun run = ExampleRun.here(commandLine.split(" "));

        assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run.errors()).contains(message);
        assertThat(run.lines()).isEmpty();
    }
}
