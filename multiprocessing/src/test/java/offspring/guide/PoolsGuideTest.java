package offspring.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide to pools tells the truth: its Java is compiled and run here, and prints what the comments beside it say. */
@Timeout(120)
class PoolsGuideTest {

    private static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("docs/guide/pools.md");
    private static final Path SOURCE = Path.of("src/test/java/offspring/guide/PoolsExamples.java");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// region (\\w+)\\n(.*?)^ *// endregion$");
    private static final Pattern PRINTED = Pattern.compile("(?m)out\\.println\\(.*\\)+;? // (?:… )?(.+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("`(\\w+(?:Exception|Error))`");

    /** Where the exceptions that a user of pools meets live. */
    private static final List<String> PACKAGES =
            List.of("java.lang", "java.io", "java.util.concurrent", "offspring.futures", "offspring.multiprocessing");

    @Test
    void shouldShowOnlyJavaThatIsCompiledAndRunHere() throws IOException {
        List<String> shown = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(shown).isNotEmpty();
        assertThat(regions().values()).containsExactlyInAnyOrderElementsOf(shown);
    }

    static Stream<Method> examples() {
        return Arrays.stream(PoolsExamples.class.getDeclaredMethods())
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {PrintStream.class}));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldPrintWhatTheCommentsSay(Method example) throws Exception {
        List<String> expected = PRINTED.matcher(regions().get(example.getName()))
                .results()
                .flatMap(comment -> Stream.of(comment.group(1).split(" \\| ")))
                .toList();
        assertThat(expected).isNotEmpty();

        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        example.invoke(null, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).containsSubsequence(expected);
    }

    @Test
    void shouldNameExceptionsThatExist() throws IOException {
        List<String> names = CODE.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(quoted -> quoted.replace("`", ""))
                .distinct()
                .toList();
        assertThat(names)
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(PACKAGES).anyMatch(room -> exists(room + "." + name)));
    }

    @Test
    void shouldLinkToFilesThatExist() throws IOException {
        Matcher links = LINK.matcher(Files.readString(PAGE));
        assertThat(links.results().map(link -> PAGE.resolveSibling(link.group(1))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).exists());
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className);
            return true;
        } catch (ClassNotFoundException none) {
            return false;
        }
    }

    /** The regions of the examples by name, moved to the left margin. */
    private static Map<String, String> regions() throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher regions = REGION.matcher(Files.readString(SOURCE));
        while (regions.find()) {
            found.put(regions.group(1), regions.group(2).stripTrailing().stripIndent() + "\n");
        }
        return found;
    }
}
