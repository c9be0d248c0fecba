package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.Acquirable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Locks, semaphores and events that a parent shares with its children. */
@ExtendWith(FamilyCheck.class)
@SuppressWarnings("try") // holds are closed, not looked at
class LockAcrossProcessesTest {

    private static final int PROCESSES = 3;

    // ---- locks

    @Test
    @FromCPython({
        "_test_multiprocessing._TestLock.test_lock",
        "_test_multiprocessing._TestLock.test_lock_context",
        "_test_multiprocessing._TestLock.test_lock_locked_2processes"
    })
    void shouldShowAChildThatTheParentHoldsTheLock() throws Exception {
        try (Lock lock = new Lock();
                Event taken = new Event();
                Event seen = new Event()) {
            Process process = new Process(() -> {
                lock.acquire();
                taken.set();
                seen.await();
                lock.release();
            });
            process.start();
            assertThat(taken.await(Deadlines.PATIENCE)).isTrue();

            assertThat(lock.locked()).isTrue();
            assertThat(lock.acquire(false)).isFalse();
            assertThat(lock.acquire(Duration.ofMillis(10))).isFalse();
            seen.set();

            assertThat(lock.acquire(Deadlines.PATIENCE)).isTrue();
            assertThat(lock.abandoned()).isFalse();
            lock.release();
            assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
            Kin.join(process);
            assertThat(process.exitcode()).hasValue(0);
        }
    }

