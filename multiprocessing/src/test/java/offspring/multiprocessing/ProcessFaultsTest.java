package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.internal.launch.ChildMain;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told when a child cannot be started or cannot begin, and that nothing half started is left. */
@ExtendWith(FamilyCheck.class)
class ProcessFaultsTest {

    private static Process process(ProcessOptions.Builder options) {
        return Process.builder()
                .name("faulty")
                .target(() -> {})
                .options(options.build())
                .build();
    }

    // ---- the system cannot start it

    @Test
    void shouldNameTheJavaThatIsMissing(@TempDir Path folder) {
        Path java = folder.resolve("java");
        Process process = process(ProcessOptions.builder().java(java));

        assertThatThrownBy(process::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("faulty")
                .hasMessageContaining(java.toString());

        assertThat(process.isAlive()).isFalse();
        assertThat(process.pid()).isEmpty();
        assertThat(process.exitcode()).isEmpty();
        assertThat(Multiprocessing.activeChildren()).isEmpty();
    }

    @Test
    void shouldStartWhenTheMissingJavaHasCome(@TempDir Path folder) throws Exception {
        Path java = folder.resolve("java");
        Process process = process(ProcessOptions.builder().java(java));
        assertThatThrownBy(process::start).isInstanceOf(IOException.class);
        assertThatThrownBy(process::start).isInstanceOf(IOException.class);

        Files.createSymbolicLink(java, Path.of(System.getProperty("java.home"), "bin", "java"));

        assertThat(Kin.run(process)).isZero();
    }

    @Test
    void shouldSayThatTheJavaCannotBeRun(@TempDir Path folder) throws Exception {
        Path java = Files.writeString(folder.resolve("java"), "no program");
        Process process = process(ProcessOptions.builder().java(java));

        assertThatThrownBy(process::start).isInstanceOf(IOException.class).hasMessageContaining(java.toString());
    }

    @Test
    void shouldSayThatTheWorkingDirectoryIsMissing(@TempDir Path folder) {
        Path missing = folder.resolve("missing");
        Process process = process(ProcessOptions.builder().directory(missing));

        assertThatThrownBy(process::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("working directory")
                .hasMessageContaining(missing.toString());
    }

    @Test
    void shouldGiveBackEverySlotOfAFailedStart() throws Exception {
        Process process = process(ProcessOptions.builder().java(Path.of("no", "such", "java")));
        for (int i = 0; i < 4200; i++) { // more than there are slots
            assertThatThrownBy(process::start).isInstanceOf(IOException.class).hasMessageContaining("cannot start");
        }

        assertThat(Kin.run(() -> {})).isZero();
    }

    // ---- the child cannot begin

    private static List<String> errorsOf(ProcessOptions.Builder options, CheckedRunnable work, int expectedCode)
            throws Exception {
        Queue<String> errors = new ConcurrentLinkedQueue<>();
        Queue<String> out = new ConcurrentLinkedQueue<>();
        Process process = Process.builder()
                .name("faulty")
                .target(work)
                .options(options.errorLines(errors::add).outputLines(out::add).build())
                .build();
        assertThat(Kin.run(process)).isEqualTo(expectedCode);
        errors.addAll(out); // the launcher of the JVM prints some of its errors there
        return List.copyOf(errors);
    }

    @Test
    void shouldEndWithOneWhenTheJvmDoesNotKnowAnOption() throws Exception {
        List<String> errors = errorsOf(ProcessOptions.builder().jvmArgs("-XX:+NoSuchOption"), () -> {}, 1);

        assertThat(String.join("\n", errors)).contains("NoSuchOption");
    }

    @Test
    void shouldEndWithOneWhenTheClassPathLacksTheLibrary(@TempDir Path empty) throws Exception {
        List<String> errors = errorsOf(ProcessOptions.builder().jvmArgs("-cp", empty.toString()), () -> {}, 1);

        assertThat(String.join("\n", errors)).contains("ChildMain");
    }

    @Test
    void shouldEndWithOneWhenTheClassOfTheTargetIsNotOnTheClassPathOfTheChild(@TempDir Path folder) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "a JRE has no compiler");
        Path source = Files.writeString(folder.resolve("OnlyHere.java"), """
                public class OnlyHere implements offspring.core.function.CheckedRunnable {
                    public void runChecked() {}
                }
                """);
        String classPath = System.getProperty("java.class.path");
        assertThat(compiler.run(null, null, null, "-proc:none", "-cp", classPath, source.toString()))
                .isZero();
        try (var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            CheckedRunnable work = (CheckedRunnable)
                    loader.loadClass("OnlyHere").getConstructor().newInstance();
            Files.delete(folder.resolve("OnlyHere.class")); // the child looks where this loader does

            List<String> errors = errorsOf(ProcessOptions.builder(), work, 1);

            assertThat(errors.get(0)).isEqualTo("A child process cannot begin:");
            assertThat(String.join("\n", errors)).contains("OnlyHere");
        }
    }

