package offspring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Acquirable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a condition does, over either kind of lock: waits and signals.
 *
 * @param <L> the lock without owner
 * @param <R> the reentrant lock
 */
@SuppressWarnings("try") // holds are closed, not looked at
public abstract class ConditionContract<L extends Acquirable, R extends Acquirable> extends AwaitUntilContract<L, R> {

    private static final int THREADS = 5;

    /** Whether signals wake waiters in the order of their coming; else in any order. */
    protected boolean isFair() {
        return true;
    }

    @Test
    @FromCPython("lock_tests.ConditionTests.test_acquire")
    void shouldUseTheLockItIsGivenAndAReentrantOneByDefault() throws Exception {
        Subject reentrant = newCondition();
        reentrant.acquire();
        reentrant.acquire();
        reentrant.release();
        reentrant.release();
        assertThat(reentrant.locked()).isFalse();
        L lock = newLock();
        Subject condition = newCondition(lock);
        condition.acquire();
        assertThat(lock.acquire(false)).isFalse();
        condition.release();
        assertThat(lock.acquire(false)).isTrue();
        assertThat(condition.acquire(false)).isFalse();
        assertThat(condition.acquire(Duration.ZERO)).isFalse();
        lock.release();
        try (var held = condition.hold()) {
            assertThat(lock.acquire(false)).isFalse();
            assertThat(condition.locked()).isTrue();
        }
        assertThat(condition.locked()).isFalse();
    }

