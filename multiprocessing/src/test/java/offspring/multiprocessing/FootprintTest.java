package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.sharedmemory.SharedMemory;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where programs that use the library write, and where they leave each other alone. */
@Timeout(180)
class FootprintTest {

    @TempDir
    Path folder;

    /** Uses a bit of everything, with children and grandchildren. */
    static final class UsesEverything {

        public static void main(String[] args) throws Exception {
            try (ProcessPool pool = new ProcessPool(2);
                    Queue<Integer> queue = new Queue<>();
                    SharedMemory memory = SharedMemory.create(
                            "footprint-" + ProcessHandle.current().pid(), 4096)) {
                Lock lock = new Lock();
                assertThat(pool.map(i -> i + 1, List.of(1, 2, 3))).containsExactly(2, 3, 4);
                int code = Kin.run(() -> {
                    try (var held = lock.hold()) {
                        assertThat(held).isNotNull();
                        Kin.run(() -> queue.put(7));
                    }
                });
                assertThat(code).isZero();
                assertThat(queue.get()).isEqualTo(7);
                memory.unlink();
            }
            System.out.println("done");
        }
    }

    private static List<String> filesBelow(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> !path.equals(directory))
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<String> java(List<String> options, Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(main.getName());
        return command;
    }

    private static String run(ProcessBuilder builder, Path log) throws Exception {
        java.lang.Process program =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            boolean ended = program.waitFor(Deadlines.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            String printed = Files.readString(log);
            assertThat(ended && program.exitValue() == 0)
                    .as("ended well; printed %s", printed)
                    .isTrue();
            return printed;
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void shouldWriteNothingOutsideItsSessionAndItsCache() throws Exception {
        Path jars = Files.createDirectory(folder.resolve("jars"));
        Path around = Files.createDirectory(folder.resolve("around"));
        for (String name : List.of("tmp", "home", "cache", "work", "session")) {
            Files.createDirectory(around.resolve(name));
        }
        List<String> options = List.of(
                "-Djava.io.tmpdir=" + around.resolve("tmp"),
                "-Duser.home=" + around.resolve("home"),
                "-Doffspring.directory=" + around.resolve("session"),
                "-cp",
                PackedClassPath.of(System.getProperty("java.class.path"), jars));
        ProcessBuilder program = new ProcessBuilder(java(options, UsesEverything.class))
                .directory(around.resolve("work").toFile());
        program.environment()
                .putAll(Map.of(
                        "HOME",
                        around.resolve("home").toString(),
                        "TMPDIR",
                        around.resolve("tmp").toString(),
                        "XDG_CACHE_HOME",
                        around.resolve("cache").toString()));

        assertThat(run(program, folder.resolve("log"))).contains("done");

        assertThat(filesBelow(around))
                .filteredOn(name -> !name.matches("cache/offspring(/.*)?"))
                .containsExactly("cache", "home", "session", "tmp", "work");
    }

    // ---- two users

    /** Runs a child in a place where another user has directories, and tries to look into them. */
    static final class LooksAround {

        public static void main(String[] args) throws Exception {
            assertThat(Kin.run(() -> {})).isZero();
            Path own = Session.current().directory();
            try (Stream<Path> all = Files.list(own.getParent())) {
                for (Path directory : all.filter(path -> !path.equals(own)).toList()) {
                    System.out.println(directory.getFileName() + " " + look(directory));
                }
            }
            Deadlines.eventually(
                    "the sweep is over",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("offspring-sweep")));
        }

        private static String look(Path directory) throws IOException {
            try (Stream<Path> all = Files.list(directory)) {
                return "has " + all.count();
            } catch (java.nio.file.AccessDeniedException e) {
                return "denied";
            }
        }
    }

    /** Lives until it is killed. */
    static final class StaysAlive {
        public static void main(String[] args) throws Exception {
            System.out.println("session: " + Session.current().directory());
            Kin.sleepForEver();
        }
    }

    @Test
    void shouldLeaveTheDirectoriesOfAnotherUserAlone() throws Exception {
        Path setpriv = Path.of("/usr/bin/setpriv");
        assumeThat(System.getProperty("user.name"))
                .as("only root can run a program as another user")
                .isEqualTo("root");
        assumeThat(setpriv)
                .as("a program that runs another one as another user")
                .exists();
        Path open = Files.createTempDirectory(Path.of("/tmp"), "offspring-users-");
        try {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path place = Files.createDirectory(open.resolve("place"));
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
            Path stale = Files.createDirectory(place.resolve("offspring-1-stale"));
            Files.setPosixFilePermissions(stale, PosixFilePermissions.fromString("rwx------"));
            Path owner = Files.createFile(stale.resolve("owner"));
            Files.setLastModifiedTime(owner, FileTime.from(Instant.now().minusSeconds(3_600)));
            try (Program root = Program.start(StaysAlive.class, "-Doffspring.directory=" + place)) {
                // Root's own session sweeps what root left; so the stale one is made to look abandoned after that.
                Path alive = Path.of(root.await("session: "));
                Deadlines.eventually("root sweeps", () -> !Files.exists(stale));
                Files.createDirectory(stale);
                Files.setPosixFilePermissions(stale, PosixFilePermissions.fromString("rwx------"));
                Files.setLastModifiedTime(
                        Files.createFile(owner), FileTime.from(Instant.now().minusSeconds(3_600)));

                List<String> command = new ArrayList<>(
                        List.of(setpriv.toString(), "--reuid=65534", "--regid=65534", "--clear-groups"));
                command.addAll(java(
                        List.of("-Doffspring.directory=" + place, "-cp", readableClassPath(open)), LooksAround.class));
                String printed = run(new ProcessBuilder(command).directory(open.toFile()), folder.resolve("log"));

                assertThat(printed.lines())
                        .containsExactlyInAnyOrder(alive.getFileName() + " denied", stale.getFileName() + " denied");
                assertThat(alive.resolve("processes")).exists();
                assertThat(owner).exists();
            }
        } finally {
            offspring.multiprocessing.internal.segment.SessionDirectory.removeTree(open);
        }
    }

    /** The class path where everybody can read it. */
    private static String readableClassPath(Path open) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry :
                PackedClassPath.of(System.getProperty("java.class.path"), open).split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            Path copy = open.resolve(jar.getFileName());
            if (!copy.equals(jar)) {
                Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            entries.add(copy.toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
