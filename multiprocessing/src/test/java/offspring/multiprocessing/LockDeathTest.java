package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import offspring.core.Acquirable;
import offspring.multiprocessing.storm.LockKills;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the others get when a process is killed or stopped that holds something or waits, and that nobody waits for the dead. */
@ExtendWith({FamilyCheck.class, DescriptorCheck.class})
@SuppressWarnings("try") // holds are closed, not looked at
class LockDeathTest {

    /** How long it may take until the others go on; the promise is 100 ms on a machine that has nothing else to do. */
    private static final Duration SOON = Deadlines.scaled(Duration.ofSeconds(2));

    private static Process holder(Acquirable lock, int depth) throws Exception {
        Event taken = new Event();
        Process process = new Process(() -> {
            for (int i = 0; i < depth; i++) {
                lock.acquire();
            }
            taken.set();
            Kin.sleepForEver();
        });
        process.start();
        assertThat(taken.await(Deadlines.PATIENCE)).isTrue();
        taken.close();
        return process;
    }

    // ---- locks

    @Test
    void shouldHandALockOnWhenItsHolderIsKilledAndTellOnce() throws Exception {
        try (Lock lock = new Lock()) {
            Process process = holder(lock, 1);
            AtomicLong got = new AtomicLong();
            try (var crew = Crew.start(1, () -> {
                assertThat(lock.acquire(Deadlines.PATIENCE)).isTrue();
                got.set(System.nanoTime());
                assertThat(lock.abandoned()).isTrue();
                assertThat(lock.statistics()).isEqualTo(new Lock.Statistics(true, true));
                lock.release();
            })) {
                crew.awaitBlocked();
                long start = System.nanoTime();
                process.kill();
                crew.join();
                assertThat(Duration.ofNanos(got.get() - start)).isLessThan(SOON);
            }
            assertThat(lock.acquire(false)).isTrue();
            assertThat(lock.abandoned()).isFalse();
            lock.release();
            Kin.join(process);
        }
    }

    @Test
    void shouldHandAReentrantLockOnHoweverDeepItWasHeld() throws Exception {
        try (RLock lock = new RLock()) {
            Process process = holder(lock, 3);
            process.kill();
            assertThat(lock.acquire(SOON)).isTrue();
            assertThat(lock.abandoned()).isTrue();
            assertThat(lock.recursionCount()).isOne();
            lock.acquire();
            assertThat(lock.abandoned()).isTrue();
            lock.release();
            lock.release();
            assertThat(lock.locked()).isFalse();
            lock.acquire();
            assertThat(lock.abandoned()).isFalse();
            lock.release();
            Kin.join(process);
        }
    }

    @Test
    void shouldHandALockOnWhenItsHolderEndsInAnyWay() throws Exception {
        try (Lock lock = new Lock()) {
            assertThat(Kin.run(() -> lock.acquire())).isZero();
            assertThat(lock.locked()).isFalse();
            assertThat(lock.acquire(SOON)).isTrue();
            assertThat(lock.abandoned()).isTrue();
            lock.release();
            assertThat(Kin.run(() -> {
                        lock.acquire();
                        System.exit(7);
                    }))
                    .isEqualTo(7);
            assertThat(lock.acquire(SOON)).isTrue();
            assertThat(lock.abandoned()).isTrue();
            lock.release();
        }
    }

    @Test
    void shouldHandALockOnWhenAGrandchildIsKilledWithItsParent() throws Exception {
        try (Lock lock = new Lock();
                Event taken = new Event()) {
            Process child = new Process(() -> {
                new Process(() -> {
                            lock.acquire();
                            taken.set();
                            Kin.sleepForEver();
                        })
                        .start();
                Kin.sleepForEver();
            });
            child.start();
            assertThat(taken.await(Deadlines.PATIENCE)).isTrue();
            assertThat(lock.acquire(false)).isFalse();
            child.kill();
            assertThat(lock.acquire(Deadlines.PATIENCE)).isTrue();
            assertThat(lock.abandoned()).isTrue();
            lock.release();
            Kin.join(child);
        }
    }

    @Test
    void shouldNotMissAProcessThatIsKilledWhileItWaits() throws Exception {
        try (Lock lock = new Lock();
                Semaphore through = new Semaphore(0)) {
            lock.acquire();
            Process victim = Kin.begin(lock::acquire);
            Process survivor = Kin.begin(() -> {
                lock.acquire();
                through.release();
                lock.release();
            });
            victim.kill();
            Kin.join(victim);
            lock.release();
            assertThat(through.acquire(Deadlines.PATIENCE)).isTrue();
            Kin.join(survivor);
            assertThat(lock.acquire(false)).isTrue();
            assertThat(lock.abandoned()).isFalse();
            lock.release();
        }
    }

