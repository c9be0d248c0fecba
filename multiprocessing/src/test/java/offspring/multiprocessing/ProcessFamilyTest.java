package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.internal.segment.Session;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes that have processes, and what the end of one means for the others. */
@ExtendWith(FamilyCheck.class)
class ProcessFamilyTest {

    // ---- who is whose

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_parent_process_attributes")
    void shouldKnowItsParent() throws Exception {
        assertThat(Multiprocessing.parentProcess()).isEmpty();

        List<?> seen = Kin.ask(List.class, () -> {
            Process parent = Multiprocessing.parentProcess().orElseThrow();
            return List.of(parent.pid().getAsLong(), parent.name(), parent.isAlive(), parent.join(Duration.ZERO));
        });

        assertThat(seen.toString())
                .isEqualTo(List.of(ProcessHandle.current().pid(), "MainProcess", true, false)
                        .toString());
    }

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_parent_process")
    void shouldEndWithItsParent() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process child = new Process(() -> {
            new Process(() -> {
                        there.send(Multiprocessing.parentProcess().orElseThrow().isAlive());
                        Multiprocessing.parentProcess().orElseThrow().join();
                        there.send("the parent is gone");
                    })
                    .start();
            Kin.sleepForEver();
        });
        child.start();
        there.close();
        assertThat(Kin.receive(pipe.first())).isEqualTo(true);

        child.terminate();
        Kin.join(child);

