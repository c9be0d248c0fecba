package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.connection.Connection;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What processes take from the system, and that they give it back. */
@ExtendWith(FamilyCheck.class)
class ProcessResourcesTest {

    private static void doNothing() {}

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_lose_target_ref")
    void shouldForgetItsTargetWhenItIsStarted() throws Exception {
        var target = new Returns();
        var reference = new WeakReference<>(target);
        Process process = new Process(target);
        target = null;

        assertThat(Kin.run(process)).isZero();

        Deadlines.eventually("the target is collected", () -> {
            System.gc();
            return reference.get() == null;
        });
        assertThat(process.exitcode()).hasValue(0);
    }

    private static final class Returns implements CheckedRunnable {
        private static final long serialVersionUID = 1L;

        @Override
        public void runChecked() {}
    }

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_many_processes")
    void shouldStartManyAndEndThemAll() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Process process = new Process(Kin::sleepForEver);
            process.start();
            processes.add(process);
        }
        assertThat(Multiprocessing.activeChildren()).containsExactlyInAnyOrderElementsOf(processes);
        assertThat(Set.copyOf(processes.stream().map(p -> p.pid().getAsLong()).toList()))
                .hasSize(20);

        processes.forEach(Process::terminate);

        for (Process process : processes) {
            Kin.join(process);
            assertThat(process.exitcode()).hasValue(-15);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestProcess.test_child_fd_inflation")
    void shouldGiveNoDescriptorOfOneChildToTheNext() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "only Linux shows a process its descriptors");
        Pipe counts = Pipe.oneWay();
        Connection there = counts.second();
        List<Process> processes = new ArrayList<>();
        Set<Object> seen = new java.util.TreeSet<>();
        for (int i = 0; i < 5; i++) {
            Process process = new Process(() -> {
                there.send(openDescriptors());
                Kin.sleepForEver();
            });
            process.start();
            processes.add(process);
            seen.add(Kin.receive(counts.first()));
        }

        assertThat(seen).hasSize(1);
        processes.forEach(Process::kill);
        for (Process process : processes) {
            Kin.join(process);
        }
        counts.close();
    }

    @Test
    void shouldNeedNoMoreDescriptorsAfterFiftyStarts() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "only Linux shows a process its descriptors");
        startAndEnd(2);
        int before = openDescriptors();

        startAndEnd(50);

        Deadlines.eventually("the descriptors are given back", () -> openDescriptors() <= before);
    }

    private static void startAndEnd(int count) throws Exception {
        for (int i = 0; i < count; i += 2) {
            Process one = new Process(ProcessResourcesTest::doNothing);
            Process other = new Process(Kin::sleepForEver);
            one.start();
            other.start();
            other.kill();
            Kin.join(one);
            Kin.join(other);
        }
    }

    private static int openDescriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return (int) all.count();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