    // ---- what belongs to nobody

    @Test
    void shouldGiveAPermitToALivingProcessWhenOneThatWaitedIsKilled() throws Exception {
        try (Semaphore semaphore = new Semaphore(0)) {
            Process victim = Kin.begin(semaphore::acquire);
            victim.kill();
            Kin.join(victim);
            semaphore.release();
            assertThat(semaphore.acquire(Deadlines.PATIENCE)).isTrue();
            assertThat(semaphore.value()).isZero();
        }
    }

    @Test
    void shouldSignalALivingProcessWhenOneThatWaitedIsKilled() throws Exception {
        try (Condition condition = new Condition();
                Semaphore woken = new Semaphore(0)) {
            Process victim = Kin.begin(() -> {
                try (var held = condition.hold()) {
                    condition.await();
                }
            });
            Deadlines.eventually(
                    "the victim waits", () -> condition.statistics().waiting() == 1);
            victim.kill();
            Kin.join(victim);
            for (int round = 1; round <= 3; round++) {
                Process survivor = Kin.begin(() -> {
                    try (var held = condition.hold()) {
                        condition.await();
                        woken.release();
                    }
                });
                Deadlines.eventually(
                        "the survivor waits", () -> condition.statistics().waiting() == 2);
                try (var held = condition.hold()) {
                    condition.signal();
                }
                Kin.join(survivor);
                assertThat(woken.value()).isEqualTo(round);
            }
        }
    }

    @Test
    void shouldWakeTheOthersWhenOneThatWaitedForTheEventIsKilled() throws Exception {
        try (Event event = new Event();
                Semaphore woken = new Semaphore(0)) {
            Process victim = Kin.begin(event::await);
            Process survivor = Kin.begin(() -> {
                event.await();
                woken.release();
            });
            victim.kill();
            Kin.join(victim);
            event.set();
            assertThat(woken.acquire(Deadlines.PATIENCE)).isTrue();
            Kin.join(survivor);
        }
    }

    @Test
    void shouldCountAnArrivalEvenIfTheProcessIsKilledThen() throws Exception {
        try (Barrier barrier = new Barrier(3)) {
            Process victim = Kin.begin(barrier::await);
            Deadlines.eventually("the victim has arrived", () -> barrier.nWaiting() == 1);
            victim.kill();
            Kin.join(victim);
            Process survivor = Kin.begin(barrier::await);
            assertThat(barrier.await(Deadlines.PATIENCE)).isPositive();
            Kin.join(survivor);
            assertThat(survivor.exitcode()).hasValue(0);
            assertThat(barrier.broken()).isFalse();
        }
    }

