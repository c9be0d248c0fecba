package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import offspring.core.function.CheckedRunnable;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Barriers at which a parent meets its children. A semaphore is what counts for all of them. */
@ExtendWith(FamilyCheck.class)
class BarrierAcrossProcessesTest {

    private static final int PARTIES = 4;
    private static final int CHOSEN = PARTIES / 2;

    /** Runs the work in this process and in as many children that all parties are there. */
    private static void runAll(CheckedRunnable work) throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 1; i < PARTIES; i++) {
            Process process = Process.builder().daemon(true).target(work).build();
            process.start();
            processes.add(process);
        }
        work.runChecked();
        for (Process process : processes) {
            Kin.join(process);
            assertThat(process.exitcode()).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 500})
    @FromCPython({
        "_test_multiprocessing._TestBarrier.test_barrier",
        "_test_multiprocessing._TestBarrier.test_barrier_10",
        "_test_multiprocessing._TestBarrier.test_thousand"
    })
    void shouldKeepProcessesInStep(int passes) throws Exception {
        try (Barrier barrier = new Barrier(PARTIES, null, Deadlines.PATIENCE);
                Semaphore before = new Semaphore(0);
                Semaphore after = new Semaphore(0)) {
            runAll(() -> {
                for (int i = 0; i < passes; i++) {
                    before.release();
                    assertThat(after.value()).isEqualTo(i * PARTIES);
                    barrier.await();
                    after.release();
                    assertThat(before.value()).isEqualTo((i + 1) * PARTIES);
                    barrier.await();
                }
            });
            assertThat(barrier.statistics()).isEqualTo(new Barrier.Statistics(PARTIES, 0, false));
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestBarrier.test_wait_return")
    void shouldGiveEachPartyItsOwnNumber() throws Exception {
        try (Barrier barrier = new Barrier(PARTIES);
                Semaphore sum = new Semaphore(0);
                Semaphore firsts = new Semaphore(0)) {
            runAll(() -> {
                int index = barrier.await();
                sum.release(1 << 4 * index);
                if (index == 0) {
                    firsts.release();
                }
            });
            assertThat(firsts.value()).isOne();
            assertThat(sum.value()).isEqualTo(0x1111);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestBarrier.test_action")
    void shouldRunTheActionOnceInOneOfTheProcesses() throws Exception {
        try (Semaphore runs = new Semaphore(0);
                Barrier barrier = new Barrier(PARTIES, runs::release)) {
            runAll(() -> {
                barrier.await();
                assertThat(runs.value()).isOne();
            });
            assertThat(runs.value()).isOne();
        }
    }

    /** Passes once; then one party aborts, while the others wait a second time. */
    private static void passThenAbort(Barrier barrier, Semaphore passed, Semaphore broken) throws Exception {
        if (barrier.await() == CHOSEN) {
            barrier.abort();
            return;
        }
        try {
            barrier.await();
            passed.release();
        } catch (BrokenBarrierException e) {
            broken.release();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestBarrier.test_abort")
    void shouldBreakForAllProcessesWhenOneAborts() throws Exception {
        try (Barrier barrier = new Barrier(PARTIES);
                Semaphore passed = new Semaphore(0);
                Semaphore broken = new Semaphore(0)) {
            runAll(() -> passThenAbort(barrier, passed, broken));
            assertThat(passed.value()).isZero();
            assertThat(broken.value()).isEqualTo(PARTIES - 1);
            assertThat(barrier.broken()).isTrue();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestBarrier.test_reset")
    void shouldFreeItsWaitersWhenResetAndServeTheNextRound() throws Exception {
        try (Barrier barrier = new Barrier(PARTIES);
                Semaphore broken = new Semaphore(0);
                Semaphore through = new Semaphore(0)) {
            runAll(() -> {
                if (barrier.await() == CHOSEN) {
                    Deadlines.eventually("the others wait", () -> barrier.nWaiting() == PARTIES - 1);
                    barrier.reset();
                } else {
                    assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
                    broken.release();
                }
                barrier.await();
                through.release();
            });
            assertThat(broken.value()).isEqualTo(PARTIES - 1);
            assertThat(through.value()).isEqualTo(PARTIES);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestBarrier.test_abort_and_reset")
    void shouldBeWholeAgainWhenResetAfterAnAbort() throws Exception {
        try (Barrier barrier = new Barrier(PARTIES);
                Barrier between = new Barrier(PARTIES);
                Semaphore passed = new Semaphore(0);
                Semaphore broken = new Semaphore(0);
                Semaphore through = new Semaphore(0)) {
            runAll(() -> {
                passThenAbort(barrier, passed, broken);
                if (between.await() == CHOSEN) {
                    barrier.reset();
                }
                between.await();
                barrier.await();
                through.release();
            });
            assertThat(passed.value()).isZero();
            assertThat(broken.value()).isEqualTo(PARTIES - 1);
            assertThat(through.value()).isEqualTo(PARTIES);
        }
    }

    @Test
    @FromCPython({
        "_test_multiprocessing._TestBarrier.test_timeout",
        "_test_multiprocessing._TestBarrier.test_default_timeout"
    })
    void shouldBreakForAllProcessesWhenOneIsLate() throws Exception {
        for (boolean own : new boolean[] {false, true}) {
            try (Barrier start = new Barrier(PARTIES);
                    Barrier barrier = own ? new Barrier(PARTIES, null, Deadlines.SHORT) : new Barrier(PARTIES);
                    Semaphore broken = new Semaphore(0)) {
                runAll(() -> {
                    if (start.await() == CHOSEN) {
                        Deadlines.eventually("the others have given up", barrier::broken);
                    }
                    assertThatThrownBy(() -> {
                                if (own) {
                                    barrier.await();
                                } else {
                                    barrier.await(Deadlines.SHORT);
                                }
                            })
                            .isInstanceOf(BrokenBarrierException.class);
                    broken.release();
                });
                assertThat(broken.value()).isEqualTo(PARTIES);
            }
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestBarrier.test_single_thread")
    void shouldNotHoldUpASingleParty() throws Exception {
        try (Barrier barrier = new Barrier(1)) {
            assertThat(barrier.await()).isZero();
            assertThat(barrier.await(Duration.ZERO)).isZero();
        }
    }
}