    @Test
    @FromCPython({
        "_test_multiprocessing._TestLock.test_rlock",
        "_test_multiprocessing._TestLock.test_rlock_context",
        "_test_multiprocessing._TestLock.test_rlock_locked_2processes"
    })
    void shouldKeepAReentrantLockForOneThreadOfOneProcess() throws Exception {
        try (RLock lock = new RLock();
                Event taken = new Event();
                Event seen = new Event()) {
            Process process = new Process(() -> {
                for (int i = 0; i < 3; i++) {
                    lock.acquire();
                }
                taken.set();
                seen.await();
                for (int i = 0; i < 3; i++) {
                    lock.release();
                }
                assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
            });
            process.start();
            assertThat(taken.await(Deadlines.PATIENCE)).isTrue();

            assertThat(lock.locked()).isTrue();
            assertThat(lock.isOwned()).isFalse();
            assertThat(lock.recursionCount()).isZero();
            assertThat(lock.acquire(false)).isFalse();
            assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
            seen.set();

            try (var held = lock.hold()) {
                assertThat(lock.recursionCount()).isOne();
            }
            Kin.join(process);
            assertThat(process.exitcode()).hasValue(0);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestLock.test_repr_lock")
    void shouldNameTheHolderOfALock() throws Exception {
        try (Lock lock = new Lock();
                Event taken = new Event()) {
            assertThat(lock).hasToString("<Lock(owner=None)>");
            lock.acquire();
            assertThat(lock).hasToString("<Lock(owner=MainProcess)>");
            lock.release();

            AtomicReference<String> own = new AtomicReference<>();
            Crew.start(1, () -> {
                        Thread.currentThread().setName("T1");
                        lock.acquire();
                        own.set(lock.toString());
                    })
                    .join();
            assertThat(own.get()).isEqualTo("<Lock(owner=MainProcess|T1)>");
            assertThat(lock).hasToString("<Lock(owner=SomeOtherThread)>");
            lock.release();

            String text = Kin.ask(Process.builder().name("P1"), String.class, () -> {
                try (var held = lock.hold()) {
                    return lock.toString();
                }
            });
            assertThat(text).isEqualTo("<Lock(owner=P1)>");

            Process process = new Process(() -> {
                lock.acquire();
                taken.set();
                Kin.sleepForEver();
            });
            process.start();
            assertThat(taken.await(Deadlines.PATIENCE)).isTrue();
            assertThat(lock).hasToString("<Lock(owner=SomeOtherProcess)>");
            process.kill();
            Kin.join(process);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestLock.test_repr_rlock")
    void shouldNameTheHolderOfAReentrantLock() throws Exception {
        try (RLock lock = new RLock();
                Event taken = new Event()) {
            assertThat(lock).hasToString("<RLock(None, 0)>");
            for (int i = 0; i < 3; i++) {
                lock.acquire();
            }
            assertThat(lock).hasToString("<RLock(MainProcess, 3)>");
            for (int i = 0; i < 3; i++) {
                lock.release();
            }
            AtomicReference<String> own = new AtomicReference<>();
            Crew.start(1, () -> {
                        Thread.currentThread().setName("T2");
                        try (var outer = lock.hold();
                                var inner = lock.hold()) {
                            own.set(lock.toString());
                        }
                    })
                    .join();
            assertThat(own.get()).isEqualTo("<RLock(MainProcess|T2, 2)>");
            Crew.start(1, () -> {
                        lock.acquire();
                    })
                    .join();
            assertThat(lock).hasToString("<RLock(SomeOtherThread, nonzero)>");

            try (RLock other = new RLock()) {
                String text = Kin.ask(Process.builder().name("P1"), String.class, () -> {
                    try (var held = other.hold()) {
                        return other.toString();
                    }
                });
                assertThat(text).isEqualTo("<RLock(P1, 1)>");
                Process process = new Process(() -> {
                    other.acquire();
                    taken.set();
                    Kin.sleepForEver();
                });
                process.start();
                assertThat(taken.await(Deadlines.PATIENCE)).isTrue();
                assertThat(other).hasToString("<RLock(SomeOtherProcess, nonzero)>");
                process.kill();
                Kin.join(process);
            }
        }
    }

    /** Counts with a look and a set that are two steps: without exclusion, counts are lost. */
    private static void count(Acquirable lock, Semaphore counter, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try (var held = lock.hold()) {
                int before = counter.value();
                counter.release();
                if (counter.value() != before + 1) {
                    throw new AssertionError("two processes were inside at the same time");
                }
            }
        }
    }

    @Test
    void shouldLetOneProcessInAtATime() throws Exception {
        int times = 3000;
        try (Lock lock = new Lock();
                RLock rlock = new RLock();
                Semaphore counter = new Semaphore(0)) {
            for (boolean reentrant : new boolean[] {false, true}) {
                List<Process> processes = new ArrayList<>();
                for (int i = 0; i < PROCESSES; i++) {
                    Process process = new Process(() -> count(reentrant ? rlock : lock, counter, times));
                    process.start();
                    processes.add(process);
                }
                count(reentrant ? rlock : lock, counter, times);
                for (Process process : processes) {
                    Kin.join(process);
                    assertThat(process.exitcode()).hasValue(0);
                }
            }
            assertThat(counter.value()).isEqualTo(2 * (PROCESSES + 1) * times);
        }
    }

    // ---- semaphores

    @Test
    @FromCPython("_test_multiprocessing._TestSemaphore.test_semaphore")
    void shouldCountPermitsForAllProcesses() throws Exception {
        try (Semaphore semaphore = new Semaphore(2)) {
            countDownAndUp(semaphore);
            int inChild = Kin.ask(Integer.class, () -> {
                countDownAndUp(semaphore);
                semaphore.release();
                return semaphore.value();
            });
            assertThat(inChild).isEqualTo(3);
            assertThat(semaphore.value()).isEqualTo(3);
            semaphore.release();
            assertThat(semaphore.value()).isEqualTo(4);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSemaphore.test_bounded_semaphore")
    void shouldBoundPermitsForAllProcesses() throws Exception {
        try (BoundedSemaphore semaphore = new BoundedSemaphore(2)) {
            countDownAndUp(semaphore);
            String refusal = Kin.ask(String.class, () -> {
                countDownAndUp(semaphore);
                try {
                    semaphore.release();
                    return "none";
                } catch (IllegalStateException e) {
                    return e.getMessage();
                }
            });
            assertThat(refusal).contains("too many times");
            assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
            assertThat(semaphore.value()).isEqualTo(2);
        }
    }

    private static void countDownAndUp(Semaphore semaphore) throws InterruptedException {
        assertThat(semaphore.value()).isEqualTo(2);
        assertThat(semaphore.acquire()).isTrue();
        assertThat(semaphore.value()).isEqualTo(1);
        assertThat(semaphore.acquire()).isTrue();
        assertThat(semaphore.value()).isZero();
        assertThat(semaphore.acquire(false)).isFalse();
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(1);
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(2);
    }

    @Test
    @FromCPython("_test_multiprocessing._TestSemaphore.test_timeout")
    void shouldGiveUpOnASemaphoreWhenTheTimeIsOver() throws Exception {
        try (Semaphore semaphore = new Semaphore(0)) {
            assertThat(semaphore.acquire(false)).isFalse();
            assertThat(semaphore.acquire(Duration.ZERO)).isFalse();
            long start = System.nanoTime();
            assertThat(semaphore.acquire(Deadlines.SHORT)).isFalse();
            Deadlines.assertTook(start, Deadlines.SHORT);
            assertThat(semaphore.value()).isZero();
        }
    }

    @Test
    void shouldGiveEachPermitToOneOfManyWaitingProcesses() throws Exception {
        try (Semaphore permits = new Semaphore(0);
                Semaphore taken = new Semaphore(0)) {
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(Kin.begin(() -> {
                    permits.acquire();
                    taken.release();
                }));
            }
            for (int i = 1; i <= PROCESSES; i++) {
                permits.release();
                int given = i;
                Deadlines.eventually(given + " have gone on", () -> taken.value() == given);
            }
            assertThat(permits.value()).isZero();
            for (Process process : processes) {
                Kin.join(process);
            }
        }
    }

    // ---- events

    @Test
    @FromCPython("_test_multiprocessing._TestEvent.test_event")
    void shouldWaitForAnEventThatAChildSets() throws Exception {
        try (Event event = new Event()) {
            assertThat(event.isSet()).isFalse();
            assertThat(event.await(Duration.ZERO)).isFalse();
            long start = System.nanoTime();
            assertThat(event.await(Deadlines.SHORT)).isFalse();
            Deadlines.assertTook(start, Deadlines.SHORT);
            event.set();
            assertThat(event.isSet()).isTrue();
            assertThat(event.await()).isTrue();
            assertThat(event.await(Deadlines.SHORT)).isTrue();
            event.clear();
            Process process = Process.builder().daemon(true).target(event::set).build();
            try (var crew = Crew.start(
                    1, () -> assertThat(event.await(Deadlines.PATIENCE)).isTrue())) {
                crew.awaitBlocked();
                process.start();
                crew.join();
            }
            Kin.join(process);
        }
    }

    @Test
    @FromCPython("_test_multiprocessing._TestEvent.test_repr")
    void shouldSayWhetherAnEventIsSet() throws Exception {
        try (Event event = new Event()) {
            assertThat(event.toString()).matches("<.*Event at .* unset>");
            event.set();
            assertThat(event.toString()).matches("<.*Event at .* set>");
            assertThat(Kin.ask(String.class, event::toString)).isEqualTo(event.toString());
            event.clear();
            assertThat(event.toString()).matches("<.*Event at .* unset>");
        }
    }

    @Test
    void shouldWakeAllProcessesThatWaitForAnEventEvenIfItIsClearedAtOnce() throws Exception {
        try (Event event = new Event();
                Semaphore ready = new Semaphore(0);
                Semaphore through = new Semaphore(0)) {
            List<Process> processes = new ArrayList<>();
            int rounds = 20;
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(Kin.begin(() -> {
                    for (int round = 0; round < rounds; round++) {
                        ready.release();
                        if (event.await(Deadlines.PATIENCE)) {
                            through.release();
                        }
                    }
                }));
            }
            Deadlines.eventually("all rounds are over", () -> {
                event.set();
                event.clear();
                return through.value() == rounds * PROCESSES;
            });
            for (Process process : processes) {
                Kin.join(process);
            }
        }
    }

    // ---- the end

    @Test
    void shouldRefuseAClosedObjectAndLeaveThatOfAnotherProcessUsable() throws Exception {
        Lock lock = new Lock();
        Event go = new Event();
        Process process = Kin.begin(() -> {
            go.await();
            lock.acquire();
            lock.release();
        });
        lock.close();
        lock.close();
        assertThat(lock).hasToString("<Lock(closed)>");
        assertThatThrownBy(lock::acquire)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Process(lock::locked).start())
                .hasStackTraceContaining("a closed lock cannot be sent");
        go.set();
        Kin.join(process);
        assertThat(process.exitcode()).hasValue(0);
        go.close();
    }
}
