package offspring.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links and pictures of all pages of the project lead to files that it has, and to headings that are there. */
class LinksTest {

    /** What builds make, and what is nobody's page. */
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules");

    static List<GuidePage> pages() throws IOException {
        List<GuidePage> found = new ArrayList<>();
        Files.walkFileTree(GuidePage.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean ours = directory.equals(GuidePage.ROOT) || !NOT_OURS.contains(name) && !name.startsWith(".");
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    found.add(new GuidePage(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLeadToFilesAndHeadingsThatExist(GuidePage page) {
        assertThat(page.links()).allSatisfy(link -> check(page, link));
    }

    private static void check(GuidePage page, GuidePage.Link link) {
        Path target = page.target(link);
        assertThat(target).startsWith(GuidePage.ROOT).exists();
        Iterable<Path> steps = GuidePage.ROOT.relativize(target);
        assertThat(steps).noneMatch(step -> NOT_OURS.contains(step.toString()));
        if (link.anchor() != null) {
            assertThat(GuidePage.anchors(target)).contains(link.anchor());
        }
    }

    @Test
    void shouldFindThePagesOfAllFolders() throws IOException {
        assertThat(pages())
                .extracting(page -> GuidePage.ROOT.relativize(page.file()).toString())
                .contains("README.md", "CONTRIBUTING.md", "stress/README.md", "docs/guide/README.md", "docs/lexicon.md")
                .anyMatch(name -> name.startsWith("docs/adr/"))
                .anyMatch(name -> name.startsWith("docs/design/"));
    }

    @Test
    void shouldFindLinksInAllTheirForms(@TempDir Path folder) throws IOException {
        GuidePage page = new GuidePage(Files.writeString(folder.resolve("page.md"), """
                # A `b` [c](d.md), twice
                ## Twice
                ## Twice
                [one](one.md) ![two](two.png "a picture") [three](#twice-1) [web](https://example.org/) `[no](no.md)`
                <a href="four.md#x"><img alt="five" src="five.svg"></a> <a href="mailto:a@example.org">
                [six]: six.md
                ```sh
                # no heading [no](no.md)
                ```
                """));

        assertThat(page.links())
                .extracting(link -> link.anchor() == null ? link.path() : link.path() + "#" + link.anchor())
                .containsExactlyInAnyOrder("d.md", "one.md", "two.png", "#twice-1", "four.md#x", "five.svg", "six.md");
        assertThat(GuidePage.anchors(page.file())).containsExactly("a-b-c-twice", "twice", "twice-1");
    }
}