    @Test
    @FromCPython("lock_tests.ConditionTests.test_unacquired_wait")
    void shouldRefuseToWaitWithoutTheLock() throws Exception {
        for (Subject condition : List.of(newCondition(), newCondition(newLock()))) {
            assertThatThrownBy(condition::await).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> condition.await(Deadlines.SHORT)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> condition.awaitUntil(() -> false)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> condition.awaitUntil(() -> true)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> condition.awaitUntil(() -> false, Deadlines.SHORT))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(condition.acquire(false)).isTrue();
            condition.release();
        }
    }

    @Test
    @FromCPython("lock_tests.ConditionTests.test_unacquired_notify")
    void shouldRefuseToSignalWithoutTheLock() {
        for (Subject condition : List.of(newCondition(), newCondition(newLock()))) {
            assertThatThrownBy(condition::signal).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> condition.signal(0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(condition::signalAll).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldRefuseAnotherThreadWhenItsReentrantLockIsHeld() throws Exception {
        Subject condition = newReentrantCondition(newRLock());
        condition.acquire();
        Crew.start(1, () -> {
                    assertThatThrownBy(condition::await).isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(condition::signal).isInstanceOf(IllegalStateException.class);
                })
                .join();
        condition.release();
    }

    @Test
    void shouldAllowAnyThreadToSignalAndToWaitWhenItsPlainLockIsHeldByAnybody() throws Exception {
        L lock = newLock();
        Subject condition = newCondition(lock);
        AtomicBoolean signalled = new AtomicBoolean();
        lock.acquire();
        try (var waiter = Crew.start(1, () -> signalled.set(condition.await()))) {
            waiter.awaitBlocked(); // it has released the lock that this thread acquired
            assertThat(lock.acquire(false)).isTrue();
            Crew.start(1, () -> condition.signal()).join();
            lock.release();
        }
        assertThat(signalled).isTrue();
        assertThat(condition.locked()).isTrue(); // the waiter has acquired it again
        lock.release();
    }

    /** What CPython's _check_notify does: two waits in each of five threads, released in three portions. */
    private static void checkSignals(Subject condition) throws InterruptedException {
        List<Integer> first = new CopyOnWriteArrayList<>();
        List<Integer> second = new CopyOnWriteArrayList<>();
        AtomicInteger phase = new AtomicInteger();
        try (var crew = Crew.start(THREADS, () -> {
            for (List<Integer> results : List.of(first, second)) {
                condition.acquire();
                assertThat(condition.await()).isTrue();
                condition.release();
                results.add(phase.get());
            }
        })) {
            crew.awaitBlocked();
            assertThat(first).isEmpty();
            signalPhase(condition, phase, 3);
            Deadlines.eventually("three are through the first wait", () -> first.size() == 3);
            crew.awaitBlocked();
            assertThat(first).containsExactly(1, 1, 1);
            assertThat(second).isEmpty();
            signalPhase(condition, phase, 5);
            Deadlines.eventually("eight waits are over", () -> first.size() + second.size() == 8);
            crew.awaitBlocked();
            assertThat(first).containsExactly(1, 1, 1, 2, 2);
            assertThat(second).containsExactly(2, 2, 2);
            signalPhase(condition, phase, Integer.MAX_VALUE);
            crew.join();
        }
        assertThat(first).containsExactly(1, 1, 1, 2, 2);
        assertThat(second).containsExactly(2, 2, 2, 3, 3);
    }

    private static void signalPhase(Subject condition, AtomicInteger phase, int n) throws InterruptedException {
        condition.acquire();
        if (n == Integer.MAX_VALUE) {
            condition.signalAll();
        } else {
            condition.signal(n);
        }
        phase.incrementAndGet();
        condition.release();
    }

    @Test
    @FromCPython("lock_tests.ConditionTests.test_notify")
    void shouldWakeAsManyAsAreSignalledAndNoOthers() throws Exception {
        for (Subject condition : List.of(newCondition(), newCondition(newLock()))) {
            checkSignals(condition);
            checkSignals(condition); // again, for what the first run may have left inside
        }
    }

    @Test
    void shouldWakeOneWaiterPerSignalAndInTheOrderOfTheirComingIfItIsFair() throws Exception {
        Subject condition = newCondition();
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Crew> crews = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Crew crew = Crew.start(1, () -> {
                try (var held = condition.hold()) {
                    condition.await();
                    order.add(number);
                }
            });
            crews.add(crew.awaitBlocked());
        }
        for (int i = 1; i <= THREADS; i++) {
            try (var held = condition.hold()) {
                condition.signal();
            }
            int woken = i;
            Deadlines.eventually(woken + " woken", () -> order.size() == woken);
        }
        crews.forEach(Crew::join);
        assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        if (isFair()) {
            assertThat(order).isSorted();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void shouldWakeNobodyWhenToldToSignalNone(int n) throws Exception {
        Subject condition = newCondition();
        try (var crew = Crew.start(1, () -> {
            try (var held = condition.hold()) {
                condition.await();
            }
        })) {
            crew.awaitBlocked();
            try (var held = condition.hold()) {
                condition.signal(n);
            }
            crew.awaitBlocked();
            assertThat(crew.finished()).isZero();
            try (var held = condition.hold()) {
                condition.signal(2); // more than wait
            }
        }
    }

    @Test
    void shouldForgetASignalThatNobodyWaitsFor() throws Exception {
        Subject condition = newCondition();
        try (var held = condition.hold()) {
            condition.signal();
            condition.signalAll();
            assertThat(condition.await(Duration.ofMillis(10))).isFalse();
        }
    }

    @Test
    void shouldNotGiveTheLockUpWhenItSignals() throws Exception {
        Subject condition = newCondition();
        AtomicBoolean woken = new AtomicBoolean();
        try (var crew = Crew.start(1, () -> {
            try (var held = condition.hold()) {
                condition.await();
                woken.set(true);
            }
        })) {
            crew.awaitBlocked();
            try (var held = condition.hold()) {
                condition.signal();
                crew.awaitBlocked();
                assertThat(woken).isFalse();
            }
        }
        assertThat(woken).isTrue();
    }

    @Test
    @FromCPython("lock_tests.ConditionTests.test_timeout")
    void shouldReturnFalseWhenTheTimeIsOver() {
        Subject condition = newCondition();
        Crew.start(THREADS, () -> {
                    try (var held = condition.hold()) {
                        long start = System.nanoTime();
                        assertThat(condition.await(Deadlines.SHORT)).isFalse();
                        Deadlines.assertTook(start, Deadlines.SHORT);
                    }
                })
                .join();
        assertThat(condition.locked()).isFalse();
    }

    @Test
    void shouldReturnTrueWhenSignalledBeforeTheTimeIsOver() throws Exception {
        Subject condition = newCondition();
        try (var crew = Crew.start(1, () -> {
            try (var held = condition.hold()) {
                assertThat(condition.await(Deadlines.PATIENCE)).isTrue();
            }
        })) {
            crew.awaitBlocked();
            try (var held = condition.hold()) {
                condition.signal();
            }
        }
    }

    @Test
    void shouldGiveTheLockUpEvenIfTheTimeoutIsZero() throws Exception {
        Subject condition = newCondition();
        AtomicBoolean had = new AtomicBoolean();
        condition.acquire();
        try (var crew = Crew.start(1, () -> {
            try (var held = condition.hold()) {
                had.set(true);
            }
        })) {
            crew.awaitBlocked();
            Deadlines.eventually("the other has had the lock", () -> {
                try {
                    assertThat(condition.await(Duration.ZERO)).isFalse();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return had.get();
            });
        } finally {
            condition.release();
        }
    }

    @Test
    void shouldRefuseANegativeTimeout() throws Exception {
        Subject condition = newCondition();
        try (var held = condition.hold()) {
            assertThatThrownBy(() -> condition.await(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("timeout");
            assertThatThrownBy(() -> condition.awaitUntil(() -> true, Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(condition.locked()).isTrue();
        }
    }

    @Test
    void shouldGiveUpEveryLevelOfAReentrantLockAndTakeThemAgain() throws Exception {
        R lock = newRLock();
        Subject condition = newReentrantCondition(lock);
        try (var crew = Crew.start(1, () -> {
            for (int i = 0; i < 3; i++) {
                condition.acquire();
            }
            condition.await();
            for (int i = 0; i < 3; i++) {
                condition.release();
            }
            assertThatThrownBy(condition::release).isInstanceOf(IllegalStateException.class);
        })) {
            crew.awaitBlocked();
            assertThat(lock.acquire(false)).isTrue();
            condition.signal();
            lock.release();
        }
        assertThat(condition.locked()).isFalse();
    }

    @Test
    void shouldHoldTheLockWhenItThrowsInterruptedException() {
        for (Subject condition : List.of(newCondition(), newCondition(newLock()))) {
            try (var crew = Crew.start(1, () -> {
                try (var held = condition.hold()) {
                    assertThatThrownBy(condition::await).isInstanceOf(InterruptedException.class);
                    assertThat(condition.locked()).isTrue();
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }
            })) {
                crew.awaitBlocked();
                crew.interrupt();
            }
            assertThat(condition.locked()).isFalse();
        }
    }

    @Test
    void shouldThrowAtOnceWhenInterruptedBefore() throws Exception {
        Subject condition = newCondition();
        try (var held = condition.hold()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(condition::await).isInstanceOf(InterruptedException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> condition.await(Duration.ZERO)).isInstanceOf(InterruptedException.class);
            assertThat(condition.locked()).isTrue();
        }
    }

    @Test
    void shouldNotSpendASignalOnAWaiterThatWasInterruptedBefore() throws Exception {
        Subject condition = newCondition();
        AtomicInteger signalled = new AtomicInteger();
        Crew first = Crew.start(1, () -> {
            try (var held = condition.hold()) {
                assertThatThrownBy(condition::await).isInstanceOf(InterruptedException.class);
            }
        });
        first.awaitBlocked();
        try (var second = Crew.start(1, () -> {
            try (var held = condition.hold()) {
                condition.await();
                signalled.incrementAndGet();
            }
        })) {
            second.awaitBlocked();
            first.interrupt();
            first.join();
            try (var held = condition.hold()) {
                condition.signal();
            }
        }
        assertThat(signalled.get()).isOne();
    }

    /** A signal and an interrupt (or the end of the time) race for the first of two waiters; one of the two gets the signal. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoseNoSignalWhenItRacesWithTheEndOfAWait(boolean byInterrupt) throws Exception {
        Subject condition = newCondition();
        for (int round = 0; round < 400; round++) {
            AtomicInteger received = new AtomicInteger();
            Duration patience = byInterrupt ? Deadlines.PATIENCE : Duration.ofNanos(200_000 + 1_000L * round);
            Crew first = Crew.start(1, () -> receive(condition, patience, received));
            first.awaitBlocked();
            try (var second = Crew.start(1, () -> receive(condition, Deadlines.PATIENCE, received))) {
                second.awaitBlocked();
                if (byInterrupt) {
                    spin(round % 7);
                    first.interrupt();
                    spin(round % 5);
                }
                try (var held = condition.hold()) {
                    condition.signal();
                }
                Deadlines.eventually("one of two gets the signal", () -> received.get() == 1);
                first.interrupt(); // a first that timed out is over, one that was signalled too
                first.join();
                if (second.finished() == 0) {
                    try (var held = condition.hold()) {
                        condition.signal();
                    }
                }
            }
        }
    }

    private static void receive(Subject condition, Duration patience, AtomicInteger received)
            throws InterruptedException {
        condition.acquire();
        try {
            if (condition.await(patience)) {
                received.incrementAndGet();
            }
        } catch (InterruptedException e) {
            assertThat(condition.locked()).isTrue();
        } finally {
            condition.release();
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times * 200; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldCarryItemsFromProducersToConsumers() throws Exception {
        Subject condition = newCondition();
        List<Integer> items = new ArrayList<>();
        List<Integer> taken = new CopyOnWriteArrayList<>();
        int each = 500;
        try (var consumers = Crew.start(2, () -> {
                    for (int i = 0; i < each; i++) {
                        try (var held = condition.hold()) {
                            condition.awaitUntil(() -> !items.isEmpty());
                            taken.add(items.remove(0));
                        }
                    }
                });
                var producers = Crew.start(2, index -> {
                    for (int i = 0; i < each; i++) {
                        try (var held = condition.hold()) {
                            items.add(index * each + i);
                            condition.signal();
                        }
                    }
                })) {
            producers.join();
            consumers.join();
        }
        assertThat(taken).hasSize(2 * each).doesNotHaveDuplicates();
    }
}
