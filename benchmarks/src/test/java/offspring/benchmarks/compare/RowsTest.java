package offspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

/** The catalogue. */
class RowsTest {

    @Test
    void shouldNameRowsAndTheirEntrantsUniquely() {
        assertThat(Rows.all()).extracting(Row::id).doesNotHaveDuplicates();
        assertThat(Rows.all())
                .allSatisfy(row ->
                        assertThat(row.entrants().map(Entrant::name).toList()).doesNotHaveDuplicates());
        assertThat(Rows.all()).allSatisfy(row -> assertThat(row.figures()).isNotEmpty());
    }

    @Test
    void shouldFindEveryPythonFunctionInOneOfTheScripts() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String script : Launcher.SCRIPTS) {
            try (InputStream source = Rows.class.getResourceAsStream(script)) {
                new String(source.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(lines::add);
            }
        }
        List<String> functions = Rows.all().stream()
                .flatMap(Row::entrants)
                .filter(Entrant.Python.class::isInstance)
                .map(entrant -> ((Entrant.Python) entrant).function())
                .toList();

        assertThat(functions)
                .isNotEmpty()
                .allSatisfy(function -> assertThat(lines)
                        .haveExactly(
                                1,
                                new Condition<>(
                                        line -> line.startsWith("    \"" + function + "\": lambda: "),
                                        "a function named " + function)));
    }

    @Test
    void shouldNameTheRowsWhenThereIsNoneOfThatName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rows.byId("locks"))
                .withMessageContaining("no row is named locks")
                .withMessageContaining("pipe-round-trip");
    }
}
