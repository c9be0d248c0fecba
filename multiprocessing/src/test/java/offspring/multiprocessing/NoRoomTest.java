package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.internal.segment.SessionDirectory;
import offspring.multiprocessing.sharedmemory.ShareableList;
import offspring.multiprocessing.sharedmemory.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** No room for another file, or no descriptor: an exception that says so, nothing half made, and all is well when there is room again. */
@SuppressWarnings("try") // what is made is closed, not looked at
class NoRoomTest {

    /** More than fit into the files that there are when the limit comes. */
    private static final int MANY = 20_000;

    /** Makes something shared. */
    private interface Making {
        AutoCloseable make() throws IOException;
    }

    private static Map<String, Making> makings() {
        Map<String, Making> all = new LinkedHashMap<>();
        all.put("lock", Lock::new);
        all.put("rlock", RLock::new);
        all.put("semaphore", () -> new Semaphore(1));
        all.put("event", Event::new);
        all.put("condition", Condition::new);
        all.put("barrier", () -> new Barrier(2));
        all.put("value", () -> Value.ofLong(1));
        all.put("short array", () -> Array.ofInt(4));
        all.put("long array", () -> Array.ofInt(100_000));
        all.put("pipe", Pipe::duplex);
        all.put("queue", Queue::new);
        all.put("bounded queue", () -> new Queue<>(4));
        all.put("joinable queue", JoinableQueue::new);
        all.put("simple queue", SimpleQueue::new);
        all.put("shared memory", () -> SharedMemory.create(100_000));
        all.put("named shared memory", () -> unlinking(SharedMemory.create("no-room", 100_000)));
        all.put("shareable list", () -> ShareableList.create(List.of("a".repeat(100_000), 1L)));
        return all;
    }

    private static AutoCloseable unlinking(SharedMemory memory) {
        return () -> {
            memory.close();
            memory.unlink();
        };
    }

    /** What is said when no more can be made; what was made until then is closed. */
    private static String refusalOf(Making making) throws Exception {
        List<AutoCloseable> made = new ArrayList<>();
        try {
            while (made.size() < MANY) {
                made.add(making.make());
            }
            return "made " + MANY;
        } catch (IOException e) {
            return e.getMessage();
        } finally {
            for (AutoCloseable each : made) {
                each.close();
            }
        }
    }

    private static void tryAll(Map<String, Making> makings) throws Exception {
        for (var entry : makings.entrySet()) {
            System.out.println("refused " + entry.getKey() + ": " + refusalOf(entry.getValue()));
        }
    }

    private static void makeAll(Map<String, Making> makings) throws Exception {
        for (var entry : makings.entrySet()) {
            entry.getValue().make().close();
            System.out.println("works: " + entry.getKey());
        }
    }

    private static String files() throws IOException {
        try (Stream<Path> files = Files.walk(Session.current().directory())) {
            return new TreeSet<>(
                            files.map(file -> file.getFileName().toString()).toList())
                    .toString();
        }
    }

