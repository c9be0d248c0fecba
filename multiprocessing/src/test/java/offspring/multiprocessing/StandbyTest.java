package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.storm.Remains;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that begins in a JVM which stood by is like any other. */
@ExtendWith(FamilyCheck.class)
class StandbyTest {

    private static final ProcessOptions OPTIONS =
            ProcessOptions.builder().startMethod(StartMethod.STANDBY).build();

    private StandbyReserve reserve;

    @BeforeEach
    void prepare() throws Exception {
        reserve = StandbyReserve.of(OPTIONS);
        reserve.fill(1);
        assertThat(reserve.awaitPrepared(1, Deadlines.PATIENCE)).isTrue();
    }

    @AfterEach
    void end() {
        reserve.close();
    }

    private static Process.Builder builder() {
        return Process.builder().options(OPTIONS);
    }

    private static long onlyChild() {
        return Remains.children().get(0).pid();
    }

    @Test
    void shouldBeginInTheJvmThatStoodBy() throws Exception {
        long waiting = onlyChild();
        Process process = Kin.begin(builder(), Kin::sleepForEver);

        assertThat(process.pid()).hasValue(waiting);
        assertThat(Multiprocessing.activeChildren()).containsExactly(process);
        assertThat(reserve.statistics().handedOut()).isPositive();

        process.kill();
        Kin.join(process);
        assertThat(process.exitcode()).hasValue(-9);
    }

    @Test
    void shouldKnowWhoItIs() throws Exception {
        Process creator = Multiprocessing.currentProcess();
        Process.Builder chosen = builder().name("chosen").daemon(true);

        Object[] known = Kin.ask(chosen, Object[].class, () -> {
            Process self = Multiprocessing.currentProcess();
            Process parent = Multiprocessing.parentProcess().orElseThrow();
            var child = new Process(() -> {});
            return new Object[] {
                self.name(),
                self.daemon(),
                self.authkey(),
                parent.name(),
                parent.pid().orElseThrow(),
                child.name()
            };
        });

        assertThat(known[0]).isEqualTo("chosen");
        assertThat(known[1]).isEqualTo(true);
        assertThat((byte[]) known[2]).isEqualTo(creator.authkey());
        assertThat(known[3]).isEqualTo(creator.name());
        assertThat(known[4]).isEqualTo(ProcessHandle.current().pid());
        assertThat((String) known[5]).startsWith("Process-").endsWith(":1"); // it has made no other one before
    }

    @Test
    void shouldShareWhatOthersShare() throws Exception {
        try (Lock lock = new Lock();
                IntValue sum = Value.ofInt(40)) {
            int code = Kin.run(builder()
                    .target(() -> {
                        lock.acquire();
                        sum.set(sum.get() + 2);
                        lock.release();
                    })
                    .build());

            assertThat(code).isZero();
            assertThat(sum.get()).isEqualTo(42);
        }
    }

    private int endOf(CheckedRunnable work) throws Exception {
        assertThat(reserve.awaitPrepared(1, Deadlines.PATIENCE)).isTrue();
        return Kin.run(builder().target(work).build());
    }

    @Test
    void shouldEndAsItsWorkEnds() throws Exception {
        assertThat(endOf(() -> {})).isZero();
        assertThat(endOf(() -> System.exit(7))).isEqualTo(7);
        assertThat(endOf(() -> Runtime.getRuntime().halt(9))).isEqualTo(9);
    }

    @Test
    void shouldEndWithOneAndPrintTheStackWhenTheWorkThrows() throws Exception {
        Queue<String> errors = new ConcurrentLinkedQueue<>();
        ProcessOptions options = ProcessOptions.builder()
                .startMethod(StartMethod.STANDBY)
                .errorLines(errors::add)
                .build();
        try (StandbyReserve mine = StandbyReserve.of(options)) {
            mine.fill(1);
            assertThat(mine.awaitPrepared(1, Deadlines.PATIENCE)).isTrue();
            Process process = Process.builder()
                    .name("unlucky")
                    .options(options)
                    .target(() -> {
                        throw new IllegalArgumentException("on purpose");
                    })
                    .build();

            assertThat(Kin.run(process)).isEqualTo(1);
            assertThat(errors).contains("Process unlucky:", "java.lang.IllegalArgumentException: on purpose");
        }
    }

    @Test
    void shouldEndWhenItIsTerminatedAtOnce() throws Exception {
        Process process = builder().target(Kin::sleepForEver).build();
        process.start();
        process.terminate();
        Kin.join(process);

        assertThat(process.exitcode()).hasValue(-15);
    }

    @Test
    void shouldBeInterruptedWhenItIsInterruptedAtOnce() throws Exception {
        for (ProcessOptions options : List.of(OPTIONS, ProcessOptions.defaults())) {
            Process process = Process.builder()
                    .options(options)
                    .target(() -> {
                        try {
                            Kin.sleepForEver();
                        } catch (InterruptedException asked) {
                            Runtime.getRuntime().halt(3);
                        }
                    })
                    .build();
            process.start();
            process.interrupt();
            Kin.join(process);

            assertThat(process.exitcode()).hasValue(3);
        }
    }