    @Test
    void shouldBreakTheBarrierWhenTheProcessThatRunsTheActionIsKilled() throws Exception {
        try (Event running = new Event();
                Barrier barrier = new Barrier(2, () -> {
                    running.set();
                    Kin.sleepForEver();
                })) {
            try (var crew = Crew.start(
                    1, () -> assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class))) {
                Deadlines.eventually("one waits", () -> barrier.nWaiting() == 1);
                Process victim = Kin.begin(barrier::await);
                assertThat(running.await(Deadlines.PATIENCE)).isTrue();
                long start = System.nanoTime();
                victim.kill();
                crew.join();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
                Kin.join(victim);
            }
            assertThat(barrier.broken()).isTrue();
        }
    }

    @Test
    void shouldServeTheNextRoundWhenTheRunnerOfARoundThatWasResetIsKilled() throws Exception {
        try (Event running = new Event();
                Semaphore runs = new Semaphore(0);
                Barrier barrier = new Barrier(1, () -> {
                    boolean first = !running.isSet();
                    runs.release();
                    running.set();
                    if (first) {
                        Kin.sleepForEver();
                    }
                })) {
            Process victim = Kin.begin(barrier::await);
            assertThat(running.await(Deadlines.PATIENCE)).isTrue();
            barrier.reset();
            try (var crew = Crew.start(1, () -> assertThat(barrier.await()).isZero())) {
                crew.awaitBlocked();
                assertThat(runs.value()).isOne(); // two actions never run side by side
                victim.kill();
                crew.join();
            }
            Kin.join(victim);
            assertThat(runs.value()).isEqualTo(2);
        }
    }

    // ---- stopped, not dead

    @Test
    void shouldTimeOutOnTimeWhileTheHolderIsStoppedAndGoOnWhenItContinues() throws Exception {
        try (Lock lock = new Lock();
                Condition condition = new Condition(lock);
                Barrier barrier = new Barrier(2);
                Event go = new Event()) {
            Process process = Kin.begin(() -> {
                lock.acquire();
                go.set();
                while (go.isSet()) {
                    Thread.onSpinWait();
                }
                lock.release();
                barrier.await();
            });
            assertThat(go.await(Deadlines.PATIENCE)).isTrue();
            ConnectionAcrossProcessesTest.signal(process, "STOP");

            long start = System.nanoTime();
            assertThat(lock.acquire(Deadlines.SHORT)).isFalse();
            Deadlines.assertTook(start, Deadlines.SHORT);
            start = System.nanoTime();
            assertThat(condition.acquire(Deadlines.SHORT)).isFalse();
            Deadlines.assertTook(start, Deadlines.SHORT);
            start = System.nanoTime();
            assertThatThrownBy(() -> barrier.await(Deadlines.SHORT)).isInstanceOf(BrokenBarrierException.class);
            Deadlines.assertTook(start, Deadlines.SHORT);
            barrier.reset();
            go.clear();
            assertThat(lock.acquire(Duration.ofMillis(10))).isFalse();

            ConnectionAcrossProcessesTest.signal(process, "CONT");
            assertThat(lock.acquire(Deadlines.PATIENCE)).isTrue();
            assertThat(lock.abandoned()).isFalse();
            lock.release();
            barrier.await(Deadlines.PATIENCE);
            Kin.join(process);
            assertThat(process.exitcode()).hasValue(0);
        }
    }

    // ---- interrupts

    @Test
    void shouldKeepNoLockAndLoseNothingWhenInterruptedAtRandomMoments() throws Exception {
        Random random = new Random(20261120);
        AtomicInteger[] taken = {new AtomicInteger(), new AtomicInteger()};
        AtomicInteger stop = new AtomicInteger();
        try (RLock lock = new RLock();
                Condition condition = new Condition(lock);
                Semaphore semaphore = new Semaphore(2)) {
            try (var crew = Crew.start(3, index -> {
                while (stop.get() == 0) {
                    try {
                        try (var permit = semaphore.hold();
                                var held = condition.hold()) {
                            assertThat(lock.recursionCount()).isOne();
                            taken[0].incrementAndGet();
                            condition.signal();
                            condition.await(Duration.ofNanos(200_000));
                            assertThat(lock.recursionCount()).isOne();
                        }
                    } catch (InterruptedException e) {
                        taken[1].incrementAndGet();
                    }
                    assertThat(lock.recursionCount()).isZero();
                }
            })) {
                Deadlines.eventually("there were interrupts enough", () -> {
                    crew.member(random.nextInt(3)).interrupt();
                    LockSupport.parkNanos(random.nextInt(100_000));
                    return taken[0].get() > 1000 && taken[1].get() > 500;
                });
                stop.set(1);
            }
            assertThat(lock.locked()).isFalse();
            assertThat(semaphore.value()).isEqualTo(2);
            assertThat(condition.statistics().waiting()).isZero();
        }
    }

    // ---- the end of an object

    @Test
    void shouldTellThoseWhoWaitWhenTheObjectIsClosed() throws Exception {
        Lock lock = new Lock();
        Semaphore semaphore = new Semaphore(0);
        Event event = new Event();
        Barrier barrier = new Barrier(2);
        Condition condition = new Condition();
        lock.acquire();
        try (var crew = Crew.start(
                5,
                index -> assertThatThrownBy(() -> {
                            switch (index) {
                                case 0 -> lock.acquire();
                                case 1 -> semaphore.acquire();
                                case 2 -> event.await();
                                case 3 -> barrier.await();
                                default -> {
                                    condition.acquire();
                                    condition.await();
                                }
                            }
                        })
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed"))) {
            crew.awaitBlocked();
            for (AutoCloseable each : new AutoCloseable[] {lock, semaphore, event, barrier, condition}) {
                each.close();
            }
        }
    }

    // ---- at any instruction

    @Test
    void shouldKeepAllPromisesWhileProcessesAreKilledAtRandomMoments(@TempDir Path folder) throws Exception {
        LockKills.Outcome outcome = LockKills.storm(folder, 50, 20261120L);

        assertThat(outcome.kills()).isEqualTo(50);
        assertThat(outcome.sections()).isGreaterThan(1000);
        assertThat(outcome.median()).isLessThan(SOON);
    }
}
