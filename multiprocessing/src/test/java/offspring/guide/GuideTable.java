package offspring.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of a table of a guide, found by the heading above it. */
public final class GuideTable {

    private GuideTable() {}

    /** The cells of all rows but the headline. */
    public static List<List<String>> rows(String page, String heading) throws IOException {
        Path file =
                Path.of("").toAbsolutePath().getParent().resolve("docs/guide").resolve(page);
        List<String> lines = Files.readAllLines(file);
        int at = lines.indexOf("## " + heading);
        if (at < 0) {
            throw new AssertionError(file + " has no heading " + heading);
        }
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines.subList(at + 1, lines.size())) {
            if (line.startsWith("## ")) {
                break;
            }
            if (line.startsWith("|")) {
                rows.add(Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows.subList(2, rows.size());
    }
}