    @Test
    void shouldBeInterruptedAtOnceWhenItsTargetIsLargerThanAPipe() throws Exception {
        byte[] large = new byte[3 << 20];
        Process process = builder()
                .target(() -> {
                    try {
                        Kin.sleepForEver();
                    } catch (InterruptedException asked) {
                        Runtime.getRuntime().halt(large.length >> 20);
                    }
                })
                .build();
        process.start();
        process.interrupt(); // must not overtake the target
        Kin.join(process);

        assertThat(process.exitcode()).hasValue(3);
    }

    @Test
    void shouldTakeATargetThatIsLargerThanAPipe() throws Exception {
        byte[] large = new byte[3 << 20];
        large[large.length - 1] = 42;

        assertThat(endOf(() -> System.exit(large[large.length - 1]))).isEqualTo(42);
    }

    @Test
    void shouldRefuseAtTheCallWhatCannotTravel() throws Exception {
        Object anchor = new Object();
        Process process = builder().target(() -> anchor.notifyAll()).build();

        org.assertj.core.api.Assertions.assertThatThrownBy(process::start)
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("java.lang.Object");
        assertThat(process.isAlive()).isFalse();
        assertThat(endOf(() -> {})).isZero();
    }

    @Test
    void shouldBeReplacedWhenItWasTaken() throws Exception {
        long first = onlyChild();
        assertThat(Kin.run(builder().target(() -> {}).build())).isZero();

        assertThat(reserve.awaitPrepared(1, Deadlines.PATIENCE)).isTrue();
        assertThat(onlyChild()).isNotEqualTo(first);
    }

    @Test
    void shouldBeReplacedWhenItIsKilled() throws Exception {
        for (int i = 0; i < 5; i++) {
            long victim = onlyChild();
            ProcessHandle.of(victim).orElseThrow().destroyForcibly();
            Deadlines.eventually(
                    "another one stands by",
                    () -> reserve.statistics().prepared() == 1
                            && Remains.children().stream().anyMatch(child -> child.pid() != victim)
                            && Remains.children().size() == 1);
        }
        assertThat(endOf(() -> {})).isZero();
    }

    @Test
    void shouldStartAProcessAlthoughTheOneThatStoodByDiesAtThatMoment() throws Exception {
        ProcessHandle.of(onlyChild()).orElseThrow().destroyForcibly();
        Process process = builder().target(() -> {}).build();
        Kin.run(process);

        assertThat(process.exitcode().orElseThrow()).isIn(0, -9); // -9 if it had got the work before its death was seen
    }

    @Test
    void shouldStartOneWhenNoneStandsBy() throws Exception {
        reserve.close();
        long missed = reserve.statistics().missed();

        assertThat(Kin.run(builder().target(() -> {}).build())).isZero();
        assertThat(reserve.statistics().missed()).isEqualTo(missed + 1);
    }

