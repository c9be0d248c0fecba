package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conditions that a parent shares with its children. */
@ExtendWith(FamilyCheck.class)
@SuppressWarnings("try") // holds are closed, not looked at
class ConditionAcrossProcessesTest {

    /** The waits of a test: of threads of this process, and of as many children. */
    private static final class Waiters implements AutoCloseable {

        final Condition condition = new Condition();
        final Semaphore sleeping = new Semaphore(0);
        final Semaphore woken = new Semaphore(0);
        private final List<Process> processes = new ArrayList<>();
        private final List<Crew> crews = new ArrayList<>();

        Waiters() throws Exception {}

        void start(int each, Duration timeout) throws Exception {
            Condition c = condition;
            Semaphore s = sleeping;
            Semaphore w = woken;
            for (int i = 0; i < each; i++) {
                Process process = Process.builder()
                        .daemon(true)
                        .target(() -> await(c, s, w, timeout))
                        .build();
                process.start();
                processes.add(process);
            }
            crews.add(Crew.start(each, () -> await(c, s, w, timeout)));
            for (int i = 0; i < 2 * each; i++) {
                assertThat(sleeping.acquire(Deadlines.PATIENCE)).isTrue();
            }
            condition.acquire(); // whoever has said that it sleeps has the lock until it does
            condition.release();
        }

        private static void await(Condition c, Semaphore sleeping, Semaphore woken, Duration timeout)
                throws InterruptedException {
            try (var held = c.hold()) {
                sleeping.release();
                c.await(timeout);
                woken.release();
            }
        }

        void signal(int n) throws InterruptedException {
            try (var held = condition.hold()) {
                condition.signal(n);
            }
        }

        void expectWoken(int n) {
            Deadlines.eventually(n + " have woken", () -> woken.value() == n);
        }

