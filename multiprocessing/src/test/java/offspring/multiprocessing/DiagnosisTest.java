package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import offspring.multiprocessing.connection.Connection;
import offspring.testkit.Deadlines;
import offspring.testkit.JvmCrash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding out what is wrong with a child: debuggers, kept files, dumps of the heap. */
@ExtendWith(FamilyCheck.class)
@Timeout(120)
class DiagnosisTest {

    private static final byte[] HANDSHAKE = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);
    private static final int VIRTUAL_MACHINE = 1;
    private static final int RESUME = 9;

    @TempDir
    Path folder;

    // ---- debuggers

    /** A debugger that knows two things: how to attach, and how to let the program go on. */
    private static final class Debugger implements AutoCloseable {

        private final Socket socket;

        private Debugger(Socket socket) {
            this.socket = socket;
        }

        static Debugger attach(int port) {
            Debugger[] attached = new Debugger[1];
            Deadlines.eventually("a debugger can attach at port " + port, () -> {
                attached[0] = tryAttach(port);
                return attached[0] != null;
            });
            return attached[0];
        }

        private static Debugger tryAttach(int port) {
            try {
                Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
                socket.getOutputStream().write(HANDSHAKE);
                byte[] answer = socket.getInputStream().readNBytes(HANDSHAKE.length);
                assertThat(answer).isEqualTo(HANDSHAKE);
                return new Debugger(socket);
            } catch (IOException notYet) {
                return null;
            }
        }

        void resume() throws IOException {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(11);
            out.writeInt(4711);
            out.writeByte(0);
            out.writeByte(VIRTUAL_MACHINE);
            out.writeByte(RESUME);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int id = 0;
            while (id != 4711) {
                int length = in.readInt();
                id = in.readInt();
                assertThat(in.readNBytes(length - 8)).hasSize(length - 8);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void shouldLetADebuggerAttachAndWaitForItIfTold() throws Exception {
        Map<String, Integer> ports = new ConcurrentHashMap<>();
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process child = Process.builder()
                .target(() -> there.send("begun"))
                .name("debugged")
                .options(ProcessOptions.builder()
                        .debug(true)
                        .debugListener(ports::put)
                        .build())
                .build();
        child.start();
        there.close();
        try (Connection here = pipe.first();
                Debugger debugger = Debugger.attach(ports.get("debugged"))) {
            assertThat(here.poll(Deadlines.SHORT)).isFalse();

            debugger.resume();

            assertThat(Kin.receive(here)).isEqualTo("begun");
            Kin.join(child);
        }
        assertThat(child.exitcode()).hasValue(0);
    }

    @Test
    void shouldGiveEachChildAPortOfItsOwnAndTakeItBack() throws Exception {
        Map<String, Integer> ports = new ConcurrentHashMap<>();
        ProcessOptions.Builder options =
                ProcessOptions.builder().debug(23_450, false).debugListener(ports::put);
        List<Process> children = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            children.add(Kin.begin(Process.builder().name(name).options(options.build()), Kin::sleepForEver));
        }
        assertThat(ports.get("one")).isGreaterThanOrEqualTo(23_450);
        assertThat(ports.get("two")).isGreaterThan(ports.get("one"));
        for (int port : ports.values()) {
            Debugger.attach(port).close();
        }
        for (Process child : children) {
            child.kill();
            Kin.join(child);
        }

        Process next = Process.builder()
                .target(() -> {})
                .name("next")
                .options(options.build())
                .build();
        assertThat(Kin.run(next)).isZero();
        assertThat(ports.get("next")).isLessThanOrEqualTo(ports.get("two"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void shouldRefuseAPortThatIsNone(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessOptions.builder().debug(port, false))
                .withMessageContaining("port=" + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"susspend", "suspend 5005", "123456", "70000", "-1"})
    void shouldRefuseAPropertyThatItDoesNotUnderstand(String text) {
        System.setProperty("offspring.debugChildren", text);
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Kin.run(() -> {}))
                    .withMessageContaining('"' + text + '"')
                    .withMessageContaining("offspring.debugChildren");
        } finally {
            System.clearProperty("offspring.debugChildren");
        }
    }

    @Test
    void shouldLeaveTheDebuggerOfTheUsersOwnAlone() throws Exception {
        System.setProperty("offspring.debugChildren", "");
        try {
            var own = ProcessOptions.builder()
                    .jvmArgs("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0");
            assertThat(Kin.run(Process.builder()
                            .target(() -> {})
                            .options(own.build())
                            .build()))
                    .isZero();
        } finally {
            System.clearProperty("offspring.debugChildren");
        }
    }

    /** A program that says nothing of debuggers or files; its child has a child. */
    static final class KnowsNothing {
        public static void main(String[] args) throws Exception {
            Process child = Process.builder()
                    .name("child")
                    .target(() -> {
                        Process grandchild = Kin.begin(Process.builder().name("grandchild"), Kin::sleepForEver);
                        System.out.println("begun");
                        Kin.join(grandchild);
                    })
                    .build();
            child.start();
            Kin.join(child);
        }
    }

    @Test
    void shouldServeAProgramThatKnowsNothingOfIt() throws Exception {
        try (Program program = Program.start(
                KnowsNothing.class, "-Doffspring.debugChildren=24550", "-Doffspring.keepFiles=" + folder)) {
            program.await("begun");
            List<Integer> ports = program.err()
                    .lines()
                    .filter(line -> line.startsWith("Listening for transport dt_socket at address: "))
                    .map(line -> Integer.parseInt(line.split(" ")[6]))
                    .toList();
            assertThat(ports).hasSize(2).doesNotHaveDuplicates();
            for (int port : ports) {
                Debugger.attach(port).close();
            }
            assertThat(names(folder)).hasSize(2).anyMatch(name -> name.matches("child-\\d+"));
        }
    }

    // ---- files

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path onlyCase(Path kept) throws IOException {
        assertThat(names(kept)).hasSize(1);
        return kept.resolve(names(kept).get(0));
    }

    @Test
    void shouldKeepWhatAChildLeavesIfTold() throws Exception {
        Path kept = folder.resolve("a").resolve("b");
        Process child = Process.builder()
                .target(() -> {
                    System.out.println("last words");
                    System.err.println("of two kinds");
                    System.exit(7);
                })
                .name("the/child")
                .options(ProcessOptions.builder()
                        .keepFiles(kept)
                        .outputLines(line -> {})
                        .errorLines(line -> {})
                        .build())
                .build();

        assertThat(Kin.run(child)).isEqualTo(7);

        Path mine = onlyCase(kept);
        assertThat(mine.getFileName().toString()).matches("the_child-\\d+");
        assertThat(mine.resolve("process.txt"))
                .content()
                .contains("process the/child\n", "exit code 7\n", "ChildMain\n")
                .containsPattern("started \\d.*Z\n")
                .containsPattern("ended \\d.*Z\n");
        assertThat(mine.resolve("stdout.txt")).hasContent("last words");
        assertThat(mine.resolve("stderr.txt")).hasContent("of two kinds");
    }

    @Test
    void shouldKeepTheLogOfACrashThereAndNotInTheTempDirectory() throws Exception {
        Process child = Kin.begin(
                Process.builder()
                        .options(ProcessOptions.builder()
                                .keepFiles(folder)
                                .jvmArgs("-XX:-CreateCoredumpOnCrash")
                                .outputLines(line -> {})
                                .errorLines(line -> {})
                                .build()),
                Kin::sleepForEver);
        long pid = child.pid().orElseThrow();
        new ProcessBuilder("kill", "-SEGV", Long.toString(pid)).start().waitFor();
        Kin.join(child);

        assertThat(onlyCase(folder).resolve("crash.log")).content().contains("SIGSEGV");
        assertThat(Path.of(System.getProperty("java.io.tmpdir"), "offspring-crash-" + pid + ".log"))
                .doesNotExist();
    }

    @Test
    void shouldSayInTheFailureOfTheCallWhyTheJvmOfTheWorkerCrashed() throws Exception {
        try (var executor = ProcessPoolExecutor.builder()
                .maxWorkers(1)
                .options(ProcessOptions.builder()
                        .keepFiles(folder)
                        .jvmArgs(JvmCrash.options())
                        .output(Redirect.DISCARD)
                        .build())
                .build()) {
            Throwable failure = executor.submit(JvmCrash::now).exception(Deadlines.PATIENCE);

            assertThat(failure).isInstanceOfSatisfying(WorkerLostException.class, lost -> {
                assertThat(lost.crashLog())
                        .hasValueSatisfying(file -> assertThat(file).content().contains(lost.crashLogHead()));
                assertThat(lost.crashLogHead())
                        .hasSizeBetween(5, 15)
                        .anyMatch(line -> line.matches("SIGSEGV .* pid=" + lost.pid() + ", tid=\\d+"))
                        .anyMatch(line -> line.startsWith("Java VM: "))
                        .contains("Problematic frame:");
                assertThat(lost.getMessage().lines())
                        .anyMatch(line -> line.endsWith(
                                "; its JVM crashed, see " + lost.crashLog().orElseThrow() + ":"))
                        .anyMatch(line -> line.startsWith("  SIGSEGV "))
                        .anyMatch(line -> line.startsWith("  V  [libjvm.so+") && line.contains("Unsafe"))
                        .noneMatch(line -> line.contains("Java VM: "));
                assertThat(copyOf(lost).crashLogHead()).isEqualTo(lost.crashLogHead());
            });
            assertThat(executor.submit(() -> 42).result(Deadlines.PATIENCE)).isEqualTo(42);
        }
    }

    /** As somebody gets it to whom it is sent. */
    private static WorkerLostException copyOf(WorkerLostException lost) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(lost);
            out.flush();
            return (WorkerLostException)
                    new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldNotStartAChildWhoseFilesCannotBeKept() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no directory");
        for (ProcessOptions.Builder options : List.of(
                ProcessOptions.builder().keepFiles(file.resolve("below")),
                ProcessOptions.builder().heapDumpOnOutOfMemory(file.resolve("below")))) {
            Process child =
                    Process.builder().target(() -> {}).options(options.build()).build();
            assertThatIOException().isThrownBy(child::start).withMessageContaining(file.toString());
        }
    }

    @Test
    void shouldWriteTheHeapToAFileWhenItIsExhausted() throws Exception {
        Path dumps = folder.resolve("dumps");
        Process child = Process.builder()
                .target(() -> {
                    List<byte[]> hoard = new ArrayList<>();
                    while (true) {
                        hoard.add(new byte[1 << 20]);
                    }
                })
                .options(ProcessOptions.builder()
                        .heapDumpOnOutOfMemory(dumps)
                        .maxHeap("16m")
                        .outputLines(line -> {})
                        .errorLines(line -> {})
                        .build())
                .build();

        assertThat(Kin.run(child)).isEqualTo(1);
        assertThat(onlyCase(dumps)).hasFileName("java_pid" + child.pid().orElseThrow() + ".hprof");
        assertThat(onlyCase(dumps)).isNotEmptyFile();
    }
}
