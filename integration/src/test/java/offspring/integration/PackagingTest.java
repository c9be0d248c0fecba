package offspring.integration;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.tools.LoaderImplementation;

/** The application in the packages that builds make. */
class PackagingTest {

    @TempDir
    Path folder;

    @Test
    @Environment("class path")
    void shouldRunFromTheClassPath() throws Exception {
        Started.in(folder)
                .run("-cp", Artifacts.path(Artifacts.all()), App.class.getName())
                .assertWorked();
    }

    @Test
    @Environment("shaded jar")
    void shouldRunFromAShadedJar() throws Exception {
        Started.in(folder).run("-jar", Artifacts.shaded().toString()).assertWorked();
    }

    @Test
    @Environment("executable Spring Boot jar")
    void shouldRunFromASpringBootJar() throws Exception {
        Path jar = Artifacts.bootJar(folder, LoaderImplementation.DEFAULT);

        Started.in(folder).run("-jar", jar.toString()).assertWorked();
    }

    @Test
    @Environment("executable Spring Boot jar, classic loader")
    void shouldRunFromASpringBootJarWithTheClassicLoader() throws Exception {
        Path jar = Artifacts.bootJar(folder, LoaderImplementation.CLASSIC);

        Started.in(folder).run("-jar", jar.toString()).assertWorked();
    }

    @Test
    @Environment("module path, main module")
    void shouldRunFromTheModulePath() throws Exception {
        Started.in(folder)
                .run("-p", Artifacts.path(Artifacts.all()), "-m", "offspring.integration/" + App.class.getName())
                .assertWorked();
    }

    @Test
    @Environment("module path, main class on the class path")
    void shouldRunFromTheClassPathWithTheLibraryOnTheModulePath() throws Exception {
        Started.in(folder)
                .run(
                        "-p",
                        Artifacts.path(Artifacts.libraries()),
                        "--add-modules",
                        "offspring.multiprocessing",
                        "-cp",
                        Artifacts.application().toString(),
                        App.class.getName())
                .assertWorked();
    }
}