    /** Its lines, when it has ended well and left nothing. */
    private static List<String> run(Class<?> main, Path place, List<String> jvmOptions, String limit) throws Exception {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-D" + SessionDirectory.PLACE_PROPERTY + "=" + place);
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", limit + "exec \"$@\"", "sh"));
        command.addAll(Program.command(main, options, List.of()));
        java.lang.Process program =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines;
        try (Stream<String> out = program.inputReader().lines()) {
            lines = out.toList();
        }
        assertThat(program.waitFor()).as(String.join("\n", lines)).isZero();
        assertThat(place).isEmptyDirectory();
        return lines;
    }

    private static List<String> beginningWith(String beginning, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(beginning)).toList();
    }

    // ---- room

    /** Limits the size of its own files, which refuses the same writes as a full file system does. */
    static final class HasNoRoom {
        public static void main(String[] args) throws Exception {
            Map<String, Making> all = makings();
            makeAll(all);
            System.gc(); // what was dropped in the making
            String before = files();
            limit("4096");
            tryAll(all);
            System.out.println("left: " + files().equals(before) + " " + before + files());
            limit("unlimited");
            makeAll(all);
            System.out.println("child: " + Kin.run(() -> {}));
        }

        private static void limit(String bytes) throws IOException, InterruptedException {
            java.lang.Process limit = new ProcessBuilder(
                            "prlimit",
                            "--pid",
                            Long.toString(ProcessHandle.current().pid()),
                            "--fsize=" + bytes + ":unlimited")
                    .inheritIO()
                    .start();
            if (limit.waitFor() != 0) {
                throw new IOException("prlimit failed");
            }
        }
    }

    @Test
    void shouldSayThatThereIsNoRoomForAnythingAndGoOnWhenThereIs(@TempDir Path place) throws Exception {
        assumeTrue(isOnPath("prlimit"), "no prlimit that could limit the size of files");

        List<String> lines = run(HasNoRoom.class, place, List.of(), "");

        assertThat(beginningWith("refused ", lines))
                .hasSize(makings().size())
                .allSatisfy(line -> assertThat(line)
                        .contains("make room")
                        .contains(place.toString())
                        .contains("-D" + SessionDirectory.PLACE_PROPERTY));
        assertThat(beginningWith("left: ", lines)).singleElement().asString().startsWith("left: true");
        assertThat(beginningWith("works: ", lines)).hasSize(2 * makings().size());
        assertThat(lines).contains("child: 0");
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    // ---- descriptors

    /** Has all its descriptors in use, at first before there is a session. */
    static final class HasNoDescriptors {
        public static void main(String[] args) throws Exception {
            loadAllClasses();
            FileChannel.open(Path.of("/dev/null")).close(); // the JDK takes descriptors of its own at the first time
            LoggerFactory.getLogger(NoRoomTest.class).warn("the log reads files of its own at the first time, too");
            Map<String, Making> all = makings();
            Path place = Path.of(System.getProperty(SessionDirectory.PLACE_PROPERTY));
            for (int left = 0; left < 2; left++) {
                try (var rest = Descriptors.takeAllBut(left)) {
                    System.out.println("refused session: " + refusalOf(Lock::new));
                }
            }
            System.out.println("made early: " + List.of(place.toFile().list()));
            makeAll(all);
            System.out.println("child: " + Kin.run(() -> {}));
            System.gc();
            String before = files();
            try (var rest = Descriptors.takeAllBut(0)) {
                tryAll(all);
                System.out.println("refused process: "
                        + refusalOf(() -> {
                            new Process(() -> {}).start();
                            return () -> {};
                        }));
            }
            System.out.println("left: " + files().equals(before) + " " + before + files());
            makeAll(all);
            System.out.println("child: " + Kin.run(() -> {}));
        }

        /** Loading a class takes a descriptor, unless it comes from the archive of the JDK. */
        private static void loadAllClasses() throws Exception {
            for (String root : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (Files.isDirectory(Path.of(root))) {
                    try (Stream<Path> files = Files.walk(Path.of(root, "offspring"))) {
                        for (Path file : files.filter(HasNoDescriptors::isMain).toList()) {
                            String name = Path.of(root).relativize(file).toString();
                            Class.forName(
                                    name.substring(0, name.length() - ".class".length())
                                            .replace(File.separatorChar, '.'),
                                    false,
                                    HasNoDescriptors.class.getClassLoader());
                        }
                    }
                }
            }
        }

        private static boolean isMain(Path file) {
            return file.toString().endsWith(".class")
                    && !file.toString().contains("module-info")
                    && !file.toString().contains("ConsoleBar") // needs an optional library, which is not here
                    && (!file.toString().contains("test-classes")
                            || file.getFileName().toString().startsWith("NoRoomTest"));
        }
    }

    /** Descriptors that were free. */
    private record Descriptors(List<Closeable> taken) implements AutoCloseable {

        static Descriptors takeAllBut(int left) throws IOException {
            List<Closeable> taken = new ArrayList<>();
            try {
                while (true) {
                    taken.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException asWanted) {
                for (int i = 0; i < left; i++) {
                    taken.remove(taken.size() - 1).close();
                }
                return new Descriptors(taken);
            }
        }

        @Override
        public void close() throws IOException {
            for (Closeable each : taken) {
                each.close();
            }
        }
    }

    @Test
    void shouldSayThatThereIsNoDescriptorForAnythingAndGoOnWhenThereIs(@TempDir Path place) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell that could limit the descriptors");

        List<String> lines = run(HasNoDescriptors.class, place, List.of("-XX:-MaxFDLimit"), "ulimit -n 120; ");

        assertThat(beginningWith("refused ", lines))
                .hasSize(makings().size() + 3)
                .allSatisfy(line -> assertThat(line).contains("Too many open files"));
        assertThat(lines).contains("made early: []");
        assertThat(beginningWith("left: ", lines)).singleElement().asString().startsWith("left: true");
        assertThat(beginningWith("works: ", lines)).hasSize(2 * makings().size());
        assertThat(beginningWith("child: ", lines)).containsExactly("child: 0", "child: 0");
    }
}
