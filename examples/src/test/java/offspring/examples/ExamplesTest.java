package offspring.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The launcher: what it lists, what it refuses, and with which exit code. */
class ExamplesTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldNameEveryExampleWhenAskedToList() {
        assertThat(execute("list")).isZero();
        assertThat(out.toString().lines())
                .hasSize(1 + Examples.all().size())
                .first()
                .asString()
                .startsWith("speedup ");
    }

    @Test
    void shouldTestEveryExample() {
        assertThat(Examples.all())
                .allSatisfy(
                        example -> assertThat(Class.forName(example.getClass().getName() + "Test")
                                        .getDeclaredMethods())
                                .anyMatch(method -> method.isAnnotationPresent(Test.class)));
    }

    @Test
    void shouldExplainTheOptionsWhenAskedForHelp() {
        assertThat(execute("run", "speedup", "--help")).isZero();
        assertThat(out.toString()).contains("--workers=N", "--seconds=S", "--quick", "Exit code 0");
    }

    @Test
    void shouldKnowTheMainExampleByItsNameAlone() {
        assertThat(execute("speedup", "--help")).isZero();
        assertThat(out.toString()).contains("--workers=N");
    }

    @Test
    void shouldRefuseWhenNoCommandIsGiven() {
        assertThat(execute()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("say 'list'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            run                                       | choose one of speedup
            run nothing-like-it                       | nothing-like-it
            run speedup --workers 0                   | --workers must be 1 to 1024, but is 0
            run speedup --workers -3                  | --workers must be 1 to 1024, but is -3
            run speedup --workers 1025                | --workers must be 1 to 1024, but is 1025
            run speedup --workers two                 | 'two' is not an int
            run speedup --seconds 0                   | --seconds must be more than 0 and at most 3600, but is 0.0
            run speedup --seconds NaN                 | --seconds must be more than 0 and at most 3600, but is NaN
            run speedup --seconds 1e9                 | --seconds must be more than 0 and at most 3600, but is 1.0E9
            run speedup --quick --seconds 3           | mutually exclusive
            run speedup --quick much                  | much
            """)
    void shouldSayWhatIsWrongWhenTheCommandLineIsBad(String commandLine, String message) {
        assertThat(execute(commandLine.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    private int execute(String... args) {
        return Examples.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
