package offspring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.tools.Layouts;
import org.springframework.boot.loader.tools.LoaderImplementation;

/** The application in the packages that builds make. */
class PackagingTest {

    private static final int LONG_ENTRIES = 12_000;

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
        Path jar = Artifacts.boot(folder.resolve("boot.jar"), new Layouts.Jar(), LoaderImplementation.DEFAULT);

        Started.in(folder).run("-jar", jar.toString()).assertWorked();
    }

    @Test
    @Environment("executable Spring Boot jar, classic loader")
    void shouldRunFromASpringBootJarWithTheClassicLoader() throws Exception {
        Path jar = Artifacts.boot(folder.resolve("boot.jar"), new Layouts.Jar(), LoaderImplementation.CLASSIC);

        Started.in(folder).run("-jar", jar.toString()).assertWorked();
    }

    @Test
    @Environment("executable Spring Boot war")
    void shouldRunFromASpringBootWar() throws Exception {
        Path war = Artifacts.boot(folder.resolve("boot.war"), new Layouts.War(), LoaderImplementation.DEFAULT);

        Started.in(folder).run("-jar", war.toString()).assertWorked();
    }

    @Test
    @Environment("unpacked Spring Boot jar")
    void shouldRunFromAnUnpackedSpringBootJar() throws Exception {
        Path jar = Artifacts.boot(folder.resolve("boot.jar"), new Layouts.Jar(), LoaderImplementation.DEFAULT);
        Path unpacked = Artifacts.unpacked(jar, folder.resolve("unpacked"));

        Started.in(folder)
                .run("-cp", unpacked.toString(), "org.springframework.boot.loader.launch.JarLauncher")
                .assertWorked();
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

    @Test
    @Environment("module path, all in one argument file")
    void shouldRunFromAnArgumentFile() throws Exception {
        Path arguments = folder.resolve("arguments");
        Files.write(
                arguments,
                List.of(
                        "--module-path",
                        '"' + Artifacts.path(Artifacts.all()) + '"',
                        "--add-modules",
                        "offspring.integration,java.sql",
                        "--add-opens",
                        "offspring.integration/offspring.integration=offspring.multiprocessing",
                        "-m",
                        "offspring.integration/" + App.class.getName()));

        Started.in(folder).run("@" + arguments).assertWorked();
    }

    @Test
    @Environment("jar with nothing but a class path in its manifest")
    void shouldRunFromAManifestJar() throws Exception {
        Path jar = Artifacts.manifestJar(folder, Artifacts.all());

        Started.in(folder).run("-jar", jar.toString()).assertWorked();
    }

    @Test
    @Environment("class path that is longer than the system lets an argument be")
    void shouldRunFromAClassPathThatIsTooLongForAnArgument() throws Exception {
        List<Path> entries = new ArrayList<>();
        Path deep = folder.resolve("a".repeat(120)).resolve("b".repeat(120));
        for (int i = 0; i < LONG_ENTRIES; i++) {
            entries.add(deep.resolve("not-there-" + i + ".jar"));
        }
        entries.addAll(Artifacts.all());
        String classPath = Artifacts.path(entries);
        assertThat(classPath.length()).isGreaterThan(3 << 20);
        Path arguments = folder.resolve("arguments");
        Files.write(arguments, List.of("-cp", '"' + classPath + '"', App.class.getName()));

        Started.in(folder).run("@" + arguments).assertWorked();
    }
}
