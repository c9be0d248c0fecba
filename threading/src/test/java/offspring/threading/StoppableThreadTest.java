package offspring.threading;

import static offspring.testkit.Deadlines.PATIENCE;
import static offspring.testkit.Deadlines.SHORT;
import static offspring.testkit.Deadlines.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.Event;
import offspring.core.ThreadExitException;
import offspring.core.function.CheckedConsumer;
import offspring.testkit.CapturedErr;
import offspring.testkit.Crew;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a crew is there for its close
class StoppableThreadTest {

    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicReference<Throwable> reported = new AtomicReference<>();

    @BeforeEach
    void listen() {
        Threading.setExcepthook(args -> reported.set(args.exception()));
    }

    @AfterEach
    void restoreHook() {
        Threading.setExcepthook(Threading.defaultExcepthook());
    }

    private StoppableThread counter() {
        return new StoppableThread(() -> {
            steps.incrementAndGet();
        });
    }

    private void awaitProgress() {
        int now = steps.get();
        eventually("another step is made", () -> steps.get() > now);
    }

    @Test
    void shouldRepeatTheStepUntilTerminated() throws Exception {
        StoppableThread thread = counter();
        thread.start();
        awaitProgress();
        awaitProgress();
        assertThat(thread.terminated()).isFalse();

        thread.terminate();
        thread.join();

        assertThat(thread.terminated()).isTrue();
        assertThat(thread.isAlive()).isFalse();
        assertThat(reported.get()).isNull();
    }

    @Test
    void shouldRestWhileSuspended() throws Exception {
        StoppableThread thread = counter();
        thread.start();
        awaitProgress();
        assertThat(thread.awaitResting(PATIENCE)).isFalse();

        thread.suspend();
        assertThat(thread.awaitResting(PATIENCE)).isTrue();
        assertThat(thread.suspended()).isTrue();
        assertThat(thread.resting()).isTrue();
        int atRest = steps.get();
        assertThat(thread.join(SHORT)).isFalse();
        assertThat(steps).hasValue(atRest);

        thread.resume();
        assertThat(thread.suspended()).isFalse();
        awaitProgress();
        assertThat(thread.resting()).isFalse();
        thread.terminate();
        thread.join();
    }

    @Test
    void shouldBearRepeatedCommands() throws Exception {
        StoppableThread thread = counter();
        thread.resume();
        thread.start();
        thread.resume();
        thread.suspend();
        thread.suspend();
        thread.suspend();
        assertThat(thread.awaitResting(PATIENCE)).isTrue();
        thread.resume();
        awaitProgress();
        thread.resume();
        awaitProgress();
        thread.terminate();
        thread.terminate();
        thread.join();
        thread.suspend();
        thread.resume();
        thread.terminate();
        assertThat(thread.suspended()).isFalse();
        assertThat(thread.awaitResting(PATIENCE)).isFalse();
        assertThat(reported.get()).isNull();
    }

    @Test
    void shouldEndWhenTerminatedWhileSuspended() throws Exception {
        for (boolean interrupt : new boolean[] {true, false}) {
            StoppableThread thread = counter();
            thread.start();
            thread.suspend();
            assertThat(thread.awaitResting(PATIENCE)).isTrue();

            thread.terminate(interrupt);

            thread.join();
            assertThat(thread.resting()).isFalse();
            assertThat(thread.suspended()).isFalse();
        }
        assertThat(reported.get()).isNull();
    }

    @Test
    void shouldMakeNoStepWhenTerminatedBeforeTheStart() throws Exception {
        StoppableThread thread = counter();
        thread.terminate();
        thread.start();
        thread.join();
        var body = StoppableThread.withBody(self -> {
            steps.incrementAndGet();
        });
        body.terminate();
        body.start();
        body.join();

        assertThat(steps).hasValue(0);
    }

    @Test
    void shouldMakeNoStepWhileSuspendedBeforeTheStart() throws Exception {
        StoppableThread thread = counter();
        thread.suspend();
        thread.start();
        assertThat(thread.awaitResting(PATIENCE)).isTrue();
        assertThat(steps).hasValue(0);

        thread.resume();
        awaitProgress();
        thread.terminate();
        thread.join();
    }

