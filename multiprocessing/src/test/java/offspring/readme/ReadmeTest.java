package offspring.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README tells the truth: its Java is compiled and run here, its commands are those of the build. */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// region \\w+\\n(.*?)^ *// endregion$");

    private final Path root = Path.of("").toAbsolutePath().getParent();

    @Test
    void shouldShowOnlyJavaThatIsCompiledAndRunHere() throws IOException {
        List<String> shown = blocks("java");
        assertThat(shown).isNotEmpty();
        assertThat(regions()).containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    void shouldRunTheExampleOfThreads() throws Exception {
        assertThat(ThreadsExample.run()).isEqualTo(332_833_500);
    }

    @Test
    void shouldRunTheExampleOfAProcess() throws Exception {
        assertThat(ProcessExample.run()).isZero();
    }

    @Test
    void shouldHaveTwoCommandsForTheQuickStart() throws IOException {
        assertThat(blocks("sh"))
                .containsExactly(
                        "mvn -q -DskipTests package && java -jar examples/target/offspring-examples.jar speedup\n",
                        "mvn -B verify\n");
    }

    private List<String> blocks(String language) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(root.resolve("README.md")));
        while (blocks.find()) {
            if (blocks.group(1).equals(language)) {
                found.add(blocks.group(2));
            }
        }
        return found;
    }

    /** The regions of the example sources beside this class, moved to the left margin. */
    private List<String> regions() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/java/offspring/readme"))) {
            for (Path file : files.filter(each -> each.toString().endsWith("Example.java"))
                    .toList()) {
                Matcher regions = REGION.matcher(Files.readString(file));
                while (regions.find()) {
                    found.add(regions.group(1).stripTrailing().stripIndent() + "\n");
                }
            }
        }
        return found;
    }
}
