package offspring.javadoc;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Javadoc tells the truth: each example on a page of the published modules is a region of a test beside this class, which compiles it, runs
 * it, and checks what the comments in it say. With {@code -Doffspring.javadoc=write} the pages are brought up to date with the regions first.
 */
class JavadocExamplesTest {

    private static final String BUILDERS =
            "for those who build pools over engines of their own; the page of the package says how";

    /** Public classes without an example of their own; exceptions need none. */
    private static final Map<String, String> EXCUSED = Map.ofEntries(
            entry("threading.ExceptHookArgs", "what a hook is given: Threading has one"),
            entry("threading.ThreadsForParallel", "found by the service loader, not used"),
            entry("futures.engine.Assistant", BUILDERS),
            entry("futures.engine.Engine", BUILDERS),
            entry("futures.engine.EngineExecutor", BUILDERS),
            entry("futures.engine.EnginePool", BUILDERS),
            entry("futures.engine.Job", BUILDERS),
            entry("futures.engine.Stateless", BUILDERS),
            entry("futures.engine.TaskContext", BUILDERS),
            entry("multiprocessing.Certainty", "its use is the example of WorkerTrace"));

    @Test
    void shouldShowOnlyJavaThatIsCompiledAndRunHere() throws IOException {
        Map<String, String> regions = JavadocPages.regions();
        if ("write".equals(System.getProperty("offspring.javadoc"))) {
            JavadocPages.write(regions);
        }
        Map<String, String> examples = JavadocPages.examples();

        assertThat(examples).isNotEmpty();
        assertThat(regions.keySet())
                .as("regions, which are named after the pages of their examples")
                .isEqualTo(examples.keySet());
        assertSoftly(softly -> examples.forEach((name, example) -> softly.assertThat(example)
                .as("the example of " + name + "; -Doffspring.javadoc=write copies the region there")
                .isEqualTo(regions.get(name))));
    }

    @Test
    void shouldFindEveryExample() {
        assertThat(JavadocPages.likelyExamples())
                .as("<pre>{@code and }</pre> stand on lines of their own")
                .isEqualTo(JavadocPages.examples().size());
    }

    @Test
    void shouldHaveAnExampleOnThePageOfEachPublicClassThatIsNotExcused() {
        Map<String, String> examples = JavadocPages.examples();
        List<String> without = JavadocPages.publicClasses().stream()
                .filter(name -> !examples.containsKey(name) && !name.endsWith("Exception"))
                .toList();
        assertThat(without).containsExactlyInAnyOrderElementsOf(EXCUSED.keySet());
    }
}
