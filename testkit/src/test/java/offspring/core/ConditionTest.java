package offspring.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
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
}