    @Test
    void shouldEndWithOneWhenTheHeapIsTooSmallForTheCapture() throws Exception {
        byte[] large = new byte[32 << 20];

        List<String> errors = errorsOf(ProcessOptions.builder().maxHeap("16m"), () -> large[0]++, 1);

        assertThat(String.join("\n", errors)).contains("OutOfMemoryError");
    }

    // ---- the bootstrap record

    private record End(int code, String errors) {}

    /** Runs the child's main as a parent would, with this as its input; a whole record is followed by silence, not by the end. */
    private static End runChildMain(byte[] input, boolean whole) throws Exception {
        Path errors = Files.createTempFile("offspring-errors", ".txt");
        java.lang.Process child = new ProcessBuilder(Program.command(ChildMain.class, List.of(), List.of()))
                .redirectError(errors.toFile())
                .start();
        try {
            child.getOutputStream().write(input);
            child.getOutputStream().flush();
            if (!whole) {
                child.getOutputStream().close();
            }
            boolean ended = child.waitFor(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(ended).as("ends when its input is no record").isTrue();
            return new End(child.exitValue(), Files.readString(errors));
        } finally {
            child.destroyForcibly();
            Files.delete(errors);
        }
    }

    private static End runChildMain(byte[] input) throws Exception {
        return runChildMain(input, false);
    }

    @Test
    void shouldRefuseAnInputThatIsNoRecord() throws Exception {
        End end = runChildMain("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(end.code()).isEqualTo(1);
        assertThat(end.errors()).contains("A child process cannot begin").contains("bootstrap record");
    }

    @Test
    void shouldEndWithoutAWordWhenTheParentIsGone() throws Exception {
        End end = runChildMain(new byte[0]);

        assertThat(end.code()).isEqualTo(1);
        assertThat(end.errors()).isEmpty();
    }

    @Test
    void shouldEndWhenTheRecordEndsEarly() throws Exception {
        byte[] record = record("/no/such/session", 10, 10);
        for (int length : new int[] {3, 4, 20, record.length - 12, record.length - 1}) {
            End end = runChildMain(java.util.Arrays.copyOf(record, length));

            assertThat(end.code()).as("cut to %s bytes", length).isEqualTo(1);
            assertThat(end.errors()).contains("A child process cannot begin");
        }
    }

    @Test
    void shouldRefuseARecordWhoseLengthsLie() throws Exception {
        assertThat(runChildMain(record("/no/such/session", -1, 10)).errors()).contains("announces -1 bytes");
        assertThat(runChildMain(record("/no/such/session", Integer.MAX_VALUE, 10))
                        .errors())
                .contains("announces 2147483647 bytes");
        assertThat(runChildMain(record("/no/such/session", 10, Integer.MIN_VALUE))
                        .errors())
                .contains("announces -2147483648 bytes");
        End end = runChildMain(record("/no/such/session", 10, Integer.MAX_VALUE));
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.errors()).contains("ends early").doesNotContain("OutOfMemoryError");
    }

    @Test
    void shouldSayThatThereIsNoSuchSession() throws Exception {
        End end = runChildMain(record("/no/such/session", 10, 10), true);

        assertThat(end.code()).isEqualTo(1);
        assertThat(end.errors()).contains("/no/such/session");
    }

    @Test
    void shouldSayThatTheSessionIsOfAnotherVersion(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("processes"), new byte[300_000]);

        End end = runChildMain(record(folder.toString(), 10, 10), true);

        assertThat(end.code()).isEqualTo(1);
        assertThat(end.errors()).contains("version");
    }

