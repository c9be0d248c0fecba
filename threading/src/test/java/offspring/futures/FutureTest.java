package offspring.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import offspring.testkit.Crew;
import offspring.testkit.Deadlines;
import offspring.testkit.FromCPython;
import org.junit.jupiter.api.Test;

class FutureTest {

    private static Future<Integer> pending() {
        return new Future<>();
    }

    private static Future<Integer> running() {
        Future<Integer> future = pending();
        assertThat(future.begin()).isTrue();
        return future;
    }

    private static Future<Integer> cancelled() {
        Future<Integer> future = pending();
        assertThat(future.cancel()).isTrue();
        return future;
    }

    private static Future<Integer> failed() {
        Future<Integer> future = running();
        future.completeExceptionally(new IOException("disk"));
        return future;
    }

    private static Future<Integer> finished() {
        Future<Integer> future = running();
        future.complete(42);
        return future;
    }

    @Test
    @FromCPython({
        "test_future.FutureTests.test_done_callback_with_result",
        "test_future.FutureTests.test_done_callback_with_exception",
        "test_future.FutureTests.test_done_callback_with_cancel"
    })
    void shouldCallBackOnceWithEveryEnd() {
        List<Object> seen = new ArrayList<>();
        Future<Integer> result = pending();
        result.addDoneCallback(f -> seen.add(f.result()));
        result.complete(5);
        result.complete(6);
        Future<Integer> failure = pending();
        failure.addDoneCallback(f -> seen.add(f.exception().getMessage()));
        failure.completeExceptionally(new IOException("test"));
        Future<Integer> cancelled = pending();
        cancelled.addDoneCallback(f -> seen.add(f.cancelled()));
        cancelled.cancel();
        cancelled.cancel();
        assertThat(seen).containsExactly(5, "test", true);
    }

    @Test
    @FromCPython({
        "test_future.FutureTests.test_done_callback_raises",
        "test_future.FutureTests.test_done_callback_raises_already_succeeded"
    })
    void shouldCallEveryCallbackInOrderThoughOneFails() {
        List<Integer> seen = new ArrayList<>();
        Future<Integer> future = pending();
        future.addDoneCallback(f -> {
            seen.add(1);
            throw new AssertionError("doh!");
        });
        future.addDoneCallback(f -> {
            seen.add(2);
            throw new IOException("doh!");
        });
        future.addDoneCallback(f -> seen.add(3));
        assertThat(future.complete(5)).isTrue();
        future.addDoneCallback(f -> {
            throw new IllegalStateException("doh!");
        });
        assertThat(seen).containsExactly(1, 2, 3);
        assertThat(future.join()).isEqualTo(5);
    }

    @Test
    @FromCPython({
        "test_future.FutureTests.test_done_callback_already_successful",
        "test_future.FutureTests.test_done_callback_already_failed",
        "test_future.FutureTests.test_done_callback_already_cancelled"
    })
    void shouldCallBackAtOnceIfItIsDone() {
        for (Future<Integer> done : List.of(finished(), failed(), cancelled())) {
            List<Object> seen = new ArrayList<>();
            done.addDoneCallback(seen::add);
            assertThat(seen).containsExactly(done);
        }
    }

    @Test
    void shouldCallEachCallbackOnceWhenItEndsWhileTheyAreAdded() {
        for (int round = 0; round < 300; round++) {
            var seen = new java.util.concurrent.atomic.AtomicInteger();
            Future<Integer> future = pending();
            try (var crew = Crew.start(3, index -> {
                if (index == 0) {
                    future.complete(1);
                } else {
                    for (int i = 0; i < 5; i++) {
                        future.addDoneCallback(f -> seen.incrementAndGet());
                    }
                }
            })) {
                crew.join();
            }
            assertThat(seen).hasValue(10);
        }
    }

    @Test
    @FromCPython("test_future.FutureTests.test_repr")
    void shouldTellItsStateInItsText() {
        assertThat(pending().toString()).matches("<Future at 0x[0-9a-f]+ state=pending>");
        assertThat(running().toString()).contains("state=running>");
        assertThat(cancelled().toString()).contains("state=cancelled>");
        assertThat(failed().toString()).contains("state=finished raised IOException>");
        assertThat(finished().toString()).contains("state=finished returned Integer>");
    }