        // Python's grandchild lives on and reports; ours may have the time to report, but ends with its parent.
        Deadlines.eventually("the grandchild is gone", () -> endOfFile(pipe.first()));
        pipe.close();
    }

    private static boolean endOfFile(Connection connection) {
        try {
            while (connection.poll()) {
                connection.recv();
            }
            return false;
        } catch (java.io.EOFException end) {
            return true;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_recursion")
    void shouldRunChildrenOfChildrenInTurn() throws Exception {
        Pipe pipe = Pipe.oneWay();

        recurse(pipe.second(), "");

        pipe.second().close();
        List<Object> order = new ArrayList<>();
        while (!endsWith(pipe.first(), order)) {
            assertThat(order).hasSizeLessThan(8);
        }
        assertThat(order).containsExactly("", "0", "00", "01", "1", "10", "11");
        pipe.close();
    }

    private static boolean endsWith(Connection from, List<Object> order) throws Exception {
        try {
            order.add(from.recv());
            return false;
        } catch (java.io.EOFException end) {
            return true;
        }
    }

    private static void recurse(Connection there, String id) throws IOException, InterruptedException {
        there.send(id);
        for (int i = 0; i < 2 && id.length() < 2; i++) {
            String next = id + i;
            assertThat(Kin.run(() -> recurse(there, next))).isZero();
        }
    }

    @Test
    void shouldNameGrandchildrenAfterTheirParents() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process child = new Process(() -> {
            Process grandchild = new Process(() -> {
                Process next = new Process(
                        () -> there.send(Multiprocessing.currentProcess().name()));
                next.start();
                next.join();
            });
            grandchild.start();
            grandchild.join();
        });
        child.start();

        assertThat(Kin.receive(pipe.first())).isEqualTo(child.name() + ":1:1");
        Kin.join(child);
        pipe.close();
    }

    @Test
    void shouldLetADaemonHaveChildrenThatAreDaemons() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process child = Process.builder()
                .daemon(true)
                .target(() -> {
                    Process grandchild = new Process(
                            () -> there.send(Multiprocessing.currentProcess().daemon()));
                    grandchild.start();
                    grandchild.join();
                })
                .build();
        child.start();

        assertThat(Kin.receive(pipe.first())).isEqualTo(true);
        Kin.join(child);
        assertThat(child.exitcode()).hasValue(0);
        pipe.close();
    }

    @Test
    void shouldInheritTheKeyThroughTheGenerations() throws Exception {
        byte[] key = Kin.ask(
                byte[].class,
                () -> Kin.ask(
                        byte[].class, () -> Multiprocessing.currentProcess().authkey()));

        assertThat(key).isEqualTo(Multiprocessing.currentProcess().authkey());
    }

    @Test
    void shouldNotBeGovernedByAStranger() throws Exception {
        Process sibling = Kin.begin(Process.builder().name("sibling"), Kin::sleepForEver);

        List<?> seen = Kin.ask(List.class, () -> {
            assertThatIllegalStateException().isThrownBy(sibling::join);
            assertThatIllegalStateException().isThrownBy(sibling::start);
            assertThatIllegalStateException().isThrownBy(sibling::terminate);
            assertThatIllegalStateException().isThrownBy(sibling::isAlive);
            assertThatIllegalStateException().isThrownBy(sibling::close);
            return List.of(sibling.name(), sibling.toString());
        });

        assertThat(seen.toString()).isEqualTo("[sibling, <Process name='sibling' unknown>]");
        assertThat(sibling.isAlive()).isTrue();
        sibling.kill();
        Kin.join(sibling);
    }

    // ---- the end of a parent

    /** Ends while a child that is no daemon still has something to say, and one that is would sleep for ever. */
    static final class EndsWithChildren {
        public static void main(String[] args) throws Exception {
            Pipe pipe = Pipe.oneWay();
            Connection mainIsThrough = pipe.first();
            Process worker = new Process(() -> {
                mainIsThrough.poll(Deadlines.PATIENCE);
                System.out.println("worker: done");
            });
            Process daemon = Kin.begin(Process.builder().daemon(true), Kin::sleepForEver);
            worker.start();
            mainIsThrough.close();
            System.out.println("daemon: " + daemon.pid().getAsLong());
            System.out.println("session: " + Session.current().directory());
            Runtime.getRuntime().addShutdownHook(new Thread(pipe::close));
        }
    }

    @Test
    void shouldBeJoinedAtTheEndOfItsParentUnlessItIsADaemon() throws Exception {
        try (Program program = Program.start(EndsWithChildren.class)) {
            long daemon = Long.parseLong(program.await("daemon: "));
            assertThat(program.join()).isZero();

            assertThat(program.out()).contains("worker: done");
            assertThat(ProcessHandle.of(daemon)).isEmpty();
            assertThat(Path.of(program.await("session: "))).doesNotExist();
        }
    }

    /** Its child has a child that is no daemon; nobody joins anybody. */
    static final class EndsWithGrandchildren {
        public static void main(String[] args) throws Exception {
            new Process(() -> new Process(() -> System.out.println("grandchild: done")).start()).start();
        }
    }

    @Test
    void shouldBeJoinedAtTheEndOfItsParentAtAnyDepth() throws Exception {
        try (Program program = Program.start(EndsWithGrandchildren.class)) {
            assertThat(program.join()).isZero();
            assertThat(program.out()).containsExactly("grandchild: done");
        }
    }

    /** Exits with a code of its own while it has a daemon. */
    static final class ExitsWithSeven {
        public static void main(String[] args) throws Exception {
            Process daemon = Kin.begin(Process.builder().daemon(true), Kin::sleepForEver);
            System.out.println("daemon: " + daemon.pid().getAsLong());
            System.exit(7);
        }
    }

    @Test
    void shouldNotChangeTheExitCodeOfItsParent() throws Exception {
        try (Program program = Program.start(ExitsWithSeven.class)) {
            assertThat(program.join()).isEqualTo(7);
            assertThat(ProcessHandle.of(Long.parseLong(program.await("daemon: "))))
                    .isEmpty();
        }
    }

    /** Waits to be ended, with children and a grandchild of which none is a daemon. */
    static final class WaitsWithFamily {
        public static void main(String[] args) throws Exception {
            Kin.begin(Kin::sleepForEver);
            Kin.begin(() -> {
                Process grandchild = Kin.begin(Kin::sleepForEver);
                System.out.println("grandchild: " + grandchild.pid().getAsLong());
                Kin.sleepForEver();
            });
            System.out.println("session: " + Session.current().directory());
            Kin.sleepForEver();
        }
    }

    @Test
    void shouldEndWithAParentThatIsTerminated() throws Exception {
        try (Program program = Program.start(WaitsWithFamily.class)) {
            long grandchild = Long.parseLong(program.await("grandchild: "));
            Path session = Path.of(program.await("session: "));
            assertThat(session).isDirectory();
            List<ProcessHandle> family = program.handle().descendants().toList();
            assertThat(family).hasSize(3);

            program.terminate();

            assertThat(program.join()).isEqualTo(143);
            assertThat(family).noneMatch(ProcessHandle::isAlive);
            assertThat(ProcessHandle.of(grandchild)).isEmpty();
            assertThat(session).doesNotExist();
        }
    }

    /** Tries to start a process when it is too late. */
    static final class StartsAtShutdown {
        public static void main(String[] args) throws Exception {
            Kin.run(() -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                Deadlines.eventually(
                        "the session is ended",
                        () -> !Files.exists(Session.existing().directory()));
                try {
                    new Process(() -> System.out.println("too late")).start();
                    System.out.println("started");
                } catch (IllegalStateException | IOException e) {
                    System.out.println("refused: " + e);
                }
            }));
        }
    }

    @Test
    void shouldNotStartWhenTheParentIsShuttingDown() throws Exception {
        try (Program program = Program.start(StartsAtShutdown.class)) {
            assertThat(program.join()).isZero();
            assertThat(program.await("refused: ")).startsWith("java.lang.IllegalStateException");
        }
    }

    // ---- the fork bomb

    /** Starts a process whenever the class is initialized: also in the child, were it not refused there. */
    static final class ForkBomb {
        static {
            try {
                Process process = new Process(() -> System.out.println("the work"));
                process.start();
                process.join();
                System.out.println("exit code: " + process.exitcode().getAsInt());
            } catch (IOException | InterruptedException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        public static void main(String[] args) {}
    }

    @Test
    @FromCPython("_test_multiprocessing.TestNoForkBomb.test_noforkbomb")
    void shouldRefuseToStartFromAClassInitializerInTheChild() throws Exception {
        try (Program program = Program.start(ForkBomb.class)) {
            assertThat(program.join()).isZero();
            assertThat(program.out()).containsExactly("exit code: 1");
            assertThat(program.err()).contains("class initializer");
        }
    }
}
