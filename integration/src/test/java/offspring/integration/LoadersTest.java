package offspring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application in class loaders that are not the system's. */
class LoadersTest {

    @TempDir
    Path folder;

    @Test
    @Environment("mvn exec:java")
    void shouldRunInsideMaven() throws Exception {
        assertThat(Artifacts.reportFromMaven()).contains(Started.EXPECTED);
    }

    @Test
    @Environment("one class loader with library and application")
    void shouldRunInAClassLoaderOfItsOwn() throws Exception {
        runIn("one", "-");
    }

    @Test
    @Environment("a class loader that is closed before the JVM ends")
    void shouldEndWellWhenItsClassLoaderIsClosedBefore() throws Exception {
        assertThat(runIn("closed", "-").err()).doesNotContain("NoClassDefFoundError");
    }

    @Test
    @Environment("the library in a class loader, the application in one below it")
    void shouldRunInAClassLoaderBelowThatOfTheLibrary() throws Exception {
        runIn("two", "-");
    }

    @Test
    @Environment("the library on the class path, the application in a class loader")
    void shouldRunInAClassLoaderBelowTheClassPath() throws Exception {
        runIn(
                "application",
                Artifacts.path(Artifacts.libraries()) + java.io.File.pathSeparator + Artifacts.classesOfTests());
    }

    private Started.Result runIn(String how, String classPath) throws Exception {
        Started.Result result = Started.in(folder)
                .run(
                        "-cp",
                        classPath.equals("-") ? Artifacts.classesOfTests().toString() : classPath,
                        Host.class.getName(),
                        how,
                        Artifacts.path(Artifacts.all()));
        result.assertWorked();
        return result;
    }

    @Test
    @Environment("a class loader that does not tell where it reads")
    void shouldRefuseAClassLoaderThatDoesNotTellWhereItReads() throws Exception {
        Started.in(folder)
                .run(
                        "-cp",
                        Artifacts.classesOfTests().toString(),
                        Host.class.getName(),
                        "silent",
                        Artifacts.path(Artifacts.all()))
                .assertRefused(
                        "a child process cannot load the classes of this program",
                        "offspring.integration.Host$Silent",
                        Refusals.SILENT_LOADER);
    }

    @Test
    @Environment("a class loader that does not ask the library's")
    void shouldRefuseAClassLoaderThatDoesNotAskTheLibrarys() throws Exception {
        Started.in(folder)
                .run(
                        "-cp",
                        Artifacts.classesOfTests().toString(),
                        Host.class.getName(),
                        "apart",
                        Artifacts.path(Artifacts.all()))
                .assertRefused(
                        "a child process cannot load the classes of this program",
                        "offspring.integration.Host$Apart",
                        Refusals.STRANGE_LOADER);
    }

    @Test
    @Environment("source file: java Main.java")
    void shouldRunFromASourceFile() throws Exception {
        Path source = folder.resolve("Main.java");
        Files.writeString(source, SOURCE);

        Started.Result result = Started.in(folder).run("-cp", Artifacts.path(Artifacts.libraries()), source.toString());

        assertThat(result.out())
                .as(result.err())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "in the child: Word[text=hello]", "Word[text=HELLO]", "[Word[text=a!], Word[text=b!]]"));
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @Environment("JShell")
    void shouldRunFromJShell() throws Exception {
        Path shell = Started.java().resolveSibling("jshell");
        assumeTrue(Files.isExecutable(shell), "there is no " + shell);
        Path script = folder.resolve("script.jsh");
        Files.writeString(script, SCRIPT);

        Started.Result result = Started.in(folder)
                .environment("HOME", folder.toString())
                .runOther(
                        shell.toString(),
                        "-R-Doffspring.classArchive=off",
                        "-J-Duser.home=" + folder,
                        "--class-path",
                        Artifacts.path(Artifacts.libraries()),
                        script.toString());

        assertThat(result.out()).as(result.err()).contains("OptionalInt[0]", "Word[text=HELLO]", "[Word[text=A!]]");
        String pid = result.out().stream()
                .filter(line -> line.startsWith("pid "))
                .findFirst()
                .orElseThrow();
        Leftovers.assertNone(Long.parseLong(pid.substring("pid ".length())));
    }

    private static final String SCRIPT = """
            import offspring.multiprocessing.*;
            import offspring.multiprocessing.connection.Connection;
            record Word(String text) implements java.io.Serializable {}
            Word upper(Word word) { return new Word(word.text().toUpperCase(java.util.Locale.ROOT)); }
            var pipe = Pipe.duplex();
            offspring.multiprocessing.Process child(Connection theirs) {
                return new offspring.multiprocessing.Process(() -> theirs.send(upper(new Word("hello"))));
            }
            var child = child(pipe.second());
            child.start();
            child.join();
            System.out.println(child.exitcode());
            System.out.println(pipe.first().recv());
            try (var pool = new ProcessPool(1)) {
                System.out.println(pool.map(text -> upper(new Word(text)), java.util.List.of("a!")));
            }
            System.out.println("pid " + ProcessHandle.current().pid());
            /exit
            """;

    private static final String SOURCE = """
            import java.io.Serializable;
            import java.util.List;
            import java.util.Locale;
            import offspring.multiprocessing.Pipe;
            import offspring.multiprocessing.Process;
            import offspring.multiprocessing.ProcessPool;

            public class Main {
                public static void main(String[] args) throws Exception {
                    var word = new Word("hello");
                    try (Pipe pipe = Pipe.duplex()) {
                        var theirs = pipe.second();
                        var child = new Process(() -> {
                            System.out.println("in the child: " + word);
                            theirs.send(Helper.upper(word));
                        });
                        child.start();
                        child.join();
                        System.out.println(pipe.first().recv());
                    }
                    try (var pool = new ProcessPool(1)) {
                        System.out.println(pool.map(Helper::shout, List.of("a", "b")));
                    }
                }
            }

            class Helper {
                static Word upper(Word word) {
                    return new Word(word.text().toUpperCase(Locale.ROOT));
                }

                static Word shout(String text) {
                    return new Word(text + "!");
                }
            }

            record Word(String text) implements Serializable {}
            """;
}
