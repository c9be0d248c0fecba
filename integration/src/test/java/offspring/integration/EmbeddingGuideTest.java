package offspring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the tables of docs/guide/embedding.md and the tests together. */
class EmbeddingGuideTest {

    private static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("docs/guide/embedding.md");

    private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\|.*\\| `(should\\w+)` \\|");

    private static final List<Class<?>> TESTS =
            List.of(PackagingTest.class, LoadersTest.class, SurroundingsTest.class, SurefireForkTest.class);

    /** A row of a table, or what it should be. */
    private record Row(String environment, boolean works, String test) {}

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2).equals("works"), row.group(3)))
                .toList();
    }

    private static Stream<Method> tests() {
        return TESTS.stream().flatMap(type -> Stream.of(type.getDeclaredMethods()));
    }

    @Test
    void shouldHaveARowForEachTestAndATestForEachRow() throws IOException {
        List<Row> tested = tests().filter(method -> method.isAnnotationPresent(Environment.class))
                .map(method -> new Row(
                        method.getAnnotation(Environment.class).value(),
                        !method.getName().contains("Refuse"),
                        method.getName()))
                .toList();

        assertThat(rows()).containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void shouldNameTheEnvironmentOfEachTest() {
        assertThat(tests().filter(method -> method.getName().startsWith("should")))
                .isNotEmpty()
                .allMatch(method -> method.isAnnotationPresent(Environment.class));
    }

    @Test
    void shouldQuoteTheRefusals() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page)
                .contains(Refusals.SILENT_LOADER)
                .contains(Refusals.STRANGE_LOADER)
                .contains(Refusals.NO_PLACE);
    }
}
