package offspring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

/** What an event does. */
public abstract class EventContract {

    private static final int THREADS = 5;

    /** An event, of threads or of processes. */
    public interface Subject {

        /** Whether the flag is set. */
        boolean isSet();

        /** Sets it. */
        void set();

        /** Clears it. */
        void clear();

        /** Waits for it. */
        boolean await() throws InterruptedException;

        /** Waits for it, at most so long. */
        boolean await(Duration timeout) throws InterruptedException;
    }

    /** A new event. */
    protected abstract Subject newEvent();

    /** What its text looks like, as a regular expression. */
    protected String text(boolean set) {
        return "<.*Event at .*: " + (set ? "set" : "unset") + ">";
    }

    @Test
    @FromCPython("lock_tests.EventTests.test_is_set")
    void shouldBeSetFromSetToClear() {
        Subject event = newEvent();
        assertThat(event.isSet()).isFalse();
        event.set();
        assertThat(event.isSet()).isTrue();
        event.set();
        assertThat(event.isSet()).isTrue();
        event.clear();
        assertThat(event.isSet()).isFalse();
        event.clear();
        assertThat(event.isSet()).isFalse();
    }

    private static void checkWaiters(Subject event) {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        try (var crew = Crew.start(THREADS, () -> {
            assertThat(event.await()).isTrue();
            first.incrementAndGet();
            assertThat(event.await()).isTrue();
            second.incrementAndGet();
        })) {
            crew.awaitBlocked();
            assertThat(first.get()).isZero();
            event.set();
        }
        assertThat(first.get()).isEqualTo(THREADS);
        assertThat(second.get()).isEqualTo(THREADS);
    }

    @Test
    @FromCPython("lock_tests.EventTests.test_notify")
    void shouldWakeAllWhoWaitAndHoldUpNobodyWhileSet() {
        Subject event = newEvent();
        checkWaiters(event);
        event.set();
        event.clear();
        checkWaiters(event);
    }

    @Test
    @FromCPython("lock_tests.EventTests.test_timeout")
    void shouldReturnFalseWhenTheTimeIsOverAndTrueWhileSet() {
        Subject event = newEvent();
        Crew.start(THREADS, () -> {
                    assertThat(event.await(Duration.ZERO)).isFalse();
                    long start = System.nanoTime();
                    assertThat(event.await(Deadlines.SHORT)).isFalse();
                    Deadlines.assertTook(start, Deadlines.SHORT);
                })
                .join();
        event.set();
        Crew.start(THREADS, () -> {
                    assertThat(event.await(Duration.ZERO)).isTrue();
                    assertThat(event.await(Deadlines.SHORT)).isTrue();
                })
                .join();
    }

    @Test
    @FromCPython("lock_tests.EventTests.test_set_and_clear")
    void shouldReturnTrueToAllWhoWaitWhenClearedAtOnce() {
        Subject event = newEvent();
        for (int round = 0; round < 20; round++) {
            try (var crew = Crew.start(
                    THREADS,
                    index -> assertThat(index % 2 == 0 ? event.await() : event.await(Deadlines.PATIENCE))
                            .isTrue())) {
                crew.awaitBlocked();
                event.set();
                event.clear();
            }
            assertThat(event.isSet()).isFalse();
        }
    }

    @Test
    void shouldWakeTheWaitersOfEachRoundWhenSetAndClearedOften() {
        Subject event = newEvent();
        int rounds = 300;
        AtomicInteger arrived = new AtomicInteger();
        try (var crew = Crew.start(3, () -> {
            for (int i = 0; i < rounds; i++) {
                arrived.incrementAndGet();
                assertThat(event.await(Deadlines.PATIENCE)).isTrue();
            }
        })) {
            while (crew.finished() < 3) {
                event.set();
                event.clear();
                Thread.onSpinWait();
            }
        }
        assertThat(arrived.get()).isEqualTo(3 * rounds);
    }

    @Test
    @FromCPython("lock_tests.EventTests.test_repr")
    void shouldSayWhetherItIsSet() {
        Subject event = newEvent();
        assertThat(event.toString()).matches(text(false));
        event.set();
        assertThat(event.toString()).matches(text(true));
    }

    @Test
    void shouldRefuseANegativeTimeout() {
        Subject event = newEvent();
        event.set();
        assertThatThrownBy(() -> event.await(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
    }

    @Test
    void shouldWaitForEverWithTheLongestTimeout() {
        Subject event = newEvent();
        try (var crew = Crew.start(
                1,
                () -> assertThat(event.await(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                        .isTrue())) {
            crew.awaitBlocked();
            event.set();
        }
    }

    @Test
    void shouldThrowInterruptedExceptionAndStayUsableWhenInterrupted() {
        Subject event = newEvent();
        try (var crew = Crew.start(2, index -> {
            if (index == 0) {
                assertThatThrownBy(event::await).isInstanceOf(InterruptedException.class);
            } else {
                assertThatThrownBy(() -> event.await(Deadlines.PATIENCE)).isInstanceOf(InterruptedException.class);
            }
        })) {
            crew.awaitBlocked();
            crew.interrupt();
        }
        event.set();
        Thread.currentThread().interrupt();
        assertThatThrownBy(event::await).isInstanceOf(InterruptedException.class);
        assertThat(event.isSet()).isTrue();
    }
}
