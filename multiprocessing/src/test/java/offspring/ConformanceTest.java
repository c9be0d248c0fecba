package offspring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import offspring.testkit.conformance.Catalogue;
import offspring.testkit.conformance.ConformancePage;
import offspring.testkit.conformance.Coverage;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/conformance.md} true. It stands in the last published module because Maven has compiled the tests of
 * the modules before it by then, and its class path has all that these tests need.
 */
class ConformanceTest {

    /** Modules whose tests may carry {@code @FromCPython}, in the order of the build; this one is the last. */
    private static final List<String> MODULES = List.of("testkit", "threading", "multiprocessing");

    private final Path root = Path.of("").toAbsolutePath().getParent();

    @Test
    void shouldFindThePageUpToDate() throws IOException {
        Catalogue catalogue = Catalogue.load();
        Coverage coverage = new Coverage(catalogue);
        List<String> tested = MODULES.stream().filter(this::hasTests).toList();
        for (String module : tested) {
            assumeTrue(Files.isDirectory(testClasses(module)), module + " was not built; build with -am");
        }
        try (var loader = new URLClassLoader(urls(tested), getClass().getClassLoader())) {
            for (String module : tested) {
                coverage.addFolder(module, testClasses(module), loader);
            }
        }
        assertThat(coverage.faults()).isEmpty();
        boolean write = "write".equals(System.getProperty("offspring.conformance"));
        new ConformancePage(catalogue, coverage).reconcile(root.resolve("docs/conformance.md"), write);
    }

    private URL[] urls(List<String> modules) throws IOException {
        URL[] urls = new URL[modules.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = testClasses(modules.get(i)).toUri().toURL();
        }
        return urls;
    }

    private boolean hasTests(String module) {
        return Files.isDirectory(root.resolve(module).resolve("src/test/java"));
    }

    private Path testClasses(String module) {
        return root.resolve(module).resolve("target/test-classes");
    }
}
