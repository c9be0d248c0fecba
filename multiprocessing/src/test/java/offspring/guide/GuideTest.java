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
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide tells the truth: its Java is compiled and run here, and prints what the comments beside it say; what it names exists. */
@Timeout(120)
class GuideTest {

    private static final Pattern PRINTED = Pattern.compile("(?m)out\\.println\\(.*\\)+;? // (?:… )?(.+)$");
    private static final Pattern CODE = Pattern.compile("`(\\w+(?:Exception|Error))`");

    /** Where the exceptions live that users meet. */
    private static final List<String> PACKAGES = List.of(
            "java.lang",
            "java.io",
            "java.nio.file",
            "java.util",
            "java.util.concurrent",
            "offspring.core",
            "offspring.queue",
            "offspring.futures",
            "offspring.multiprocessing",
            "offspring.multiprocessing.connection");

    /** Python's, which the pages translate. */
    private static final Set<String> OF_PYTHON = Set.of(
            "ValueError",
            "TypeError",
            "EOFError",
            "OSError",
            "BrokenBarrierError",
            "RuntimeError",
            "ThreadError",
            "ProcessError",
            "AuthenticationError",
            "TimeoutError",
            "CancelledError",
            "InvalidStateError");

    static List<GuidePage> pages() throws IOException {
        return GuidePage.all();
    }

    static Stream<Arguments> examples() throws IOException, ClassNotFoundException {
        Stream.Builder<Arguments> all = Stream.builder();
        for (GuidePage page : pages()) {
            if (Files.exists(page.source())) {
                String type = page.source().getFileName().toString().replace(".java", "");
                Arrays.stream(Class.forName("offspring.guide." + type).getDeclaredMethods())
                        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {PrintStream.class}))
                        .forEach(method -> all.add(Arguments.of(page, method)));
            }
        }
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldShowOnlyJavaThatIsCompiledAndRunHere(GuidePage page) {
        List<String> shown = page.blocks("java").stream()
                .filter(block -> !block.startsWith("package ")) // whole programs have tests of their own
                .toList();
        assertThat(page.regions().values()).containsExactlyInAnyOrderElementsOf(shown);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldPrintWhatTheCommentsSay(GuidePage page, Method example) throws Exception {
        List<String> expected = PRINTED.matcher(page.regions().get(example.getName()))
                .results()
                .flatMap(comment -> Stream.of(comment.group(1).split(" \\| ")))
                .toList();
        assertThat(expected).isNotEmpty();

        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        example.invoke(null, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).containsSubsequence(expected);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldNameExceptionsThatExist(GuidePage page) {
        List<String> names = CODE.matcher(page.prose())
                .results()
                .map(quoted -> quoted.group(1))
                .distinct()
                .filter(name -> !OF_PYTHON.contains(name))
                .toList();
        assertThat(names).allSatisfy(name -> assertThat(PACKAGES).anyMatch(room -> exists(room + "." + name)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToFilesAndHeadingsThatExist(GuidePage page) {
        assertThat(page.links()).allSatisfy(link -> {
            Path target = link.group(1).isEmpty() ? page.file() : page.file().resolveSibling(link.group(1));
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(GuidePage.anchors(target)).contains(link.group(2));
            }
        });
    }

    @Test
    void shouldHaveEveryPageInTheIndex() throws IOException {
        GuidePage index = GuidePage.named("README.md");
        assertThat(index.links().stream().map(link -> link.group(1)))
                .containsAll(pages().stream()
                        .map(GuidePage::name)
                        .filter(name -> !name.equals(index.name()))
                        .toList());
    }

    @Test
    void shouldHaveAPageForEveryClassOfExamples() throws IOException {
        List<Path> known = pages().stream().map(GuidePage::source).toList();
        try (Stream<Path> files = Files.list(Path.of("src/test/java/offspring/guide"))) {
            assertThat(files.filter(file -> file.toString().endsWith("Examples.java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(known).contains(file));
        }
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className);
            return true;
        } catch (ClassNotFoundException none) {
            return false;
        }
    }
}
