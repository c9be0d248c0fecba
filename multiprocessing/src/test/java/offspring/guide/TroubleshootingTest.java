package offspring.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages that the page of troubles quotes are those of the library. */
class TroubleshootingTest {

    private static final GuidePage PAGE = GuidePage.named("troubleshooting.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final int LEAST_ROWS = 30;

    /** Words of the JDK and of the user, which are no messages of ours, are single words or calls. */
    private static final Pattern NO_MESSAGE = Pattern.compile("[\\w.]+(\\(\\))?|offspring-…");

    @Test
    void shouldQuoteMessagesThatTheLibraryHas() throws IOException {
        String sources = sources();
        List<String> messages = messages();
        assertThat(messages).hasSizeGreaterThan(LEAST_ROWS);
        assertThat(messages).allSatisfy(message -> {
            for (String part : message.split("…")) {
                assertThat(sources.contains(part.strip())).as(part).isTrue();
            }
        });
    }

    /** What the first column quotes. */
    private static List<String> messages() {
        List<String> found = new ArrayList<>();
        PAGE.text()
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split(" \\| ")[0])
                .forEach(symptom -> QUOTED.matcher(symptom)
                        .results()
                        .map(quoted -> quoted.group(1))
                        .filter(text ->
                                !NO_MESSAGE.matcher(text).matches() && !text.startsWith("/") && !text.endsWith("()"))
                        .forEach(found::add));
        return found;
    }

    /** All sources of what is published; texts that are joined over lines are joined here. */
    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : List.of("core", "queue", "threading", "multiprocessing")) {
            try (Stream<Path> files = Files.walk(GuidePage.ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> all.append(GuidePage.read(file)));
            }
        }
        return JOINT.matcher(all).replaceAll("");
    }
}
