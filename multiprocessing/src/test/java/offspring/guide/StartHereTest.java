package offspring.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The first program works as the guide shows it: it is compiled and run here as a program of its own. */
@Timeout(120)
class StartHereTest {

    private static final GuidePage PAGE = GuidePage.named("start-here.md");
    private static final Path PROJECT = GuidePage.GUIDE.resolve("first-program");
    private static final Path PROGRAM = PROJECT.resolve("src/main/java/hello/Primes.java");

    @Test
    void shouldShowTheFilesThatLieBesideIt() {
        assertThat(PAGE.blocks("xml")).containsExactly(GuidePage.read(PROJECT.resolve("pom.xml")));
        assertThat(PAGE.blocks("java")).containsExactly(GuidePage.read(PROGRAM));
    }

    @Test
    void shouldPrintWhatThePageSays(@TempDir Path classes) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("java.class.path");
        assertThat(compiler.run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        classPath,
                        "--release",
                        "17",
                        PROGRAM.toString()))
                .isZero();

        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Doffspring.classArchive=off",
                        "-cp",
                        classes + System.getProperty("path.separator") + classPath,
                        "hello.Primes")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> printed = program.inputReader().lines().toList();

        assertThat(program.waitFor()).isZero();
        List<String> said = PAGE.blocks("text").get(0).lines().toList();
        assertThat(printed).hasSize(2);
        assertThat(printed.get(0)).matches("processes: \\[ProcessPool-1-[12](, ProcessPool-1-2)?]");
        assertThat(printed.get(1)).isEqualTo(said.get(1));
    }

    @Test
    void shouldDependOnTheVersionThatIsBuiltHere() throws Exception {
        Element ours = xml(GuidePage.ROOT.resolve("pom.xml"));
        Element theirs = (Element) xml(PROJECT.resolve("pom.xml"))
                .getElementsByTagName("dependency")
                .item(0);

        assertThat(child(theirs, "groupId")).isEqualTo(child(ours, "groupId"));
        assertThat(child(theirs, "version")).isEqualTo(child(ours, "version"));
        assertThat(GuidePage.ROOT.resolve(child(theirs, "artifactId").replace("offspring-", "")))
                .isDirectory();
    }

    private static Element xml(Path file) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(GuidePage.read(file))));
        return document.getDocumentElement();
    }

    private static String child(Element parent, String name) throws IOException {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent();
            }
        }
        throw new IOException(parent.getNodeName() + " has no " + name);
    }
}
