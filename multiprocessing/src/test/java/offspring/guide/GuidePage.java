package offspring.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the guide, and the class beside this one that has its Java: {@code sharing-state.md} and {@code SharingStateExamples}.
 *
 * @param file the page
 */
record GuidePage(Path file) {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    static final Path GUIDE = ROOT.resolve("docs/guide");

    private static final Path SOURCES = Path.of("src/test/java/offspring/guide");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern REGION = Pattern.compile("(?ms)^ *// region (\\w+)\\n(.*?)^ *// endregion$");
    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]*)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^ {0,3}\\[[^\\]]+]:\\s+<?([^\\s>]+)>?");
    private static final Pattern ATTRIBUTE = Pattern.compile("<[a-z]+\\b[^>]*?\\b(?:href|src|srcset)=\"([^\"]*)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");
    private static final Pattern CODE = Pattern.compile("`[^`\n]+`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** All pages, the index among them. */
    static List<GuidePage> all() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(GuidePage::new)
                    .toList();
        }
    }

    static GuidePage named(String name) {
        return new GuidePage(GUIDE.resolve(name));
    }

    String name() {
        return file.getFileName().toString();
    }

    String text() {
        return read(file);
    }

    /** The contents of the blocks in a language. */
    List<String> blocks(String language) {
        return BLOCK.matcher(text())
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** The text without its blocks. */
    String prose() {
        return BLOCK.matcher(text()).replaceAll("");
    }

    /** The source of the examples; it need not exist. */
    Path source() {
        String stem = name().replace(".md", "");
        String type = Stream.of(stem.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", "", "Examples"));
        return SOURCES.resolve(type + ".java");
    }

    /** The regions of the examples by name, moved to the left margin; none if there is no source. */
    Map<String, String> regions() {
        Map<String, String> found = new LinkedHashMap<>();
        if (Files.exists(source())) {
            Matcher regions = REGION.matcher(read(source()));
            while (regions.find()) {
                found.put(regions.group(1), regions.group(2).stripTrailing().stripIndent() + "\n");
            }
        }
        return found;
    }

    /**
     * A link to a file of the project, or a picture of it.
     *
     * @param path as it is written; empty for the page itself
     * @param anchor the heading, or null
     */
    record Link(String path, String anchor) {

        private static Link of(String target) {
            int hash = target.indexOf('#');
            return hash < 0 ? new Link(target, null) : new Link(target.substring(0, hash), target.substring(hash + 1));
        }
    }

    /** Links to files of the project, pictures among them, in the forms of Markdown and of HTML. */
    List<Link> links() {
        String prose = CODE.matcher(prose()).replaceAll("");
        return Stream.of(LINK, REFERENCE, ATTRIBUTE)
                .flatMap(form -> form.matcher(prose).results())
                .map(found -> found.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .map(Link::of)
                .toList();
    }

    /** Where a link leads to. */
    Path target(Link link) {
        return link.path().isEmpty() ? file : file.resolveSibling(link.path()).normalize();
    }

    /** The names by which links reach the headings of a page. */
    static List<String> anchors(Path page) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(new GuidePage(page).prose())
                .results()
                .map(heading -> heading.group(1)
                        .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-'))
                .map(name -> {
                    int before = seen.merge(name, 1, Integer::sum) - 1;
                    return before == 0 ? name : name + "-" + before;
                })
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
