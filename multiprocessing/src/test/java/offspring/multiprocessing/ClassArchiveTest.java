package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    /** With it a JVM runs, but cannot make an archive. */
    private static final String OPPOSED = "-XX:+RecordDynamicDumpInfo";

    private static String classPath = "";

    @TempDir
    Path folder;

    private Path cache;

    @BeforeAll
    static void packClassPath() throws IOException {
        classPath = PackedClassPath.of(System.getProperty("java.class.path"), jars);
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
            if (args.length > 1 && args[1].equals("wait for failure")) {
                Deadlines.eventually("the failure is noted", () -> has(cache, "failed-"));
            } else if (args.length > 1) {
                Deadlines.eventually(
                        "the archive is made", () -> !archives(cache).isEmpty());
                Deadlines.eventually("the program has noticed it", () -> start().endsWith("archive true"));
                System.out.println("child 99: " + start());
            }
        }

        private static boolean has(Path directory, String beginning) {
            String[] names = directory.toFile().list((in, name) -> name.startsWith(beginning));
            return names != null && names.length > 0;
        }

        private static String start() {
            var lines = new ConcurrentLinkedQueue<String>();
            Process child = Process.builder()
                    .target(() -> {})
                    .options(ProcessOptions.builder()
                            .jvmArgs("-Xlog:class+load", System.getProperty("probe.option", "-ea"))
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
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-cp", classPath, StartsChildren.class.getName()));
        return start(all, arguments);
    }

    private List<String> start(List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Doffspring.cacheDirectory=" + cache);
        command.addAll(options);
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
    void shouldNotTryAgainSoonWhenItCannotBeMade() throws Exception {
        List<String> hopeless = List.of("-Dprobe.option=" + OPPOSED);
        assertThat(childrenOf(run(hopeless, "2", "wait for failure")))
                .hasSize(2)
                .allMatch(line -> line.contains("code 0") && line.endsWith("archive false"));
        List<Path> marks = names("failed-");
        assertThat(marks).hasSize(1);
        assertThat(archives(cache)).isEmpty();

        java.nio.file.attribute.FileTime before = Files.getLastModifiedTime(marks.get(0));
        assertThat(childrenOf(run(hopeless, "4"))).hasSize(4);
        assertThat(Files.getLastModifiedTime(marks.get(0))).isEqualTo(before);
    }

    private static List<String> childrenOf(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("child ")).toList();
    }

    private List<Path> names(String beginning) throws IOException {
        try (Stream<Path> all = Files.list(cache)) {
            return all.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .toList();
        }
    }

    @Test
    void shouldMakeAndUseOneOnTheModulePath() throws Exception {
        Path app = ModuleProgram.compile(folder.resolve("app"));
        String path = PackedClassPath.of(ModuleProgram.pathOf(app), folder);
        Files.createDirectories(cache.getParent());
        List<String> options = List.of("--module-path", path, "-m", ModuleProgram.MAIN);

        assertThat(start(options, "2", cache.toString()))
                .containsExactly(
                        "child in module probe.app, archive false", "child in module probe.app, archive false");
        assertThat(archives(cache)).hasSize(1);
        assertThat(start(options, "1")).containsExactly("child in module probe.app, archive true");
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