    /** A record as a parent writes it, but with these lengths of key and work, whatever follows. */
    private static byte[] record(String directory, int keyLength, int workLength) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(0x4f66_5303);
        out.writeUTF(directory);
        out.writeLong((1L << 16) | 1);
        out.writeUTF("by hand");
        out.writeLong(ProcessHandle.current().pid());
        out.writeUTF("the test");
        out.writeInt(0);
        out.writeInt(1);
        out.writeInt(1);
        out.writeInt(keyLength);
        out.write(new byte[10]);
        out.writeInt(workLength);
        out.write(new byte[10]);
        out.writeInt(0x4f66_530e);
        return bytes.toByteArray();
    }

    // ---- the place of the session

    /** Starts a child and says what came of it. */
    static final class StartsOne {
        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                try {
                    System.out.println("code: " + Kin.run(() -> {}));
                } catch (IOException e) {
                    System.out.println("refused: " + e.getMessage());
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static List<String> startIn(Path place) throws Exception {
        try (Program program = Program.start(StartsOne.class, "-D" + SessionDirectory.PLACE_PROPERTY + "=" + place)) {
            assertThat(program.join()).isZero();
            return program.out();
        }
    }

    @Test
    void shouldMakeItsFilesWhereItIsTold(@TempDir Path place) throws Exception {
        assertThat(startIn(place)).containsExactly("code: 0", "code: 0");
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void shouldGiveAdviceWhenThePlaceIsMissingOrCannotBeWritten(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a directory");
        for (Path place : List.of(folder.resolve("missing"), file, Path.of("/proc"))) {
            assertThat(startIn(place))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("refused: ")
                            .contains(place.toString())
                            .contains("-D" + SessionDirectory.PLACE_PROPERTY));
        }
    }

    @Test
    void shouldGiveAdviceWhenThePathIsTooLongForSockets(@TempDir Path folder) throws Exception {
        Path place = Files.createDirectories(folder.resolve("a-name-of-forty-characters-or-even-a-little-more")
                .resolve("and-once-more-forty-characters-so-that-it-is-too-long"));

        assertThat(startIn(place))
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).contains("too long").contains("-D" + SessionDirectory.PLACE_PROPERTY));
        assertThat(place).isEmptyDirectory();
    }

    /** A limit on the size of files stands in for a full file system: both refuse the write that allocates. */
    @Test
    void shouldGiveAdviceWhenThereIsNoRoom(@TempDir Path place) throws Exception {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "no shell that could limit the size of files");
        List<String> command = new ArrayList<>(List.of(shell.toString(), "-c", "ulimit -f 64; exec \"$@\"", "sh"));
        command.addAll(Program.command(
                StartsOne.class, List.of("-D" + SessionDirectory.PLACE_PROPERTY + "=" + place), List.of()));
        java.lang.Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        List<String> lines;
        try (Stream<String> out = program.inputReader().lines()) {
            lines = out.toList();
        }

        assertThat(program.waitFor()).isZero();
        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("refused: ")
                        .contains("make room")
                        .contains("-D" + SessionDirectory.PLACE_PROPERTY));
        assertThat(place).isEmptyDirectory();
    }
}
