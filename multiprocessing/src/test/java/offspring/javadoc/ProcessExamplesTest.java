package offspring.javadoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import offspring.multiprocessing.Event;
import offspring.multiprocessing.FamilyCheck;
import offspring.multiprocessing.Multiprocessing;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessOptions;
import offspring.multiprocessing.StandbyReserve;
import offspring.multiprocessing.StartMethod;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of processes and of what they are started with. */
@ExtendWith(FamilyCheck.class)
class ProcessExamplesTest {

    @Test
    void shouldStartAProcess() throws Exception {
        // region multiprocessing.Process
        var child = new Process(() -> {
            String me = Multiprocessing.currentProcess().name();
            System.out.println("hello from " + me); // hello from Process-1
        });
        child.start();
        child.join();
        int code = child.exitcode().getAsInt(); // 0
        // endregion
        assertThat(code).isZero();
    }

    @Test
    void shouldStartAProcessWithOptions() throws Exception {
        try (var out = Printed.open()) {
            // region multiprocessing.ProcessOptions
            var options = ProcessOptions.builder()
                    .maxHeap("256m")
                    .systemProperty("user.language", "en")
                    .outputLines(line -> System.out.println("child: " + line)) // called in this process
                    .build();
            var child = Process.builder()
                    .target(() -> System.out.println("hello"))
                    .options(options)
                    .build();
            child.start();
            // endregion
            Children.endWell(child);
            Deadlines.eventually(
                    "the line of the child comes", () -> out.lines().contains("child: hello"));
        }
    }

    @Test
    void shouldKnowItself() {
        // region multiprocessing.Multiprocessing
        int workers = Multiprocessing.cpuCount();
        String me = Multiprocessing.currentProcess().name(); // "MainProcess", or "Process-2" in a child
        // endregion
        assertThat(workers).isPositive();
        assertThat(me).isEqualTo("MainProcess");
    }

    /** In a child, since the method is chosen once for all of a program. */
    @Test
    void shouldChooseAStartMethod() throws Exception {
        var chooser = new Process(ProcessExamplesTest::choose);
        chooser.start();
        Children.endWell(chooser);
    }

    private static void choose() {
        // region multiprocessing.StartMethod
        Multiprocessing.setStartMethod(StartMethod.STANDBY); // for all processes, or:
        var options = ProcessOptions.builder().startMethod(StartMethod.STANDBY).build();
        // endregion
        assertThat(Multiprocessing.getStartMethod()).isEqualTo(StartMethod.STANDBY);
        assertThat(options).isNotNull();
    }

    @Test
    void shouldStartAtOnceFromAReserve() throws Exception {
        var ready = new Event();
        // region multiprocessing.StandbyReserve
        var options = ProcessOptions.builder()
                .startMethod(StartMethod.STANDBY)
                .maxHeap("256m")
                .build();
        try (var reserve = StandbyReserve.of(options)) {
            reserve.fill(2); // in the background
            reserve.awaitPrepared(2, Duration.ofSeconds(10));
            var child = Process.builder().target(ready::set).options(options).build();
            child.start(); // at once
            child.join();
        }
        // endregion
        assertThat(ready.isSet()).isTrue();
    }
}
