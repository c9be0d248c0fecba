package offspring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Acquirable;
import offspring.core.function.CheckedSupplier;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/**
 * How a condition waits until a predicate is true; the part of {@link ConditionContract} that concerns predicates.
 *
 * @param <L> the lock without owner
 * @param <R> the reentrant lock
 */
@SuppressWarnings("try") // holds are closed, not looked at
public abstract class AwaitUntilContract<L extends Acquirable, R extends Acquirable> {

    /** What a condition has beyond its lock. */
    public interface Subject extends Acquirable {

        /** Waits for a signal. */
        boolean await() throws InterruptedException;

        /** Waits for a signal, at most so long. */
        boolean await(Duration timeout) throws InterruptedException;

        /** Waits until the predicate is true. */
        <T> T awaitUntil(CheckedSupplier<T> predicate) throws InterruptedException;

        /** Waits until the predicate is true, at most so long. */
        <T> T awaitUntil(CheckedSupplier<T> predicate, Duration timeout) throws InterruptedException;

        /** Signals one. */
        void signal();

        /** Signals so many. */
        void signal(int n);

        /** Signals all. */
        void signalAll();

        /** Whether the lock is held. */
        boolean locked();
    }

    /** A condition over the lock that it takes by itself. */
    protected abstract Subject newCondition();

    /** A condition over a lock without an owner. */
    protected abstract Subject newCondition(L lock);

    /** A condition over a reentrant lock. */
    protected abstract Subject newReentrantCondition(R lock);

    /** A new lock without owner. */
    protected abstract L newLock();

    /** A new reentrant lock. */
    protected abstract R newRLock();

    @Test
    @FromCPython("lock_tests.ConditionTests.test_waitfor")
    void shouldWaitUntilThePredicateIsTrue() throws Exception {
        Subject condition = newCondition();
        AtomicInteger state = new AtomicInteger();
        try (var crew = Crew.start(1, () -> {
            try (var held = condition.hold()) {
                assertThat(condition.awaitUntil(() -> state.get() == 4)).isTrue();
                assertThat(state.get()).isEqualTo(4);
            }
        })) {
            for (int i = 0; i < 4; i++) {
                crew.awaitBlocked();
                try (var held = condition.hold()) {
                    state.incrementAndGet();
                    condition.signal();
                }
            }
        }
    }

    @Test
    @FromCPython("lock_tests.ConditionTests.test_waitfor_timeout")
    void shouldGiveUpOnAPredicateWhenTheTimeIsOver() throws Exception {
        Subject condition = newCondition();
        AtomicInteger state = new AtomicInteger();
        try (var crew = Crew.start(1, () -> {
            try (var held = condition.hold()) {
                long start = System.nanoTime();
                assertThat(condition.awaitUntil(() -> state.get() == 4, Deadlines.SHORT))
                        .isFalse();
                Deadlines.assertTook(start, Deadlines.SHORT);
            }
        })) {
            for (int i = 0; i < 3; i++) {
                crew.awaitBlocked();
                try (var held = condition.hold()) {
                    state.incrementAndGet();
                    condition.signal();
                }
            }
        }
    }

    @Test
    void shouldReturnWhatThePredicateReturns() throws Exception {
        Subject condition = newCondition();
        try (var held = condition.hold()) {
            String found = condition.awaitUntil(() -> "found");
            assertThat(found).isEqualTo("found");
            if (condition.awaitUntil(() -> state() == 3, Duration.ZERO)) {
                throw new AssertionError("the state is never 3");
            }
            condition.awaitUntil(() -> state() == 0);
        }
    }

    private static int state() {
        return 0;
    }

    @Test
    void shouldEvaluateThePredicateOnceMoreWhenTheTimeIsOver() throws Exception {
        Subject condition = newCondition();
        AtomicInteger calls = new AtomicInteger();
        try (var held = condition.hold()) {
            assertThat(condition.awaitUntil(() -> calls.incrementAndGet() == 2, Duration.ZERO))
                    .isTrue();
        }
        assertThat(calls.get()).isEqualTo(2);
    }

    @Test
    void shouldLetWhatThePredicateThrowsComeOutWithTheLockHeld() throws Exception {
        Subject condition = newCondition();
        CheckedSupplier<Boolean> failing = () -> {
            assertThat(condition.locked()).isTrue();
            throw new IOException("on purpose");
        };
        try (var held = condition.hold()) {
            assertThatThrownBy(() -> condition.awaitUntil(failing)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> condition.awaitUntil(failing, Deadlines.SHORT))
                    .isInstanceOf(IOException.class);
            assertThat(condition.locked()).isTrue();
        }
        assertThat(condition.locked()).isFalse();
    }
}
