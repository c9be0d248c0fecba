package offspring.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each badge of the README says what the file behind it says. */
class BadgesTest {

    private static final Pattern BADGE =
            Pattern.compile("\\[!\\[(.+?)]\\(https://img\\.shields\\.io/badge/([^)]+)-[0-9A-F]{6}\\)]\\(([^)]+)\\)");
    private static final int WORDS = 1;
    private static final int PICTURE = 2;
    private static final int FILE = 3;
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");

    private final Path root = Path.of("").toAbsolutePath().getParent();

    @Test
    void shouldSayWhatTheFilesSay() throws IOException {
        assertThat(badges().map(badge -> badge.group(WORDS)))
                .containsExactly(
                        "Java: " + one("pom.xml", "<maven.compiler.release>(\\d+)<") + " and newer",
                        "tested on: JDK " + one("pom.xml", "<maven.compiler.release>(\\d+)<") + " and "
                                + one(".ci/run", "\\(find_jdk (\\d+)\\)"),
                        "cases of CPython's tests: " + one("docs/conformance.md", "\\*\\*(\\d+ of \\d+) sensible"),
                        "run-time dependencies: " + String.join(", ", dependencies()),
                        "license: Apache " + one("LICENSE", "Apache License\\s+Version (\\S+),"));
    }

    @Test
    void shouldShowWhatTheWordsSay() throws IOException {
        assertThat(badges())
                .isNotEmpty()
                .allSatisfy(badge -> assertThat(badge.group(PICTURE)).isEqualTo(escaped(badge.group(WORDS))))
                .allSatisfy(badge -> assertThat(root.resolve(badge.group(FILE))).exists());
    }

    private Stream<MatchResult> badges() throws IOException {
        return BADGE.matcher(read("README.md")).results();
    }

    /** As the maker of the pictures wants it: label, a hyphen, message. */
    private static String escaped(String words) {
        return words.replace("-", "--").replace(": ", "-").replace(' ', '_');
    }

    /** What the published modules need that is not ours. */
    private List<String> dependencies() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (String module : List.of("core", "queue", "threading", "multiprocessing")) {
            DEPENDENCY
                    .matcher(read(module + "/pom.xml"))
                    .results()
                    .map(each -> each.group(1))
                    .filter(each -> !each.contains("<scope>test<") && !each.contains("<optional>true<"))
                    .map(each -> first(each, ARTIFACT))
                    .filter(artifact -> !artifact.startsWith("offspring-"))
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    private String one(String file, String pattern) throws IOException {
        return first(read(file), Pattern.compile(pattern));
    }

    private static String first(String text, Pattern pattern) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("something like " + pattern).isTrue();
        return found.group(1);
    }

    private String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }
}
