package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose class path has jar files only, with a cache directory of their own. */
@Timeout(180)
class ClassArchiveTest {

    @TempDir
    static Path jars;

    private static String classPath = "";

    @TempDir
    Path folder;

    private Path cache;

    @BeforeAll
    static void packClassPath() throws IOException {
        List<String> entries = new ArrayList<>();
        int count = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = jars.resolve("classes-" + count++ + ".jar");
                pack(path, jar);
                entries.add(jar.toString());
            } else if (Files.exists(path)) {
                entries.add(entry);
            }
        }
        classPath = String.join(File.pathSeparator, entries);
    }

    private static void pack(Path directory, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(directory.relativize(path).toString().replace(File.separatorChar, '/')));
                Files.copy(path, out);
                out.closeEntry();
            }
        }
    }

    @BeforeEach
    void needJvmThatSharesClasses() {
        assumeThat(System.getProperty("java.vm.info")).contains("sharing");
        cache = folder.resolve("cache").resolve("offspring");
    }

    /** Starts children; the argument says how many. Prints what each of them printed, then whether it had an archive. */
    static final class StartsChildren {

        public static void main(String[] args) throws Exception {
            Path cache = Path.of(System.getProperty("offspring.cacheDirectory"));
            for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                System.out.println("child " + i + ": " + start());
            }
            if (args.length > 1) {
                Deadlines.eventually(
                        "the archive is made", () -> !archives(cache).isEmpty());
                Deadlines.eventually("the program has noticed it", () -> start().endsWith("archive true"));
                System.out.println("child 99: " + start());
            }
        }

        private static String start() {
            var lines = new ConcurrentLinkedQueue<String>();
            Process child = Process.builder()
                    .target(() -> {})
                    .options(ProcessOptions.builder()
                            .jvmArgs("-Xlog:class+load")
                            .outputLines(lines::add)
                            .errorLines(line -> lines.add("error: " + line))
                            .build())
                    .build();
            try {
                child.start();
                child.join();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            long fromArchive = lines.stream()
                    .filter(line -> line.contains(" offspring.") && line.contains("shared objects file"))
                    .count();
            long others = lines.stream()
                    .filter(line -> !line.contains("[class,load]"))
                    .peek(line -> System.out.println("printed " + line))
                    .count();
            return "code " + child.exitcode().getAsInt() + ", printed " + others + ", archive " + (fromArchive > 10);
        }
    }

    private static List<Path> archives(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.getFileName().toString().endsWith(".jsa")
                            && !file.getFileName().toString().startsWith("making-"))
                    .toList();
        } catch (IOException e) {
            return List.of(); // just being removed
        }
    }

    private List<String> run(List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Doffspring.cacheDirectory=" + cache);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, StartsChildren.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        java.lang.Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            int code = program.waitFor();
            List<String> lines = Files.readAllLines(out);
            assertThat(code).as("exit code; printed %s", lines).isZero();
            return lines.stream()
                    .filter(line -> line.startsWith("child ") || line.startsWith("printed "))
                    .toList();
        } finally {
            program.destroyForcibly();
        }
    }

    private Path make() throws Exception {
        assertThat(run(List.of(), "2", "wait"))
                .containsExactly(
                        "child 0: code 0, printed 0, archive false",
                        "child 1: code 0, printed 0, archive false",
                        "child 99: code 0, printed 0, archive true");
        assertThat(archives(cache)).hasSize(1);
        return archives(cache).get(0);
    }

    @Test
    void shouldMakeAnArchiveInTheBackgroundAndUseItInThisRunAndTheNext() throws Exception {
        Path archive = make();

        assertThat(run(List.of(), "1")).containsExactly("child 0: code 0, printed 0, archive true");
        assertThat(archives(cache)).containsExactly(archive);
        if (Files.getFileStore(cache).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void shouldMakeAnotherOneWhenItIsDamaged() throws Exception {
        Path archive = make();
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 0x55;
        Files.delete(archive);
        Files.write(archive, bytes);

        assertThat(run(List.of(), "1")).containsExactly("child 0: code 0, printed 0, archive false");
        assertThat(archives(cache)).isEmpty();
        make();
    }

    @Test
    void shouldGoOnQuietlyWithoutItWhenTheClassPathHasChanged() throws Exception {
        make();

        Files.setLastModifiedTime(
                jars.resolve("classes-0.jar"), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
        assertThat(run(List.of(), "1")).containsExactly("child 0: code 0, printed 0, archive false");
    }

    @Test
    void shouldMakeNoneWhenToldSo() throws Exception {
        assertThat(run(List.of("-Doffspring.classArchive=off"), "3"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).endsWith("code 0, printed 0, archive false"));
        assertThat(cache).doesNotExist();
    }

    @Test
    void shouldGoOnWithoutOneWhenTheDirectoryCannotBeMade() throws Exception {
        Files.write(folder.resolve("cache"), new byte[1]);

        assertThat(run(List.of(), "3"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).endsWith("code 0, printed 0, archive false"));
    }

    @Test
    void shouldNotUseADirectoryThatOthersMayWriteTo() throws Exception {
        Files.createDirectories(cache);
        assumeThat(Files.getFileStore(cache).supportsFileAttributeView("posix")).isTrue();
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(run(List.of(), "3")).hasSize(3);
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void shouldMakeOneWhenTwoProgramsWantItAtOnce() throws Exception {
        var one = new Throwable[1];
        Thread other = new Thread(() -> {
            try {
                run(List.of(), "2", "wait");
            } catch (Exception | AssertionError e) {
                one[0] = e;
            }
        });
        Path first = folder;
        folder = Files.createDirectory(first.resolve("second"));
        other.start();
        Deadlines.eventually(
                "the other program prints",
                () -> Files.exists(first.resolve("second").resolve("out")));
        folder = first;
        make();
        other.join();

        assertThat(one[0]).isNull();
        assertThat(archives(cache)).hasSize(1);
    }
}
