package offspring.core;

import static offspring.testkit.Deadlines.PATIENCE;
import static offspring.testkit.Deadlines.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.testkit.CapturedErr;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

class TimerTest {

    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    @FromCPython("test_threading.TimerTests.test_init_immutable_default_args")
    void shouldShareNothingBetweenTimers() throws Exception {
        List<String> calls = new ArrayList<>();
        var called = new Event();
        for (int i = 1; i <= 2; i++) {
            var own = new ArrayList<String>();
            var timer = new Timer(Duration.ofMillis(10), () -> {
                own.add("blah");
                calls.addAll(own);
                called.set();
            });
            timer.start();
            called.await();
            called.clear();
            timer.join();
        }
        assertThat(calls).containsExactly("blah", "blah");
    }

    @Test
    void shouldCallAfterTheInterval() throws Exception {
        var fired = new Event();
        var timer = new Timer(SHORT, fired::set);
        assertThat(timer.interval()).isEqualTo(SHORT);
        assertThat(timer).asString().matches("<Timer\\(Thread-\\d+, initial\\)>");

        long start = System.nanoTime();
        timer.start();
        assertThat(fired.await(PATIENCE)).isTrue();

        Deadlines.assertTook(start, SHORT);
        assertThat(timer.finished().await(PATIENCE)).isTrue();
        assertThat(timer.cancel()).isFalse();
        timer.join();
    }

    @Test
    void shouldCallAtOnceWhenTheIntervalIsZero() throws Exception {
        var calls = new AtomicInteger();
        var timer = new Timer(Duration.ZERO, calls::incrementAndGet);

        timer.start();
        timer.join();

        assertThat(calls).hasValue(1);
    }

    @Test
    void shouldRefuseBadArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timer(Duration.ofMillis(-1), () -> {}))
                .withMessageContaining("interval=PT-0.001S");
        assertThatNullPointerException().isThrownBy(() -> new Timer(null, () -> {}));
        assertThatNullPointerException().isThrownBy(() -> new Timer(NEVER, null));
    }

    @Test
    void shouldNotCallWhenCancelledWhileItWaits() throws Exception {
        var calls = new AtomicInteger();
        var timer = new Timer(NEVER, calls::incrementAndGet);
        timer.start();

        assertThat(timer.cancel()).isTrue();
        assertThat(timer.cancel()).isTrue();

        timer.join();
        assertThat(calls).hasValue(0);
        assertThat(timer.finished().isSet()).isTrue();
    }

    @Test
    void shouldNotCallWhenCancelledBeforeTheStart() throws Exception {
        var calls = new AtomicInteger();
        var timer = new Timer(Duration.ZERO, calls::incrementAndGet);
        assertThat(timer.cancel()).isTrue();

        timer.start();
        timer.join();

        assertThat(calls).hasValue(0);
    }

    @Test
    void shouldNotCallWhenItsEventIsSetByHand() throws Exception {
        var calls = new AtomicInteger();
        var timer = new Timer(NEVER, calls::incrementAndGet);
        timer.start();

        timer.finished().set();

        timer.join();
        assertThat(calls).hasValue(0);
    }

    @Test
    void shouldCallExactlyWhenCancelSaysSo() throws Exception {
        for (int i = 0; i < 300; i++) {
            var calls = new AtomicInteger();
            var timer = new Timer(Duration.ofNanos(i * 1_000L), calls::incrementAndGet);
            timer.start();
            boolean cancelled = timer.cancel();
            timer.join();
            assertThat(calls).hasValue(cancelled ? 0 : 1);
        }
    }

    @Test
    void shouldReportAFailingFunctionAndFinish() throws Exception {
        try (var err = CapturedErr.open()) {
            var timer = new Timer(Duration.ZERO, () -> {
                throw new IllegalArgumentException("bad timing");
            });
            timer.start();
            timer.join();

            assertThat(err.text())
                    .contains("Exception in thread " + timer.name())
                    .contains("bad timing");
            assertThat(timer.finished().isSet()).isTrue();
        }
    }

    @Test
    void shouldNotCallWhenInterrupted() throws Exception {
        var calls = new AtomicInteger();
        try (var err = CapturedErr.open()) {
            var timer = new Timer(NEVER, calls::incrementAndGet);
            timer.start();
            timer.interrupt();
            timer.join();

            assertThat(err.text()).contains("InterruptedException");
            assertThat(timer.finished().isSet()).isTrue();
        }
        assertThat(calls).hasValue(0);
    }
}
