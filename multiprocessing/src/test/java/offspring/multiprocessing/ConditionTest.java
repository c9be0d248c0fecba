package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import offspring.core.function.CheckedSupplier;
import offspring.testkit.Crew;
import offspring.testkit.contract.ConditionContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FamilyCheck.class)
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

    private static <T> T made(CheckedSupplier<T> maker) {
        return maker.get();
    }

    @Override
    protected Subject newCondition() {
        return new Adapter(made(Condition::new));
    }

    @Override
    protected Subject newCondition(Lock lock) {
        return new Adapter(made(() -> new Condition(lock)));
    }

    @Override
    protected Subject newReentrantCondition(RLock lock) {
        return new Adapter(made(() -> new Condition(lock)));
    }

    @Override
    protected Lock newLock() {
        return made(Lock::new);
    }

    @Override
    protected RLock newRLock() {
        return made(RLock::new);
    }

    @Override
    protected boolean isFair() {
        return false;
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
            assertThat(condition).hasToString("<Condition(<RLock(None, 0)>, 3)>");
            try (var held = condition.hold()) {
                condition.signalAll();
                assertThat(condition.statistics()).isEqualTo(new Condition.Statistics(true, 0));
            }
        }
        condition.close();
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
        condition.close();
    }
}