    @Test
    void shouldNotBeTakenForOtherOptions() throws Exception {
        long waiting = onlyChild();
        ProcessOptions other = ProcessOptions.builder()
                .startMethod(StartMethod.STANDBY)
                .maxHeap("48m")
                .systemProperty("colour", "green")
                .build();
        try (StandbyReserve others = StandbyReserve.of(other)) {
            assertThat(others).isNotEqualTo(reserve).isEqualTo(StandbyReserve.of(other));
            for (int i = 0; i < 2; i++) {
                Object[] facts = Kin.ask(Process.builder().options(other), Object[].class, () -> new Object[] {
                    ProcessHandle.current().pid(), Runtime.getRuntime().maxMemory() >> 20, System.getProperty("colour")
                });
                assertThat(facts[0]).isNotEqualTo(waiting);
                assertThat((Long) facts[1]).isBetween(40L, 48L);
                assertThat(facts[2]).isEqualTo("green");
                assertThat(others.awaitPrepared(1, Deadlines.PATIENCE)).isTrue();
            }
            assertThat(others.statistics().handedOut()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotEmptyAFileAheadThatAProcessWillOverwrite(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "old");
        ProcessOptions options = ProcessOptions.builder()
                .startMethod(StartMethod.STANDBY)
                .output(ProcessBuilder.Redirect.to(file.toFile()))
                .build();

        assertThat(Kin.run(Process.builder()
                        .options(options)
                        .target(() -> System.out.print("first"))
                        .build()))
                .isZero();
        assertThat(file).hasContent("first");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> StandbyReserve.of(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("appendTo");
    }

    @Test
    void shouldEndAfterTheIdleLimit() throws Exception {
        ProcessOptions options = ProcessOptions.builder()
                .startMethod(StartMethod.STANDBY)
                .systemProperty("kind", "impatient")
                .standbyIdleLimit(Duration.ofMillis(300))
                .build();
        assertThat(Kin.run(Process.builder().options(options).target(() -> {}).build()))
                .isZero();
        StandbyReserve impatient = StandbyReserve.of(options);

        Deadlines.eventually(
                "nobody stands by any more",
                () -> impatient.statistics().prepared() + impatient.statistics().starting() == 0);
        Deadlines.eventually(
                "only the other one is left", () -> Remains.children().size() == 1);
    }

    @Test
    void shouldNotTryForEverToStartAJvmThatCannotStart() throws Exception {
        ProcessOptions broken = ProcessOptions.builder()
                .startMethod(StartMethod.STANDBY)
                .errors(ProcessBuilder.Redirect.DISCARD)
                .jvmArgs("-XX:NoSuchOption=1")
                .build();
        try (StandbyReserve mine = StandbyReserve.of(broken)) {
            mine.fill(1);
            assertThat(mine.awaitPrepared(1, Duration.ofMillis(700))).isFalse();
            Process process = Process.builder().options(broken).target(() -> {}).build();

            assertThat(Kin.run(process)).isEqualTo(1);
        }
    }

    @Test
    void shouldHaveChildrenThatStandByInTheirTurn() throws Exception {
        StartMethod method = Kin.ask(builder(), StartMethod.class, Multiprocessing::getStartMethod);

        assertThat(method).isEqualTo(StartMethod.STANDBY);
        assertThat(Multiprocessing.startMethod()).isEqualTo(StartMethod.SPAWN);
    }

    /** Has JVMs that stand by when it ends, or is killed. */
    static final class LeavesThemStanding {
        public static void main(String[] args) throws Exception {
            StandbyReserve mine = StandbyReserve.of(OPTIONS);
            mine.fill(2);
            mine.awaitPrepared(2, Deadlines.PATIENCE);
            System.out.println("standing");
            if (Boolean.getBoolean("stay")) {
                Kin.sleepForEver();
            }
        }
    }

    @Test
    void shouldEndWithTheProgram() throws Exception {
        try (Program program = Program.start(LeavesThemStanding.class)) {
            program.await("standing");
            assertThat(program.join()).isZero();
        }
        try (Program program = Program.start(LeavesThemStanding.class, "-Dstay=true")) {
            program.await("standing");
            List<ProcessHandle> standing = program.handle().descendants().toList();
            program.kill();

            assertThat(standing).hasSize(2);
            Deadlines.eventually(
                    "they are gone, too",
                    () -> standing.stream().allMatch(offspring.multiprocessing.storm.Orphans::isGone));
        }
    }

    @Test
    void shouldStayWithinTheBudget() throws Exception {
        Process.Builder frugal = Process.builder()
                .options(ProcessOptions.builder()
                        .systemProperty("offspring.standbyBudgetBytes", Long.toString(100L << 20))
                        .build());

        Integer most = Kin.ask(frugal, Integer.class, () -> {
            try (StandbyReserve mine = StandbyReserve.of(OPTIONS)) {
                mine.fill(5);
                mine.awaitPrepared(2, Deadlines.PATIENCE);
                mine.awaitPrepared(3, Duration.ofMillis(500));
                return mine.statistics().prepared() + mine.statistics().starting();
            }
        });

        assertThat(most).isEqualTo(2);
    }

    @Test
    void shouldGetItsOutputToWhoWantsIt() throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Queue<String> others = new ConcurrentLinkedQueue<>();
        ProcessOptions first = ProcessOptions.builder()
                .startMethod(StartMethod.STANDBY)
                .outputLines(lines::add)
                .build();
        ProcessOptions second = ProcessOptions.builder()
                .startMethod(StartMethod.STANDBY)
                .outputLines(others::add)
                .build();
        try (StandbyReserve shared = StandbyReserve.of(first)) {
            for (ProcessOptions options : List.of(first, second)) {
                shared.fill(1);
                assertThat(shared.awaitPrepared(1, Deadlines.PATIENCE)).isTrue();
                Kin.run(Process.builder()
                        .options(options)
                        .target(() -> System.out.println("a line"))
                        .build());
            }
            assertThat(lines).containsExactly("a line");
            assertThat(others).containsExactly("a line");
            assertThat(shared.statistics().handedOut()).isEqualTo(2);
        }
    }

    @Test
    void shouldAnswerThroughAPipeThatCameWithTheTarget() throws Exception {
        Pipe pipe = Pipe.duplex();
        try (Connection here = pipe.first();
                Connection there = pipe.second()) {
            Process process =
                    builder().target(() -> there.send((int) there.recv() + 1)).build();
            process.start();
            here.send(41);

            assertThat(Kin.receive(here)).isEqualTo(42);
            Kin.join(process);
        }
    }
}