    @Test
    void shouldEndAStepThatWaits() throws Exception {
        var entered = new Event();
        var thread = new StoppableThread(() -> {
            entered.set();
            new Event().await();
        });
        thread.start();
        entered.await();

        thread.terminate();
        thread.join();

        assertThat(reported.get()).isNull();
    }

    @Test
    void shouldEndAStepThatWaitsInAChannel() throws Exception {
        var pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink()) {
            var entered = new Event();
            var thread = new StoppableThread(() -> {
                entered.set();
                source.read(ByteBuffer.allocate(1));
            });
            thread.start();
            entered.await();

            thread.terminate();
            thread.join();

            assertThat(sink.isOpen()).isTrue();
        }
        assertThat(reported.get()).isNull();
    }

    @Test
    void shouldLetAStepThatWaitsGoOnWhenTerminatedGently() throws Exception {
        var entered = new Event();
        var go = new Event();
        var thread = new StoppableThread(() -> {
            entered.set();
            go.await();
            steps.incrementAndGet();
        });
        thread.start();
        entered.await();

        thread.terminate(false);
        thread.terminate(true);
        assertThat(thread.join(SHORT)).isFalse();
        go.set();
        thread.join();

        assertThat(steps).hasValue(1);
    }

    @Test
    void shouldUnwindFromACheckpointAndLetCleanUpBlock() throws Exception {
        for (int i = 0; i < 200; i++) {
            var cleaned = new AtomicBoolean();
            var entered = new Event();
            var thread = StoppableThread.withBody(self -> {
                try {
                    entered.set();
                    while (true) {
                        self.checkpoint();
                    }
                } finally {
                    new Event().await(Duration.ofNanos(1));
                    cleaned.set(true);
                }
            });
            thread.start();
            entered.await();
            thread.terminate();
            thread.join();
            assertThat(cleaned).isTrue();
        }
        assertThat(reported.get()).isNull();
    }

    @Test
    void shouldTellTheBodyToEndInsteadOfThrowing() throws Exception {
        var after = new AtomicBoolean();
        CheckedConsumer<StoppableThread> body = self -> {
            while (self.proceed()) {
                steps.incrementAndGet();
            }
            after.set(true);
        };
        var thread = StoppableThread.withBody(body, "counter");
        assertThat(thread.name()).isEqualTo("counter");
        thread.start();
        awaitProgress();
        thread.suspend();
        assertThat(thread.awaitResting(PATIENCE)).isTrue();
        thread.terminate();
        thread.join();

        assertThat(after).isTrue();
    }

    @Test
    void shouldLetABodyEndByItself() throws Exception {
        var thread = StoppableThread.withBody(self -> self.checkpoint());
        thread.start();
        thread.join();

        assertThat(thread.terminated()).isFalse();
    }

    @Test
    void shouldObeyItself() throws Exception {
        var thread = StoppableThread.withBody(self -> {
            self.suspend();
            self.checkpoint();
            steps.incrementAndGet();
            self.terminate();
            steps.incrementAndGet();
            self.checkpoint();
            steps.addAndGet(100);
        });
        thread.start();
        eventually("it has suspended itself", thread::resting);
        thread.resume();
        thread.join();

        assertThat(steps).hasValue(2);
    }

    @Test
    void shouldReportAFailureOfTheStep() throws Exception {
        var thread = new StoppableThread(() -> {
            throw new IOException("broken");
        });
        thread.start();
        thread.join();

        assertThat(reported.get()).isExactlyInstanceOf(IOException.class).hasMessage("broken");
    }

    @Test
    void shouldReportAFailureThatFollowsTheTermination() throws Exception {
        var entered = new Event();
        var thread = new StoppableThread(() -> {
            entered.set();
            try {
                new Event().await();
            } finally {
                throwBroken();
            }
        });
        thread.start();
        entered.await();
        thread.terminate();
        thread.join();

        assertThat(reported.get()).hasMessage("broken clean-up");
    }

    private static void throwBroken() throws IOException {
        throw new IOException("broken clean-up");
    }

    @Test
    void shouldReportAnInterruptThatIsNoTermination() throws Exception {
        StoppableThread thread = counter();
        thread.suspend();
        thread.start();
        assertThat(thread.awaitResting(PATIENCE)).isTrue();

        thread.interrupt();
        thread.join();

        assertThat(reported.get()).isInstanceOf(InterruptedException.class);
        assertThat(thread.resting()).isFalse();
    }

    @Test
    void shouldSayNothingWhenTheBodyLeavesOnPurpose() throws Exception {
        Threading.setExcepthook(Threading.defaultExcepthook());
        try (var err = CapturedErr.open()) {
            var thread = StoppableThread.withBody(self -> {
                throw new ThreadExitException("enough");
            });
            thread.start();
            thread.join();

            assertThat(err.text()).isEmpty();
        }
    }

    @Test
    void shouldServeASubclassThatStepsAndOneThatHasABody() throws Exception {
        var stepping = new StoppableThread() {
            @Override
            protected void step() {
                steps.incrementAndGet();
            }
        };
        var begun = new Event();
        var ended = new AtomicBoolean();
        var working = new StoppableThread() {
            @Override
            protected void body() throws Exception {
                try {
                    begun.set();
                    while (true) {
                        checkpoint();
                    }
                } finally {
                    ended.set(true);
                }
            }
        };
        stepping.start();
        working.start();
        awaitProgress();
        begun.await();
        working.suspend();
        assertThat(working.awaitResting(PATIENCE)).isTrue();
        stepping.terminate();
        working.terminate();
        stepping.join();
        working.join();

        assertThat(ended).isTrue();
        assertThat(reported.get()).isNull();
    }

    @Test
    void shouldReportASubclassWithNothingToDo() throws Exception {
        var thread = new StoppableThread() {};
        thread.start();
        thread.join();

        assertThat(reported.get()).hasMessageContaining("override step() or body()");
    }

    @Test
    void shouldRefuseMisuse() throws Exception {
        StoppableThread thread = counter();
        assertThatIllegalStateException().isThrownBy(thread::checkpoint);
        thread.start();
        assertThatIllegalStateException().isThrownBy(thread::checkpoint).withMessageContaining("own work");
        assertThatIllegalArgumentException().isThrownBy(() -> thread.awaitResting(Duration.ofNanos(-1)));
        thread.terminate();
        thread.join();
        assertThatNullPointerException().isThrownBy(() -> new StoppableThread(null));
        assertThatNullPointerException().isThrownBy(() -> StoppableThread.withBody(null));
    }

    @Test
    void shouldTimeOutWaitingForAThreadThatDoesNotComeToRest() throws Exception {
        var entered = new Event();
        var go = new Event();
        var thread = new StoppableThread(() -> {
            entered.set();
            go.await();
        });
        thread.start();
        entered.await();
        thread.suspend();

        assertThat(thread.awaitResting(Duration.ofMillis(20))).isFalse();
        assertThat(thread.suspended()).isTrue();

        go.set();
        assertThat(thread.awaitResting(PATIENCE)).isTrue();
        thread.terminate();
        thread.join();
    }

    @Test
    void shouldStopWaitingForRestWhenTheThreadEnds() throws Exception {
        var entered = new Event();
        var go = new Event();
        var thread = StoppableThread.withBody(self -> {
            entered.set();
            go.await();
        });
        thread.start();
        entered.await();
        thread.suspend();
        try (var crew = Crew.start(
                1,
                () -> assertThat(thread.awaitResting(PATIENCE.multipliedBy(3))).isFalse())) {
            crew.awaitBlocked();
            go.set();
        }
        thread.join();
    }

    @Test
    void shouldKeepItsStateWhenManyCommandIt() throws Exception {
        StoppableThread thread = counter();
        thread.start();
        try (var crew = Crew.start(4, (Integer index) -> {
            for (int i = 0; i < 500; i++) {
                if (index % 2 == 0) {
                    thread.suspend();
                } else {
                    thread.resume();
                }
            }
        })) {
            crew.join();
        }
        thread.suspend();
        assertThat(thread.awaitResting(PATIENCE)).isTrue();
        thread.resume();
        awaitProgress();
        thread.terminate();
        thread.join();
        assertThat(reported.get()).isNull();
    }
}
