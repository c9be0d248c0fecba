package offspring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import offspring.core.function.CheckedRunnable;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a barrier does. */
@SuppressWarnings("try") // crews are closed, not looked at
public abstract class BarrierContract {

    private static final int PARTIES = 5;
    private static final int CHOSEN = PARTIES / 2;

    /** A barrier, of threads or of processes. */
    public interface Subject {

        /** Arrives and waits. */
        int await() throws InterruptedException, BrokenBarrierException;

        /** Arrives and waits, at most so long. */
        int await(Duration timeout) throws InterruptedException, BrokenBarrierException;

        /** Makes it as new. */
        void reset();

        /** Breaks it. */
        void abort();

        /** How many meet. */
        int parties();

        /** How many wait. */
        int nWaiting();

        /** Whether it is broken. */
        boolean broken();
    }

    /** A new barrier. */
    protected abstract Subject newBarrier(int parties, @Nullable CheckedRunnable action, @Nullable Duration timeout);

    private Subject newBarrier(int parties) {
        return newBarrier(parties, null, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    @FromCPython("lock_tests.BarrierTests.test_constructor")
    void shouldRefuseFewerThanOneParty(int parties) {
        assertThatThrownBy(() -> newBarrier(parties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parties: " + parties);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 300})
    @FromCPython({"lock_tests.BarrierTests.test_barrier", "lock_tests.BarrierTests.test_barrier_10"})
    void shouldKeepItsThreadsInStep(int passes) {
        Subject barrier = newBarrier(PARTIES);
        assertThat(barrier.parties()).isEqualTo(PARTIES);
        AtomicInteger before = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        Crew.start(PARTIES, () -> {
                    for (int i = 0; i < passes; i++) {
                        before.incrementAndGet();
                        assertThat(after.get()).isEqualTo(i * PARTIES);
                        barrier.await();
                        after.incrementAndGet();
                        assertThat(before.get()).isEqualTo((i + 1) * PARTIES);
                        barrier.await();
                    }
                })
                .join();
        assertThat(barrier.nWaiting()).isZero();
        assertThat(barrier.broken()).isFalse();
    }

    @Test
    @FromCPython("lock_tests.BarrierTests.test_wait_return")
    void shouldReturnEachIndexOnce() {
        Subject barrier = newBarrier(PARTIES);
        List<Integer> indices = new CopyOnWriteArrayList<>();
        Crew.start(PARTIES, () -> indices.add(barrier.await())).join();
        assertThat(indices).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void shouldReturnTheOrderOfArrival() throws Exception {
        Subject barrier = newBarrier(3);
        try (var first = Crew.start(1, () -> assertThat(barrier.await()).isZero())) {
            Deadlines.eventually("one waits", () -> barrier.nWaiting() == 1);
            try (var second = Crew.start(1, () -> assertThat(barrier.await()).isOne())) {
                Deadlines.eventually("two wait", () -> barrier.nWaiting() == 2);
                second.awaitBlocked();
                assertThat(barrier.await()).isEqualTo(2);
            }
        }
        assertThat(barrier.nWaiting()).isZero();
    }

    @Test
    @FromCPython("lock_tests.BarrierTests.test_action")
    void shouldRunTheActionOnceBeforeAnybodyLeaves() {
        AtomicInteger runs = new AtomicInteger();
        List<Thread> runners = new CopyOnWriteArrayList<>();
        List<Thread> last = new CopyOnWriteArrayList<>();
        Subject barrier = newBarrier(
                PARTIES,
                () -> {
                    runners.add(Thread.currentThread());
                    runs.incrementAndGet();
                },
                null);
        Crew.start(PARTIES, () -> {
                    int index = barrier.await();
                    assertThat(runs.get()).isOne();
                    if (index == PARTIES - 1) {
                        last.add(Thread.currentThread());
                    }
                })
                .join();
        assertThat(runs.get()).isOne();
        assertThat(runners).isEqualTo(last);
    }

    @Test
    void shouldBreakWhenItsActionThrows() throws Exception {
        Subject barrier = newBarrier(
                2,
                () -> {
                    throw new IOException("on purpose");
                },
                null);
        try (var crew =
                Crew.start(1, () -> assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class))) {
            Deadlines.eventually("one waits", () -> barrier.nWaiting() == 1);
            assertThatThrownBy(barrier::await).isInstanceOf(IOException.class);
        }
        assertThat(barrier.broken()).isTrue();
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
    }

    @Test
    void shouldLetNobodyTimeOutWhileTheActionRuns() {
        AtomicInteger passed = new AtomicInteger();
        Subject barrier = newBarrier(2, () -> waitFor(Deadlines.SHORT.multipliedBy(2)), Deadlines.SHORT);
        Crew first = Crew.start(1, () -> {
            barrier.await();
            passed.incrementAndGet();
        });
        Deadlines.eventually("one waits", () -> barrier.nWaiting() == 1);
        Crew second = Crew.start(1, () -> {
            barrier.await();
            passed.incrementAndGet();
        });
        first.join();
        second.join();
        assertThat(passed.get()).isEqualTo(2);
    }

    private static void waitFor(Duration time) {
        long start = System.nanoTime();
        Deadlines.eventually("time passes", () -> System.nanoTime() - start > time.toNanos());
    }

    /** Passes once; then one thread aborts, while the others wait a second time. */
    private static void passThenAbort(Subject barrier, List<Boolean> outcomes) throws Exception {
        if (barrier.await() == CHOSEN) {
            barrier.abort();
            return;
        }
        try {
            barrier.await();
            outcomes.add(true);
        } catch (BrokenBarrierException e) {
            outcomes.add(false);
        }
    }

    @Test
    @FromCPython("lock_tests.BarrierTests.test_abort")
    void shouldBreakForAllWhenAborted() {
        Subject barrier = newBarrier(PARTIES);
        List<Boolean> outcomes = new CopyOnWriteArrayList<>();
        Crew.start(PARTIES, () -> passThenAbort(barrier, outcomes)).join();
        assertThat(outcomes).containsOnly(false).hasSize(PARTIES - 1);
        assertThat(barrier.broken()).isTrue();
        assertThat(barrier.nWaiting()).isZero();
    }

    @Test
    void shouldStayBrokenUntilResetWhenAbortedWithNobodyWaiting() throws Exception {
        Subject barrier = newBarrier(1);
        barrier.abort();
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
        barrier.reset();
        assertThat(barrier.broken()).isFalse();
        assertThat(barrier.await()).isZero();
    }

    @Test
    @FromCPython("lock_tests.BarrierTests.test_reset")
    void shouldFreeItsWaitersWhenResetAndServeTheNextRound() {
        Subject barrier = newBarrier(PARTIES);
        AtomicInteger broken = new AtomicInteger();
        AtomicInteger through = new AtomicInteger();
        Crew.start(PARTIES, () -> {
                    if (barrier.await() == CHOSEN) {
                        Deadlines.eventually("the others wait", () -> barrier.nWaiting() == PARTIES - 1);
                        barrier.reset();
                    } else {
                        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
                        broken.incrementAndGet();
                    }
                    barrier.await();
                    through.incrementAndGet();
                })
                .join();
        assertThat(broken.get()).isEqualTo(PARTIES - 1);
        assertThat(through.get()).isEqualTo(PARTIES);
    }

    @Test
    @FromCPython("lock_tests.BarrierTests.test_abort_and_reset")
    void shouldBeWholeAgainWhenResetAfterAnAbort() {
        Subject barrier = newBarrier(PARTIES);
        Subject between = newBarrier(PARTIES);
        List<Boolean> outcomes = new CopyOnWriteArrayList<>();
        AtomicInteger through = new AtomicInteger();
        Crew.start(PARTIES, () -> {
                    passThenAbort(barrier, outcomes);
                    if (between.await() == CHOSEN) {
                        barrier.reset();
                    }
                    between.await();
                    barrier.await();
                    through.incrementAndGet();
                })
                .join();
        assertThat(outcomes).containsOnly(false).hasSize(PARTIES - 1);
        assertThat(through.get()).isEqualTo(PARTIES);
    }

    @Test
    void shouldDoNothingWhenResetWithNobodyWaiting() throws Exception {
        Subject barrier = newBarrier(1);
        barrier.reset();
        assertThat(barrier.broken()).isFalse();
        assertThat(barrier.await()).isZero();
    }

    @Test
    @FromCPython("lock_tests.BarrierTests.test_timeout")
    void shouldBreakForAllWhenOneTimesOut() {
        Subject barrier = newBarrier(PARTIES);
        Crew.start(PARTIES, () -> {
                    if (barrier.await() == CHOSEN) {
                        Deadlines.eventually("the others have given up", barrier::broken);
                    }
                    assertThatThrownBy(() -> barrier.await(Deadlines.SHORT)).isInstanceOf(BrokenBarrierException.class);
                })
                .join();
        assertThat(barrier.broken()).isTrue();
    }

    @Test
    @FromCPython("lock_tests.BarrierTests.test_default_timeout")
    void shouldBreakWhenItsOwnTimeoutIsOver() {
        Subject barrier = newBarrier(2, null, Deadlines.SHORT);
        Crew.start(1, () -> {
                    long start = System.nanoTime();
                    assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
                    Deadlines.assertTook(start, Deadlines.SHORT);
                })
                .join();
        assertThat(barrier.broken()).isTrue();
    }

    @Test
    void shouldPreferTheTimeoutOfTheCallToItsOwn() throws Exception {
        Subject barrier = newBarrier(2, null, Duration.ofMillis(1));
        try (var crew = Crew.start(1, () -> barrier.await(Deadlines.PATIENCE))) {
            Deadlines.eventually("one waits", () -> barrier.nWaiting() == 1);
            crew.awaitBlocked();
            assertThat(barrier.await()).isOne();
        }
        assertThat(barrier.broken()).isFalse();
    }

    @Test
    void shouldBreakAtOnceWhenTheTimeoutIsZeroUnlessTheCallerIsTheLast() throws Exception {
        Subject alone = newBarrier(1);
        assertThat(alone.await(Duration.ZERO)).isZero();
        Subject pair = newBarrier(2);
        assertThatThrownBy(() -> pair.await(Duration.ZERO)).isInstanceOf(BrokenBarrierException.class);
        assertThat(pair.broken()).isTrue();
    }

    @Test
    void shouldRefuseANegativeTimeoutAndStayWhole() {
        assertThatThrownBy(() -> newBarrier(2, null, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
        Subject barrier = newBarrier(2);
        assertThatThrownBy(() -> barrier.await(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(barrier.broken()).isFalse();
        assertThat(barrier.nWaiting()).isZero();
    }

    @Test
    @FromCPython("lock_tests.BarrierTests.test_single_thread")
    void shouldNotHoldUpASingleParty() throws Exception {
        Subject barrier = newBarrier(1);
        assertThat(barrier.await()).isZero();
        assertThat(barrier.await()).isZero();
    }

    @Test
    @FromCPython("lock_tests.BarrierTests.test_repr")
    void shouldSayHowManyWaitOrThatItIsBroken() throws Exception {
        Subject barrier = newBarrier(3);
        assertThat(barrier.toString()).matches("<.*Barrier at .*: waiters=0/3>");
        try (var crew = Crew.start(2, () -> barrier.await())) {
            Deadlines.eventually("two wait", () -> barrier.nWaiting() == 2);
            assertThat(barrier.toString()).matches("<.*Barrier at .*: waiters=2/3>");
            barrier.await();
        }
        assertThat(barrier.toString()).matches("<.*Barrier at .*: waiters=0/3>");
        barrier.abort();
        assertThat(barrier.toString()).matches("<.*Barrier at .*: broken>");
    }

    @Test
    void shouldBreakWhenAWaiterIsInterrupted() {
        Subject barrier = newBarrier(3);
        Crew interrupted =
                Crew.start(1, () -> assertThatThrownBy(barrier::await).isInstanceOf(InterruptedException.class));
        try (var other =
                Crew.start(1, () -> assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class))) {
            Deadlines.eventually("two wait", () -> barrier.nWaiting() == 2);
            interrupted.interrupt();
            interrupted.join();
        }
        assertThat(barrier.broken()).isTrue();
    }

    @Test
    void shouldBreakWhenAThreadArrivesInterrupted() {
        Subject barrier = newBarrier(2);
        Thread.currentThread().interrupt();
        assertThatThrownBy(barrier::await).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(barrier.broken()).isTrue();
    }

    @Test
    void shouldEndTheRoundAsBrokenWhenItsActionAborts() {
        List<Subject> self = new ArrayList<>();
        self.add(newBarrier(2, () -> self.get(0).abort(), null));
        Crew.start(2, () -> assertThatThrownBy(self.get(0)::await).isInstanceOf(BrokenBarrierException.class))
                .join();
        assertThat(self.get(0).broken()).isTrue();
    }

    @Test
    void shouldPublishWhatWasDoneBeforeToWhatIsDoneAfter() {
        int threads = 4;
        int[] cells = new int[threads];
        AtomicInteger sum = new AtomicInteger();
        Subject barrier = newBarrier(threads, () -> sum.set(IntStream.of(cells).sum()), Deadlines.PATIENCE);
        Crew.start(threads, index -> {
                    for (int round = 1; round <= 200; round++) {
                        cells[index] = round;
                        barrier.await();
                        assertThat(sum.get()).isEqualTo(threads * round);
                        assertThat(cells).containsOnly(round);
                        barrier.await();
                    }
                })
                .join();
    }
}