    @Test
    @FromCPython({
        "test_future.FutureTests.test_cancel",
        "test_future.FutureTests.test_cancelled",
        "test_future.FutureTests.test_done",
        "test_future.FutureTests.test_running"
    })
    void shouldTellItsStates() {
        assertStates(pending(), false, false, false);
        assertStates(running(), true, false, false);
        assertStates(cancelled(), false, true, true);
        assertStates(failed(), false, false, true);
        assertStates(finished(), false, false, true);

        assertThat(pending().cancel()).isTrue();
        assertThat(running().cancel()).isFalse();
        assertThat(cancelled().cancel()).isTrue();
        assertThat(failed().cancel(true)).isFalse();
        assertThat(finished().cancel(true)).isFalse();
        assertThat(cancelled().begin()).isFalse();
        assertThat(running().begin()).isFalse();
    }

    private static void assertStates(Future<?> future, boolean running, boolean cancelled, boolean done) {
        assertThat(future.running()).isEqualTo(running);
        assertThat(future.cancelled()).isEqualTo(cancelled);
        assertThat(future.done()).isEqualTo(done);
    }

    @Test
    @FromCPython({
        "test_future.FutureTests.test_result_with_timeout",
        "test_future.FutureTests.test_exception_with_timeout"
    })
    void shouldAskForItsEndWithoutWaiting() throws Exception {
        for (Future<Integer> future : List.of(pending(), running())) {
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.result(Duration.ZERO));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.exception(Duration.ZERO));
        }
        assertThatThrownBy(() -> cancelled().result(Duration.ZERO)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> cancelled().exception(Duration.ZERO)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> failed().result(Duration.ZERO))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(failed().exception(Duration.ZERO)).isInstanceOf(IOException.class);
        assertThat(finished().result(Duration.ZERO)).isEqualTo(42);
        assertThat(finished().exception(Duration.ZERO)).isNull();
    }

    @Test
    @FromCPython({
        "test_future.FutureTests.test_result_with_success",
        "test_future.FutureTests.test_exception_with_success",
        "test_future.FutureTests.test_result_with_cancel"
    })
    void shouldWakeThoseWhoWait() {
        Future<Integer> result = running();
        Future<Integer> failure = running();
        Future<Integer> cancelled = pending();
        try (var crew = Crew.start(3, index -> {
            switch (index) {
                case 0 -> assertThat(result.result(Deadlines.PATIENCE)).isEqualTo(7);
                case 1 -> assertThat(failure.exception()).hasMessage("late");
                default -> assertThatThrownBy(cancelled::result).isInstanceOf(CancellationException.class);
            }
        })) {
            crew.awaitBlocked();
            result.complete(7);
            failure.completeExceptionally(new IOException("late"));
            cancelled.cancel();
        }
    }

    @Test
    @FromCPython({
        "test_future.FutureTests.test_multiple_set_result",
        "test_future.FutureTests.test_multiple_set_exception"
    })
    void shouldKeepItsFirstEnd() throws Exception {
        Future<Integer> future = finished();
        assertThat(future.complete(1)).isFalse();
        assertThat(future.completeExceptionally(new IOException())).isFalse();
        assertThat(future.result()).isEqualTo(42);
        Future<Integer> failed = failed();
        assertThat(failed.completeExceptionally(new IllegalStateException())).isFalse();
        assertThat(failed.exception()).hasMessage("disk");
    }

    @Test
    void shouldThrowUncheckedFailuresAsThemselves() throws Exception {
        var failure = new IllegalArgumentException("as I am");
        Future<Integer> future = running();
        future.completeExceptionally(failure);
        assertThatThrownBy(future::result).isSameAs(failure);
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(failure);
        assertThat(future.exception()).isSameAs(failure);

        var wrapped = new CompletionException(failure);
        Future<Integer> own = running();
        own.completeExceptionally(wrapped);
        assertThatThrownBy(own::result).isSameAs(wrapped);
    }
}
