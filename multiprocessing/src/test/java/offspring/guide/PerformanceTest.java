package offspring.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The figures of the guide are those of the pages that tell how they were measured. */
class PerformanceTest {

    private static final GuidePage PAGE = GuidePage.named("performance.md");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");

    @Test
    void shouldRepeatFiguresAsTheyWereMeasured() throws IOException {
        List<List<String>> rows = GuideTable.rows(PAGE.name(), "What was measured");
        assertThat(rows).hasSizeGreaterThan(4).allSatisfy(row -> {
            List<String> figures = found(NUMBER, row.get(1), 0);
            String source = GuidePage.read(
                    PAGE.file().resolveSibling(found(LINK, row.get(2), 1).get(0)));
            assertThat(figures).isNotEmpty();
            assertThat(found(NUMBER, source, 0)).containsAll(figures);
        });
    }

    private static List<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(group))
                .toList();
    }
}
