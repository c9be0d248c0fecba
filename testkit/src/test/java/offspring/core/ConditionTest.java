package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.function.CheckedSupplier;
import offspring.testkit.Crew;
import offspring.testkit.contract.ConditionContract;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // holds are closed, not looked at
class ConditionTest extends ConditionContract<Lock, RLock> {

    private record Adapter(Condition condition) implements Subject {
        @Override
        public boolean acquire() throws InterruptedException {
            return condition.acquire();
        }

        @Override
        public boolean acquire(boolean blocking) throws InterruptedException {
            return condition.acquire(blocking);
        }

        @Override
        public boolean acquire(Duration timeout) throws InterruptedException {
            return condition.acquire(timeout);
        }

        @Override
        public void release() {
            condition.release();
        }

        @Override
        public boolean await() throws InterruptedException {
            return condition.await();
        }

        @Override
        public boolean await(Duration timeout) throws InterruptedException {
            return condition.await(timeout);
        }

        @Override
        public <T> T awaitUntil(CheckedSupplier<T> predicate) throws InterruptedException {
            return condition.awaitUntil(predicate);
        }

        @Override
        public <T> T awaitUntil(CheckedSupplier<T> predicate, Duration timeout) throws InterruptedException {
            return condition.awaitUntil(predicate, timeout);
        }

        @Override
        public void signal() {
            condition.signal();
        }

        @Override
        public void signal(int n) {
            condition.signal(n);
        }

        @Override
        public void signalAll() {
            condition.signalAll();
        }

        @Override
        public boolean locked() {
            return condition.locked();
        }
    }

    @Override
    protected Subject newCondition() {
        return new Adapter(new Condition());
    }

    @Override
    protected Subject newCondition(Lock lock) {
        return new Adapter(new Condition(lock));
    }

    @Override
    protected Subject newReentrantCondition(RLock lock) {
        return new Adapter(new Condition(lock));
    }

    @Override
    protected Lock newLock() {
        return new Lock();
    }

    @Override
    protected RLock newRLock() {
        return new RLock();
    }

    @Test
    void shouldCompileWhereAStatementOrABooleanIsExpected() throws Exception {
        var items = new ArrayDeque<String>();
        items.add("news");
        int[] n = {3};
        var changed = new Condition();
        try (var held = changed.hold()) {
            changed.awaitUntil(() -> !items.isEmpty());
            if (!changed.awaitUntil(() -> n[0] == 3, Duration.ofSeconds(1))) {
                throw new AssertionError("n is 3");
            }
            boolean four = changed.awaitUntil(() -> n[0] == 4, Duration.ZERO);
            String item = changed.awaitUntil(items::poll);
            String none = changed.awaitUntil(items::poll, Duration.ofMillis(1));
            assertThat(none).isNull();
            assertThat(four).isFalse();
            assertThat(item).isEqualTo("news");
        }
    }

    @Test
    void shouldTellHowManyWait() throws Exception {
        var condition = new Condition();
        try (var crew = Crew.start(3, () -> {
            try (var held = condition.hold()) {
                condition.await();
            }
        })) {
            crew.awaitBlocked();
            assertThat(condition.statistics()).isEqualTo(new Condition.Statistics(false, 3));
            assertThat(condition.toString())
                    .startsWith("<offspring.core.Condition(<unlocked offspring.core.RLock object")
                    .endsWith(", 3)>");
            try (var held = condition.hold()) {
                condition.signalAll();
                assertThat(condition.statistics()).isEqualTo(new Condition.Statistics(true, 0));
            }
        }
    }

    @Test
    void shouldForgetWaitersThatGaveUp() throws Exception {
        var condition = new Condition();
        try (var held = condition.hold()) {
            for (int i = 0; i < 100; i++) {
                assertThat(condition.await(Duration.ZERO)).isFalse();
            }
            assertThat(condition.statistics().waiting()).isZero();
        }
    }

    @Test
    void shouldServeSeveralConditionsOverOneLock() throws Exception {
        var lock = new Lock();
        var full = new Condition(lock);
        var empty = new Condition(lock);
        boolean[] filled = {false};
        try (var crew = Crew.start(1, () -> {
            try (var held = full.hold()) {
                full.awaitUntil(() -> filled[0]);
                filled[0] = false;
                empty.signal();
            }
        })) {
            crew.awaitBlocked();
            try (var held = lock.hold()) {
                filled[0] = true;
                full.signal();
                empty.awaitUntil(() -> !filled[0]);
            }
        }
        assertThat(lock.locked()).isFalse();
    }

    /** Over a plain lock, which a stranger may signal under while its holder is just releasing it. */
    @Test
    void shouldLoseNoSignalOfAStrangerThatRacesWithTheRelease() throws Exception {
        var lock = new Lock();
        var condition = new Condition(lock);
        var go = new AtomicInteger();
        for (int round = 1; round <= 500; round++) {
            int now = round;
            Crew waiter = Crew.start(1, () -> {
                lock.acquire();
                condition.await();
                lock.release();
            });
            waiter.awaitBlocked();
            lock.acquire();
            Crew stranger = Crew.start(1, () -> {
                while (go.get() < now) {
                    java.lang.Thread.onSpinWait();
                }
                signalAsAStranger(condition);
            });
            go.set(round);
            for (int i = 0; i < round % 50; i++) {
                java.lang.Thread.onSpinWait();
            }
            lock.release();
            stranger.join();
            waiter.join();
        }
    }

    private static void signalAsAStranger(Condition condition) throws InterruptedException {
        try {
            condition.signal();
        } catch (IllegalStateException e) { // the release was first
            try (var held = condition.hold()) {
                condition.signal();
            }
        }
    }

    @Test
    void shouldWakeEverybodyWhenAThreadSignalsAllAndWaitsItself() throws Exception {
        for (Condition condition : List.of(new Condition(), new Condition(new Lock()))) {
            int[] turn = {0};
            Crew.start(4, index -> {
                        for (int i = 0; i < 300; i++) {
                            try (var held = condition.hold()) {
                                condition.awaitUntil(() -> turn[0] % 4 == index);
                                turn[0]++;
                                condition.signalAll();
                            }
                        }
                    })
                    .join();
            assertThat(turn[0]).isEqualTo(1_200);
        }
    }
}
