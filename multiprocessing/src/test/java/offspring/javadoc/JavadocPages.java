package offspring.javadoc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The examples in the Javadoc of the published modules, and the regions of the tests beside this class that they come from. Both go by
 * the name of the class whose page it is, without the root package: {@code core.Lock}; a second one on the page is {@code core.Lock 2}.
 *
 * <p>Inside of <code>{&#64;code}</code> nothing is escaped, so nothing is translated here: an example and its region are the same text,
 * but for the margin.
 */
final class JavadocPages {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path TESTS = Path.of("src/test/java/offspring/javadoc");
    private static final List<String> MODULES = List.of("core", "queue", "threading", "multiprocessing");

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^(?<margin> *\\* )<pre>\\{@code\\n(?<lines>.*?)^ *\\* \\}</pre>");
    private static final Pattern LIKE_A_BLOCK =
            Pattern.compile("<pre[^>]*>[\\s*]*\\{@(?:code|literal)\\b|\\{@snippet\\b");
    private static final Pattern MARGIN = Pattern.compile("(?m)^ *\\* ?");
    private static final Pattern REGION =
            Pattern.compile("(?ms)^ *// region ([\\w.]+(?: \\d)?)\\n(.*?)^ *// endregion$");
    private static final Pattern PUBLIC = Pattern.compile("(?m)^public [\\w -]*\\b(?:class|interface|enum|record) ");

    private JavadocPages() {}

    /** The sources of the published modules, those of internal rooms included. */
    static List<Path> sources() {
        return MODULES.stream()
                .flatMap(module -> javaFiles(ROOT.resolve(module).resolve("src/main/java")).stream())
                .toList();
    }

    /** The names of the classes that users can use. */
    static List<String> publicClasses() {
        return sources().stream()
                .filter(source -> PUBLIC.matcher(read(source)).find())
                .map(JavadocPages::name)
                .filter(name -> !name.contains(".internal."))
                .toList();
    }

    /** The examples on the pages, by their names. */
    static Map<String, String> examples() {
        Map<String, String> found = new TreeMap<>();
        for (Path source : sources()) {
            List<MatchResult> blocks = BLOCK.matcher(read(source)).results().toList();
            for (int i = 0; i < blocks.size(); i++) {
                String lines = MARGIN.matcher(blocks.get(i).group(2)).replaceAll("");
                found.put(name(source, i), lines);
            }
        }
        return found;
    }

    /** How many places look like an example, however they are written. */
    static long likelyExamples() {
        return sources().stream()
                .mapToLong(
                        source -> LIKE_A_BLOCK.matcher(read(source)).results().count())
                .sum();
    }

    /** The regions of the tests, moved to the left margin, by their names. */
    static Map<String, String> regions() {
        return javaFiles(TESTS).stream()
                .filter(file -> file.toString().endsWith("ExamplesTest.java"))
                .flatMap(file -> REGION.matcher(read(file)).results())
                .collect(Collectors.toMap(
                        region -> region.group(1),
                        region -> region.group(2).stripTrailing().stripIndent() + "\n",
                        (one, other) -> {
                            throw new AssertionError("two regions have one name:\n" + one + other);
                        },
                        TreeMap::new));
    }

    /** Puts the regions into the pages, in place of the examples with the same names. */
    static void write(Map<String, String> regions) throws IOException {
        for (Path source : sources()) {
            String before = read(source);
            Matcher blocks = BLOCK.matcher(before);
            StringBuilder after = new StringBuilder();
            for (int i = 0; blocks.find(); i++) {
                String region = regions.getOrDefault(name(source, i), "");
                blocks.appendReplacement(after, Matcher.quoteReplacement(block(blocks.group("margin"), region)));
            }
            if (!blocks.appendTail(after).toString().equals(before)) {
                Files.writeString(source, after);
            }
        }
    }

    private static String block(String margin, String lines) {
        return lines.lines()
                .map(line -> (margin + line).stripTrailing() + "\n")
                .collect(Collectors.joining("", margin + "<pre>{@code\n", margin + "}</pre>"));
    }

    private static String name(Path source, int index) {
        return name(source) + (index == 0 ? "" : " " + (index + 1));
    }

    private static String name(Path source) {
        String path = source.toString().replace('\\', '/');
        return path.replaceFirst(".*/src/main/java/(?:offspring/)?", "")
                .replaceFirst("\\.java$", "")
                .replace('/', '.');
    }

    private static List<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
