package offspring.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables from Python's names to ours name what exists, and the short one of the README says the same. */
class ComingFromPythonTest {

    private static final GuidePage PAGE = GuidePage.named("coming-from-python.md");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CALL = Pattern.compile("(?<!new )\\b([a-z]\\w*)\\(");
    private static final Pattern TYPE = Pattern.compile("new (\\w+)[(<]");

    /** The user's, and the JDK's. */
    private static final Set<String> THEIRS = Set.of("f", "printStackTrace", "entry", "ofMillis", "of");

    @Test
    void shouldNameMethodsAndClassesThatExist() throws IOException {
        String sources = sources();
        List<String> ours = rows(PAGE.text()).stream()
                .flatMap(row -> CODE.matcher(row.get(1)).results())
                .map(quoted -> quoted.group(1))
                .toList();
        Set<String> methods = names(CALL, ours);
        methods.removeAll(THEIRS);
        assertThat(methods)
                .hasSizeGreaterThan(80)
                .allSatisfy(name ->
                        assertThat(sources.contains(" " + name + "(")).as(name).isTrue());
        assertThat(names(TYPE, ours))
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(sources.contains("class " + name) || sources.contains("record " + name))
                        .as(name)
                        .isTrue());
    }

    @Test
    void shouldNameEveryPublicNameOfPython() throws IOException {
        Set<String> words = WORD.matcher(
                        rows(PAGE.text()).stream().map(row -> row.get(0)).collect(Collectors.joining(" ")))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        List<String> names = pythonNames();

        assertThat(names).hasSizeGreaterThan(150);
        assertThat(names.stream().filter(name -> !words.contains(name.substring(name.indexOf('\t') + 1))))
                .as("names of Python that the left column does not have; a name without a twin gets a row that says so")
                .isEmpty();
    }

    @Test
    void shouldSayTheSameInTheReadme() {
        List<List<String>> all =
                rows(PAGE.text()).stream().map(row -> row.subList(0, 2)).toList();
        String readme = GuidePage.read(GuidePage.ROOT.resolve("README.md"));
        int from = readme.indexOf("## From Python to Java");
        List<List<String>> few = rows(readme.substring(from, readme.indexOf("\n## ", from + 1)));

        assertThat(few).hasSizeBetween(8, 16);
        assertThat(all).containsAll(few);
    }

    /** Module or class, a tab, and the name. */
    private static List<String> pythonNames() throws IOException {
        try (InputStream names = Objects.requireNonNull(
                ComingFromPythonTest.class.getResourceAsStream("python-names.tsv"), "python-names.tsv")) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static Set<String> names(Pattern pattern, List<String> texts) {
        return texts.stream()
                .flatMap(text -> pattern.matcher(text).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** The rows of all tables, without their headlines. */
    private static List<List<String>> rows(String text) {
        return text.lines()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| Python |"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .map(cells -> cells.subList(0, cells.size() - 1))
                .toList();
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : List.of("core", "queue", "threading", "multiprocessing")) {
            try (Stream<Path> files = Files.walk(GuidePage.ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> all.append(GuidePage.read(file)));
            }
        }
        return all.toString();
    }
}
