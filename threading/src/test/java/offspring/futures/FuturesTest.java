package offspring.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import offspring.futures.Futures.ReturnWhen;
import offspring.futures.Futures.Waited;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

class FuturesTest {

    private final Future<Integer> pending = new Future<>();
    private final Future<Integer> finished = finished();
    private final Future<Integer> failed = failed();
    private final Future<Integer> cancelled = cancelled();

    private static Future<Integer> finished() {
        Future<Integer> future = new Future<>();
        future.complete(1);
        return future;
    }

    private static Future<Integer> failed() {
        Future<Integer> future = new Future<>();
        future.completeExceptionally(new IOException("disk"));
        return future;
    }

    private static Future<Integer> cancelled() {
        Future<Integer> future = new Future<>();
        future.cancel();
        return future;
    }

    @Test
    @FromCPython({
        "test_wait.WaitTests.test_first_completed_some_already_completed",
        "test_wait.WaitTests.test_first_exception_some_already_complete",
        "test_wait.WaitTests.test_first_exception_one_already_failed"
    })
    void shouldNotWaitForWhatIsThereAlready() throws Exception {
        assertThat(Futures.await(List.of(finished, pending), ReturnWhen.FIRST_COMPLETED))
                .isEqualTo(new Waited<>(java.util.Set.of(finished), java.util.Set.of(pending)));
        assertThat(Futures.await(List.of(pending, cancelled), ReturnWhen.FIRST_COMPLETED)
                        .done())
                .containsExactly(cancelled);
        assertThat(Futures.await(List.of(pending, failed), ReturnWhen.FIRST_EXCEPTION)
                        .done())
                .containsExactly(failed);
        assertThat(Futures.await(List.of(finished, failed, cancelled)).notDone())
                .isEmpty();
        assertThat(Futures.await(List.<Future<?>>of()).done()).isEmpty();
        Waited<Future<Integer>> late =
                Futures.await(List.of(pending, cancelled, finished), ReturnWhen.FIRST_EXCEPTION, Deadlines.SHORT);
        assertThat(late.done()).containsExactly(cancelled, finished);
    }

    @Test
    void shouldWakeWhenTheAwaitedEndComes() {
        Future<Integer> other = new Future<>();
        try (var crew = Crew.start(3, index -> Futures.await(List.of(pending, other), ReturnWhen.values()[index]))) {
            crew.awaitBlocked();
            pending.cancel();
            Deadlines.eventually("one returns", () -> crew.finished() == 1);
            other.completeExceptionally(new IOException());
        }
    }

    @Test
    void shouldThrowWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Futures.await(List.of(pending))).isInstanceOf(InterruptedException.class);
        Iterator<Future<Integer>> iterator =
                Futures.asCompleted(List.of(pending)).iterator();
        Thread.currentThread().interrupt();
        assertThatThrownBy(iterator::next)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        pending.complete(3);
        assertThat(iterator.next()).isSameAs(pending);
    }

    @Test
    @FromCPython({
        "test_as_completed.AsCompletedTests.test_no_timeout",
        "test_as_completed.AsCompletedTests.test_duplicate_futures"
    })
    void shouldGiveOutEachFutureOnceAsItGetsDone() {
        List<Future<Integer>> seen = new ArrayList<>();
        for (Future<Integer> future : Futures.asCompleted(List.of(pending, finished, failed, cancelled, finished))) {
            seen.add(future);
            if (seen.size() == 3) {
                pending.complete(2);
            }
        }
        assertThat(seen).containsExactly(finished, failed, cancelled, pending);
    }

    @Test
    @FromCPython({
        "test_as_completed.AsCompletedTests.test_future_times_out",
        "test_as_completed.AsCompletedTests.test_correct_timeout_exception_msg"
    })
    void shouldTellHowManyAreUnfinishedWhenTheTimeIsOver() {
        Future<Integer> other = new Future<>();
        for (Duration timeout : List.of(Duration.ZERO, Deadlines.SHORT)) {
            List<Future<Integer>> seen = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (Future<Integer> future :
                                Futures.asCompleted(List.of(pending, finished, other, cancelled), timeout)) {
                            seen.add(future);
                        }
                    })
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("2 (of 4) futures unfinished");
            assertThat(seen).containsExactly(finished, cancelled);
        }
    }

    @Test
    void shouldTellAListenerHowFarItIs() {
        List<Progress.Snapshot> told = new ArrayList<>();
        Futures.asCompleted(List.of(finished, failed, cancelled), told::add).forEach(future -> {});
        assertThat(told).last().satisfies(last -> {
            assertThat(last.done()).isEqualTo(3);
            assertThat(last.failed()).isEqualTo(2);
        });
    }
}
