package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import offspring.multiprocessing.connection.Connection;
import offspring.multiprocessing.connection.Waitable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of a process as its parent sees it. How it may end is in {@link ProcessEndTest}. */
@ExtendWith(FamilyCheck.class)
class ProcessTest {

    private static void doNothing() {}

    // ---- before the start

    @Test
    void shouldBeNamedAfterItsClassAndNumberWhenNoNameIsGiven() {
        String first = new Process(ProcessTest::doNothing).name();
        String second = new Process(ProcessTest::doNothing, "").name();

        assertThat(first).matches("Process-[0-9]+");
        assertThat(numberIn(second)).isEqualTo(numberIn(first) + 1);
        assertThat(new Downloader().name()).isEqualTo("Downloader-" + (numberIn(second) + 1));
        assertThat(new Process(ProcessTest::doNothing, "crawler").name()).isEqualTo("crawler");
    }

    private static int numberIn(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private static final class Downloader extends Process {
        private static final long serialVersionUID = 1L;
    }

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_daemon_argument")
    void shouldBeADaemonWhenToldSoAndElseAsItsCreator() {
        assertThat(new Process(ProcessTest::doNothing).daemon())
                .isEqualTo(Multiprocessing.currentProcess().daemon());
        assertThat(Process.builder()
                        .target(ProcessTest::doNothing)
                        .daemon(true)
                        .build()
                        .daemon())
                .isTrue();
        assertThat(Process.builder()
                        .target(ProcessTest::doNothing)
                        .daemon(false)
                        .build()
                        .daemon())
                .isFalse();
    }

    @Test
    void shouldBeNeitherAliveNorEndedBeforeItsStart() {
        Process process = new Process(ProcessTest::doNothing, "new");

        assertThat(process.isAlive()).isFalse();
        assertThat(process.pid()).isEmpty();
        assertThat(process.exitcode()).isEmpty();
        assertThat(Multiprocessing.activeChildren()).doesNotContain(process);
        assertThat(process).hasToString("<Process name='new' initial>");
    }

    @Test
    void shouldRefuseToBeWaitedForOrEndedBeforeItsStart() {
        Process process = new Process(ProcessTest::doNothing);

        assertThatIllegalStateException().isThrownBy(process::join);
        assertThatIllegalStateException().isThrownBy(() -> process.join(Duration.ZERO));
        assertThatIllegalStateException().isThrownBy(process::terminate);
        assertThatIllegalStateException().isThrownBy(process::kill);
        assertThatIllegalStateException().isThrownBy(process::interrupt);
        assertThatIllegalStateException().isThrownBy(process::sentinel);
    }

    @Test
    void shouldNotBeBuiltWithoutATarget() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Process.builder().build())
                .withMessageContaining("target");
    }

    // ---- the whole life

    @Test
    @FromCPython({
        "_test_multiprocessing._TestProcess.test_process",
        "_test_multiprocessing._TestProcess.test_args_argument",
    })
    void shouldLiveFromStartToJoin() throws Exception {
        Pipe pipe = Pipe.duplex();
        Connection there = pipe.second();
        List<Object> arguments = new ArrayList<>();
        arguments.add(1);
        arguments.add("two");
        arguments.add(null);
        Process process = Process.builder()
                .name("SomeProcess")
                .daemon(true)
                .target(() -> {
                    Process me = Multiprocessing.currentProcess();
                    there.send(arguments);
                    there.send(me.name());
                    there.send(me.authkey());
                    there.send(me.pid().getAsLong());
                    there.send(me.daemon());
                    there.send(me.isAlive());
                    there.recv();
                })
                .build();

        assertThat(process.authkey()).isEqualTo(Multiprocessing.currentProcess().authkey());
        process.start();
        there.close();

        assertThat(process.isAlive()).isTrue();
        assertThat(process.exitcode()).isEmpty();
        assertThat(Multiprocessing.activeChildren()).containsOnlyOnce(process);
        Connection here = pipe.first();
        assertThat(Kin.receive(here)).isEqualTo(arguments);
        assertThat(Kin.receive(here)).isEqualTo("SomeProcess");
        assertThat((byte[]) Kin.receive(here))
                .isEqualTo(Multiprocessing.currentProcess().authkey());
        assertThat(Kin.receive(here)).isEqualTo(process.pid().getAsLong());
        assertThat(Kin.receive(here)).isEqualTo(true);
        assertThat(Kin.receive(here)).isEqualTo(true);
        assertThat(process.toString())
                .startsWith("<Process name='SomeProcess' pid=" + process.pid().getAsLong());
        assertThat(process.toString()).endsWith(" started daemon>");

        here.send("you may go");
        Kin.join(process);

        assertThat(process.exitcode()).hasValue(0);
        assertThat(process.isAlive()).isFalse();
        assertThat(Multiprocessing.activeChildren()).doesNotContain(process);
        assertThat(process.toString()).endsWith(" stopped exitcode=0 daemon>");
        here.close();
    }

    @Test
    void shouldRunTheBodyOfASubclassWithItsFields() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Adder adder = new Adder(19, 23, pipe.second());

        adder.start();
        pipe.second().close();

        assertThat(Kin.receive(pipe.first())).isEqualTo("Adder-" + numberIn(adder.name()) + ": 42");
        Kin.join(adder);
        pipe.close();
    }

    /** Turns what it is given into upper case, until there is no more. */
    private static final class UpperCaser extends Process {
        private static final long serialVersionUID = 1L;
        private final Connection there;
        private final transient Connection here; // stays with who has made it

        UpperCaser() throws IOException {
            super(null, true, ProcessOptions.builder().build());
            Pipe pipe = Pipe.duplex();
            here = pipe.first();
            there = pipe.second();
        }

        @Override
        public void run() throws Exception {
            for (String text = there.recv(String.class); text != null; text = there.recv(String.class)) {
                there.send(text.toUpperCase(Locale.ROOT));
            }
            there.close();
        }

        String submit(String text) throws IOException, InterruptedException {
            here.send(text);
            return (String) Kin.receive(here);
        }

        void stop() throws IOException, InterruptedException {
            here.send(null);
            here.close();
            there.close();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSubclassingProcess.test_subclassing")
    void shouldServeThroughTheMethodsOfASubclassOnBothSides() throws Exception {
        var upperCaser = new UpperCaser();
        assertThat(upperCaser.daemon()).isTrue();
        upperCaser.start();
        assertThat(upperCaser.submit("hello")).isEqualTo("HELLO");
        assertThat(upperCaser.submit("world")).isEqualTo("WORLD");
        upperCaser.stop();
        Kin.join(upperCaser);
        assertThat(upperCaser.exitcode()).hasValue(0);
    }

    private static final class Adder extends Process {
        private static final long serialVersionUID = 1L;
        private final int left;
        private final int right;
        private final Connection result;

        Adder(int left, int right, Connection result) {
            this.left = left;
            this.right = right;
            this.result = result;
        }

        @Override
        public void run() throws Exception {
            if (Multiprocessing.currentProcess() != this) {
                throw new AssertionError("the current process of the child is not the object that was started");
            }
            result.send(name() + ": " + (left + right));
        }
    }

    @Test
    void shouldDoNothingAndEndWhenASubclassHasNoBody() throws Exception {
        assertThat(Kin.run(new Downloader())).isZero();
    }

    @Test
    void shouldHaveTheNameAndTheKeyThatWereSetBeforeTheStart() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.second();
        Process process = new Process(() -> {
            there.send(Multiprocessing.currentProcess().name());
            there.send(Multiprocessing.currentProcess().authkey());
        });
        process.setName("renamed");
        process.setAuthkey(new byte[] {1, 2, 3});

        process.start();
        there.close();

        assertThat(Kin.receive(pipe.first())).isEqualTo("renamed");
        assertThat((byte[]) Kin.receive(pipe.first())).containsExactly(1, 2, 3);
        Kin.join(process);
        pipe.close();
    }

    @Test
    void shouldWorkOnACopyOfWhatItCaptured() throws Exception {
        List<String> captured = new ArrayList<>(List.of("here"));

        List<?> changed = Kin.ask(List.class, () -> {
            captured.add("there");
            return captured;
        });

        assertThat(changed.toString()).isEqualTo("[here, there]");
        assertThat(captured).containsExactly("here");
    }

    @Test
    void shouldCarryALargeCapture() throws Exception {
        byte[] large = new byte[5 << 20];
        large[large.length - 1] = 42;

        assertThat(Kin.ask(Integer.class, () -> large.length + large[large.length - 1]))
                .isEqualTo((5 << 20) + 42);
    }

    // ---- what is refused

    @Test
    void shouldBeStartedOnlyOnce() throws Exception {
        Process process = new Process(ProcessTest::doNothing);
        process.start();

        assertThatIllegalStateException().isThrownBy(process::start).withMessageContaining("once");
        Kin.join(process);
        assertThatIllegalStateException().isThrownBy(process::start).withMessageContaining("once");
        assertThat(process.exitcode()).hasValue(0);
    }

    @Test
    void shouldBeStartedByOneOfManyThreads() throws Exception {
        Process process = new Process(ProcessTest::doNothing);
        List<String> outcomes = new ArrayList<>();

        try (var crew = Crew.start(8, () -> {
            String outcome;
            try {
                process.start();
                outcome = "started";
            } catch (IllegalStateException e) {
                outcome = "refused";
            }
            synchronized (outcomes) {
                outcomes.add(outcome);
            }
        })) {
            crew.join();
        }

        assertThat(outcomes).hasSize(8).containsOnlyOnce("started");
        Kin.join(process);
    }

    @Test
    void shouldNotBecomeADaemonAfterItsStart() throws Exception {
        Process process = new Process(ProcessTest::doNothing);
        process.start();

        assertThatIllegalStateException().isThrownBy(() -> process.setDaemon(true));
        Kin.join(process);
        assertThatIllegalStateException().isThrownBy(() -> process.setDaemon(true));
        assertThat(process.daemon()).isFalse();
    }

    @Test
    void shouldRefuseWhatCannotTravelAndLeaveNothingBehind() throws Exception {
        Object stays = new Object();
        Process process = new Process(() -> System.out.println(stays));

        assertThatThrownBy(process::start)
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("java.lang.Object");
        assertThat(process.isAlive()).isFalse();
        assertThat(process.pid()).isEmpty();
        assertThat(Multiprocessing.activeChildren()).isEmpty();
    }

    @Test
    void shouldStartAfterAFailedStartWhenTheCauseIsGone() throws Exception {
        Object[] cell = {new Object()};
        Process process = new Process(() -> {
            if (cell[0] != null) {
                throw new AssertionError("the capture travels as it is at the start");
            }
        });
        assertThatThrownBy(process::start).isInstanceOf(NotSerializableException.class);

        cell[0] = null;

        assertThat(Kin.run(process)).isZero();
    }

    @Test
    void shouldRefuseANegativeTimeout() throws Exception {
        Process process = Kin.begin(Kin::sleepForEver);

        assertThatIllegalArgumentException().isThrownBy(() -> process.join(Duration.ofMillis(-1)));
        process.kill();
        Kin.join(process);
    }

    // ---- the current process

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_current")
    void shouldKnowTheMainProcess() {
        Process current = Multiprocessing.currentProcess();

        assertThat(current.name()).isEqualTo("MainProcess");
        assertThat(current.isAlive()).isTrue();
        assertThat(current.daemon()).isFalse();
        assertThat(current.authkey()).hasSize(32);
        assertThat(current.pid()).hasValue(ProcessHandle.current().pid());
        assertThat(current.exitcode()).isEmpty();
        assertThatIllegalStateException().isThrownBy(current::start);
        assertThatIllegalStateException().isThrownBy(current::join);
        assertThatIllegalStateException().isThrownBy(() -> current.join(Duration.ZERO));
    }

    @Test
    void shouldNotGiveAwayItsKeyToChanges() {
        byte[] key = Multiprocessing.currentProcess().authkey();

        key[0]++;

        assertThat(Multiprocessing.currentProcess().authkey()).isNotEqualTo(key);
    }

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_cpu_count")
    void shouldCountTheProcessors() {
        assertThat(Multiprocessing.cpuCount()).isPositive();
    }

    // ---- joining

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_active_children")
    void shouldBeAnActiveChildFromStartToEnd() throws Exception {
        Pipe pipe = Pipe.oneWay();
        Connection there = pipe.first();
        Process process = new Process(there::recv);
        assertThat(Multiprocessing.activeChildren()).doesNotContain(process);

        process.start();
        there.close();
        assertThat(Multiprocessing.activeChildren()).contains(process);

        pipe.second().send("go");
        Deadlines.eventually("it ends", () -> !process.isAlive());
        assertThat(Multiprocessing.activeChildren()).doesNotContain(process);
        pipe.close();
    }

    @Test
    void shouldJoinWithATimeoutAndSayWhetherItHasEnded() throws Exception {
        Process process = Kin.begin(Kin::sleepForEver);

        assertThat(process.join(Duration.ZERO)).isFalse();
        long start = System.nanoTime();
        assertThat(process.join(Deadlines.SHORT)).isFalse();
        Deadlines.assertTook(start, Deadlines.SHORT);
        assertThat(process.isAlive()).isTrue();

        process.kill();
        assertThat(process.join(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(process.join(Duration.ZERO)).isTrue();
        process.join();
    }

    @Test
    void shouldBeJoinedByManyThreads() throws Exception {
        Process process = Kin.begin(Kin::sleepForEver);

        try (var crew = Crew.start(4, () -> {
            process.join();
            assertThat(process.exitcode()).hasValue(-9);
        })) {
            crew.awaitBlocked();
            assertThat(crew.finished()).isZero();
            process.kill();
        }
    }

    @Test
    void shouldGoOnWhenItsJoinerIsInterrupted() throws Exception {
        Process process = Kin.begin(Kin::sleepForEver);

        try (var crew = Crew.start(
                2,
                index -> assertThatThrownBy(index == 0 ? process::join : () -> process.join(Deadlines.PATIENCE))
                        .isInstanceOf(InterruptedException.class))) {
            crew.awaitBlocked();
            crew.interrupt();
        }

        assertThat(process.isAlive()).isTrue();
        process.kill();
        Kin.join(process);
    }

    @Test
    void shouldShowItsExitCodeAsSoonAsItIsNotAlive() throws Exception {
        Process process = new Process(() -> System.exit(3));
        process.start();

        while (process.isAlive()) {
            Thread.onSpinWait();
        }

        assertThat(process.exitcode()).hasValue(3);
    }

    // ---- the sentinel

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_sentinel")
    void shouldHaveASentinelThatIsReadyWhenItHasEnded() throws Exception {
        Process process = Kin.begin(Kin::sleepForEver);
        Waitable sentinel = process.sentinel();

        assertThat(sentinel.isReady()).isFalse();
        assertThat(sentinel.await(Duration.ZERO)).isFalse();
        assertThat(sentinel.await(Deadlines.SHORT)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> sentinel.await(Duration.ofNanos(-1)));
        process.kill();

        assertThat(sentinel.await(Deadlines.PATIENCE)).isTrue();
        assertThat(sentinel.isReady()).isTrue();
        assertThat(process.exitcode()).hasValue(-9);
    }

    // ---- closing

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_close")
    void shouldBeClosedOnlyWhenItHasEnded() throws Exception {
        Process process = Kin.begin(Process.builder().name("closed").daemon(true), Kin::sleepForEver);
        assertThatIllegalStateException().isThrownBy(process::close);
        process.kill();
        Kin.join(process);

        process.close();
        process.close();

        assertThatIllegalStateException().isThrownBy(process::isAlive);
        assertThatIllegalStateException().isThrownBy(process::join);
        assertThatIllegalStateException().isThrownBy(process::terminate);
        assertThatIllegalStateException().isThrownBy(process::kill);
        assertThatIllegalStateException().isThrownBy(process::pid);
        assertThatIllegalStateException().isThrownBy(process::exitcode);
        assertThatIllegalStateException().isThrownBy(process::sentinel);
        assertThatIllegalStateException().isThrownBy(process::start);
        assertThat(process.name()).isEqualTo("closed");
        assertThat(process.daemon()).isTrue();
        assertThat(process).hasToString("<Process name='closed' closed daemon>");
    }

    @Test
    void shouldBeClosedBeforeItsStartAndThenNeverStart() {
        Process process = new Process(ProcessTest::doNothing);

        process.close();

        assertThatIllegalStateException().isThrownBy(process::start).withMessageContaining("closed");
    }
}
