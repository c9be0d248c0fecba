package offspring.multiprocessing.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What class loaders are read as. The environments that have such loaders are tests of the module integration. */
class ClassSourceTest {

    private static final ClassLoader OWN = ClassSource.class.getClassLoader();

    private final ClassLoader contextBefore = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path folder;

    @AfterEach
    void restoreContext() {
        Thread.currentThread().setContextClassLoader(contextBefore);
    }

    /** What is read when a thread has this context class loader. */
    private static ClassSource with(ClassLoader context) throws Exception {
        Thread.currentThread().setContextClassLoader(context);
        return ClassSource.of(ClassSourceTest.class);
    }

    private URLClassLoader files(ClassLoader parent, String... names) throws Exception {
        URL[] urls = new URL[names.length];
        for (int i = 0; i < names.length; i++) {
            urls[i] = folder.resolve(names[i]).toUri().toURL();
        }
        return new URLClassLoader(urls, parent);
    }

    /** A loader that somebody has written. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(URL[] urls, ClassLoader parent) {
            super(urls, parent);
        }
    }

    @Test
    void shouldTakeTheSystemsWhenItHasTheWork() throws Exception {
        assertThat(with(OWN)).isSameAs(ClassSource.SYSTEM);
        assertThat(ClassSource.of(String.class)).isSameAs(ClassSource.SYSTEM);
        assertThat(ClassSource.ofCaller()).isSameAs(ClassSource.SYSTEM);
        assertThat(ClassSource.ofLibrary()).isSameAs(ClassSource.SYSTEM);
        assertThat(ClassSource.SYSTEM.isPlain()).isTrue();
    }

    @Test
    void shouldReadLoadersInTheOrderInWhichTheyAsk() throws Exception {
        try (URLClassLoader upper = files(OWN, "a.jar", "b.jar");
                URLClassLoader lower = files(upper, "b.jar", "c.jar")) {
            ClassSource source = with(lower);

            assertThat(source.entries())
                    .containsExactly(folder.resolve("a.jar"), folder.resolve("b.jar"), folder.resolve("c.jar"));
            assertThat(source.classPath()).isTrue();
            assertThat(source.isPlain()).isFalse();
        }
    }

    @Test
    void shouldReadAnOwnKindOfLoaderBeforeItsParent() throws Exception {
        try (URLClassLoader upper = files(OWN, "a.jar");
                URLClassLoader lower = new OwnFirst(files(null, "b.jar").getURLs(), upper)) {
            assertThat(with(lower).entries()).containsExactly(folder.resolve("b.jar"), folder.resolve("a.jar"));
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void shouldReadFilesHoweverTheyAreWritten() throws Exception {
        File strange = folder.resolve("with späces and 100%.jar").toFile();
        URL[] urls = {strange.toURI().toURL(), new URL("jar:" + strange.toURI().toURL() + "!/"), strange.toURL()};
        for (URL url : urls) {
            try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, OWN)) {
                assertThat(with(loader).entries()).as(url.toString()).containsExactly(strange.toPath());
            }
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void shouldNotMindAContextThatCannotBeReadWhenTheWorkIsElsewhere() throws Exception {
        URL[] far = {new URL("http://localhost/x.jar")};
        try (URLClassLoader loader = new URLClassLoader(far, OWN)) {
            assertThat(with(loader)).isSameAs(ClassSource.SYSTEM);
        }
        assertThat(with(new ClassLoader(OWN) {})).isSameAs(ClassSource.SYSTEM);
    }

    /** Defines the class of the work itself. */
    private static final class Redefining extends URLClassLoader {

        Redefining(URL... urls) {
            super(urls, OWN);
        }

        Class<?> work() throws Exception {
            String name = ClassSourceTest.class.getName();
            try (InputStream in = OWN.getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void shouldRefuseWorkFromAfar() throws Exception {
        try (Redefining loader = new Redefining(new URL("http://localhost/x.jar"))) {
            Class<?> work = loader.work();
            assertThatThrownBy(() -> ClassSource.of(work))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("http://localhost/x.jar, which is no file")
                    .hasMessageContaining("put the classes into jar files or directories");
        }
    }

    @Test
    void shouldTakeTheLoaderOfTheWorkWhenTheContextKnowsNothingOfIt() throws Exception {
        try (Redefining loader = new Redefining(folder.toUri().toURL())) {
            Class<?> work = loader.work();
            assertThat(ClassSource.of(work).entries()).containsExactly(folder);
        }
    }

    @Test
    void shouldFollowTheNamesInAClassFile() throws Exception {
        double big = 12345678.9e12;
        long wide = 1L << 40;
        try (InputStream in = ClassSourceTest.class.getResourceAsStream("ClassSourceTest.class")) {
            Set<String> named = MemoryClasses.namedIn(in.readAllBytes());
            assertThat(named)
                    .as("beside " + big + " and " + wide)
                    .contains(
                            ClassSourceTest.class.getName(),
                            Redefining.class.getName(),
                            OwnFirst.class.getName(),
                            "java.lang.ClassLoader")
                    .noneMatch(name -> name.startsWith("[") || name.contains("/"));
        }
    }
}