        @Override
        public void close() throws Exception {
            crews.forEach(Crew::join);
            for (Process process : processes) {
                Kin.join(process);
                assertThat(process.exitcode()).hasValue(0);
            }
            assertThat(condition.statistics()).isEqualTo(new Condition.Statistics(false, 0));
            condition.close();
            sleeping.close();
            woken.close();
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestCondition.test_notify")
    void shouldWakeOneThreadOrProcessPerSignal() throws Exception {
        try (Waiters waiters = new Waiters()) {
            waiters.start(1, Deadlines.PATIENCE);
            assertThat(waiters.condition.statistics().waiting()).isEqualTo(2);
            assertThat(waiters.woken.value()).isZero();
            waiters.signal(1);
            waiters.expectWoken(1);
            assertThat(waiters.condition.statistics().waiting()).isOne();
            waiters.signal(1);
            waiters.expectWoken(2);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestCondition.test_notify_all")
    void shouldWakeAllThreadsAndProcesses() throws Exception {
        try (Waiters waiters = new Waiters()) {
            waiters.start(2, Deadlines.SHORT);
            waiters.expectWoken(4); // their time was over
            waiters.start(2, Deadlines.PATIENCE);
            assertThat(waiters.woken.value()).isEqualTo(4);
            waiters.signal(Integer.MAX_VALUE);
            waiters.expectWoken(8);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestCondition.test_notify_n")
    void shouldWakeAsManyAsAreSignalled() throws Exception {
        try (Waiters waiters = new Waiters()) {
            waiters.start(3, Deadlines.PATIENCE);
            assertThat(waiters.woken.value()).isZero();
            waiters.signal(2);
            waiters.expectWoken(2);
            assertThat(waiters.condition.statistics().waiting()).isEqualTo(4);
            waiters.signal(4);
            waiters.expectWoken(6);
            waiters.signal(3);
            assertThat(waiters.woken.value()).isEqualTo(6);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestCondition.test_timeout")
    void shouldReturnFalseWhenTheTimeIsOver() throws Exception {
        try (Condition condition = new Condition();
                var held = condition.hold()) {
            long start = System.nanoTime();
            assertThat(condition.await(Deadlines.SHORT)).isFalse();
            Deadlines.assertTook(start, Deadlines.SHORT);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestCondition.test_waitfor")
    void shouldWaitForAPredicateOverSharedState() throws Exception {
        try (Condition condition = new Condition();
                Semaphore state = new Semaphore(7)) {
            Process process = Process.builder()
                    .daemon(true)
                    .target(() -> {
                        try (var held = condition.hold()) {
                            while (state.acquire(false)) {
                                assertThat(state.value()).isLessThan(7);
                            }
                            condition.signal();
                            condition.awaitUntil(() -> state.value() == 4);
                            assertThat(state.value()).isEqualTo(4);
                        }
                    })
                    .build();
            process.start();
            try (var held = condition.hold()) {
                assertThat(condition.awaitUntil(() -> state.value() == 0, Deadlines.PATIENCE))
                        .isTrue();
            }
            for (int i = 0; i < 4; i++) {
                try (var held = condition.hold()) {
                    state.release();
                    condition.signal();
                }
            }
            Kin.join(process);
            assertThat(process.exitcode()).hasValue(0);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestCondition.test_waitfor_timeout")
    void shouldGiveUpOnAPredicateWhenTheTimeIsOver() throws Exception {
        try (Condition condition = new Condition();
                Semaphore state = new Semaphore(0);
                Event ready = new Event()) {
            Process process = Process.builder()
                    .daemon(true)
                    .target(() -> {
                        try (var held = condition.hold()) {
                            ready.set();
                            long start = System.nanoTime();
                            assertThat(condition.awaitUntil(() -> state.value() == 4, Deadlines.SHORT))
                                    .isFalse();
                            Deadlines.assertTook(start, Deadlines.SHORT);
                        }
                    })
                    .build();
            process.start();
            assertThat(ready.await(Deadlines.PATIENCE)).isTrue();
            for (int i = 0; i < 3; i++) {
                try (var held = condition.hold()) {
                    state.release();
                    condition.signal();
                }
            }
            Kin.join(process);
            assertThat(process.exitcode()).hasValue(0);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestCondition.test_wait_result")
    void shouldTellASignalFromATimeoutAndFromAnInterrupt() throws Exception {
        try (Condition condition = new Condition()) {
            Process process = new Process(() -> {
                try (var held = condition.hold()) {
                    condition.signal();
                }
            });
            try (var held = condition.hold()) {
                assertThat(condition.await(Duration.ZERO)).isFalse();
                assertThat(condition.await(Duration.ofMillis(10))).isFalse();
                process.start();
                assertThat(condition.await(Deadlines.PATIENCE)).isTrue();
                assertThat(condition.locked()).isTrue();
            }
            Kin.join(process);

            Process waiting = Kin.begin(() -> {
                try (var held = condition.hold()) {
                    assertThatThrownBy(condition::await).isInstanceOf(InterruptedException.class);
                    assertThat(condition.locked()).isTrue();
                }
            });
            Deadlines.eventually("it waits", () -> condition.statistics().waiting() == 1);
            waiting.interrupt();
            Kin.join(waiting);
            assertThat(waiting.exitcode()).hasValue(0);
            assertThat(condition.statistics()).isEqualTo(new Condition.Statistics(false, 0));
        }
    }

    @Test
    void shouldCarryItemsBetweenProcessesWithTwoConditionsOverOneLock() throws Exception {
        int items = 500;
        try (Lock lock = new Lock();
                Condition full = new Condition(lock);
                Condition empty = new Condition(lock);
                Semaphore shelf = new Semaphore(0);
                Semaphore sold = new Semaphore(0)) {
            Process consumer = new Process(() -> {
                for (int i = 0; i < items; i++) {
                    try (var held = full.hold()) {
                        full.awaitUntil(() -> shelf.value() > 0);
                        shelf.acquire(false);
                        sold.release();
                        empty.signal();
                    }
                }
            });
            consumer.start();
            for (int i = 0; i < items; i++) {
                try (var held = empty.hold()) {
                    empty.awaitUntil(() -> shelf.value() < 2);
                    shelf.release();
                    full.signal();
                }
            }
            Kin.join(consumer);
            assertThat(consumer.exitcode()).hasValue(0);
            assertThat(sold.value()).isEqualTo(items);
            assertThat(shelf.value()).isZero();
        }
    }
}
