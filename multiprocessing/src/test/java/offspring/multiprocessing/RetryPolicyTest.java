package offspring.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import offspring.futures.BrokenExecutorException;
import offspring.multiprocessing.internal.codec.FailureRecord;
import offspring.multiprocessing.internal.codec.Failures;
import offspring.multiprocessing.internal.pool.facts.CallFailure;
import offspring.multiprocessing.internal.pool.facts.LossFacts;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final LossFacts FACTS =
            new LossFacts("ProcessPool-1-2", 4711, -9, Duration.ofSeconds(1), 3, List.of(), null);
    private static final CallFailure LOST =
            new CallFailure.Lost(FACTS, offspring.multiprocessing.internal.pool.facts.Certainty.MAY_HAVE_RUN);
    private static final CallFailure RESULT_LOST =
            new CallFailure.Lost(FACTS, offspring.multiprocessing.internal.pool.facts.Certainty.RESULT_LOST);
    private static final CallFailure NOT_STARTED = new CallFailure.Broken(
            "no worker can be started",
            null,
            new IOException("too many processes"),
            offspring.multiprocessing.internal.pool.facts.Certainty.NEVER_STARTED);

    private static CallFailure raised(Throwable thrown) {
        var facts = new FailureRecord(thrown.getClass().getName(), null, thrown.toString(), List.of(), null, List.of());
        return new CallFailure.Raised(new Failures.Arrived(thrown, null, List.of(), facts), "ProcessPool-1-1", 4710);
    }

    private static long pauseAfter(RetryPolicy policy, CallFailure failure) {
        return new Attempts(policy, null).failed(failure);
    }

    @Test
    void shouldNotMakeACallAgainWhenNotTold() {
        assertThat(pauseAfter(RetryPolicy.never(), LOST)).isEqualTo(Attempts.NO_MORE);
        assertThat(pauseAfter(RetryPolicy.never(), NOT_STARTED)).isEqualTo(Attempts.NO_MORE);
        assertThat(RetryPolicy.never()).hasToString("<RetryPolicy never>");
    }

    @Test
    void shouldMakeACallAgainOnlyIfNothingRanWhenTheWorkIsNotIdempotent() {
        RetryPolicy careful = RetryPolicy.builder().build();
        assertThat(pauseAfter(careful, LOST)).isEqualTo(Attempts.NO_MORE);
        assertThat(pauseAfter(careful, RESULT_LOST)).isEqualTo(Attempts.NO_MORE);
        assertThat(pauseAfter(careful, NOT_STARTED)).isZero();
    }

    @Test
    void shouldMakeACallAgainAfterAnyLossWhenTheWorkIsIdempotent() {
        RetryPolicy policy = RetryPolicy.idempotent(2);
        assertThat(pauseAfter(policy, LOST)).isZero();
        assertThat(pauseAfter(policy, RESULT_LOST)).isZero();
        assertThat(pauseAfter(policy, NOT_STARTED)).isZero();
        assertThat(pauseAfter(policy, raised(new OutOfMemoryError("heap")))).isZero();
        assertThat(pauseAfter(policy, raised(new IllegalStateException("its own fault"))))
                .isEqualTo(Attempts.NO_MORE);
    }

    @Test
    void shouldAskThePredicateWhenThereIsOne() {
        RetryPolicy policy = RetryPolicy.builder()
                .idempotent(true)
                .retryOn(e -> e instanceof ConnectException)
                .build();
        assertThat(pauseAfter(policy, raised(new ConnectException("refused")))).isZero();
        assertThat(pauseAfter(policy, LOST)).isEqualTo(Attempts.NO_MORE);
    }

    @Test
    void shouldGiveUpWithBothFailuresWhenThePredicateThrows() {
        RetryPolicy policy = RetryPolicy.builder()
                .idempotent(true)
                .retryOn(e -> {
                    throw new ClassCastException("careless");
                })
                .build();
        Attempts attempts = new Attempts(policy, null);
        assertThat(attempts.failed(LOST)).isEqualTo(Attempts.NO_MORE);
        assertThat(attempts.failure())
                .isInstanceOf(WorkerLostException.class)
                .hasSuppressedException(new ClassCastException("careless"));
    }

    @Test
    void shouldGiveUpWhenThePoolIsBrokenForGood() {
        var broken = new CallFailure.Broken(
                "its initializer failed",
                FACTS,
                new IOException("no database"),
                offspring.multiprocessing.internal.pool.facts.Certainty.NEVER_STARTED);
        Attempts attempts = new Attempts(RetryPolicy.idempotent(5), null);
        assertThat(attempts.failed(broken)).isEqualTo(Attempts.NO_MORE);
        assertThat(attempts.failure()).isInstanceOf(BrokenExecutorException.class);
    }

    @Test
    void shouldTellOfAllAttemptsInTheLastFailure() {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(3)
                .idempotent(true)
                .retryOn(e -> true)
                .build();
        Attempts attempts = new Attempts(policy, null);
        assertThat(attempts.failed(LOST)).isZero();
        assertThat(attempts.failed(NOT_STARTED)).isZero();
        var last = new IllegalStateException("third time");
        assertThat(attempts.failed(raised(last))).isEqualTo(Attempts.NO_MORE);
        assertThat(attempts.failure()).isSameAs(last);
        WorkerTrace trace = WorkerTrace.of(last);
        assertThat(trace).isNotNull();
        assertThat(trace.certainty()).isEqualTo(Certainty.THREW);
        assertThat(trace.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3);
        assertThat(trace.attempts())
                .extracting(Attempt::worker)
                .containsExactly("ProcessPool-1-2", null, "ProcessPool-1-1");
        assertThat(trace.attempts())
                .extracting(Attempt::certainty)
                .containsExactly(Certainty.MAY_HAVE_RUN, Certainty.NEVER_STARTED, Certainty.THREW);
        assertThat(trace.attempts().get(0).failure())
                .isInstanceOf(WorkerLostException.class)
                .satisfies(first -> assertThat(WorkerTrace.of(first)).isNull());
        assertThat(trace)
                .hasMessage("in worker ProcessPool-1-1, pid 4710; the call ran until then; this was attempt 3, after"
                        + "\n\t\t1. in worker ProcessPool-1-2, pid 4711; the call may have run: "
                        + WorkerLostException.class.getName()
                        + "\n\t\t2. in no worker; the call never started: " + BrokenExecutorException.class.getName());
    }

    @Test
    void shouldPauseLongerAndLongerUpToTheCap() {
        RetryPolicy policy = RetryPolicy.builder()
                .maxAttempts(10)
                .idempotent(true)
                .backoff(Duration.ofMillis(100), 2, Duration.ofMillis(500))
                .build();
        Attempts attempts = new Attempts(policy, null);
        assertThat(attempts.failed(LOST)).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(attempts.failed(LOST)).isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(attempts.failed(LOST)).isEqualTo(Duration.ofMillis(400).toNanos());
        assertThat(attempts.failed(LOST)).isEqualTo(Duration.ofMillis(500).toNanos());
        assertThat(attempts.failed(LOST)).isEqualTo(Duration.ofMillis(500).toNanos());
        assertThat(policy.pauseNanos(100_000)).isEqualTo(Duration.ofMillis(500).toNanos());
    }

    @Test
    void shouldPauseEquallyWhenGivenOneLength() {
        RetryPolicy policy =
                RetryPolicy.builder().backoff(Duration.ofSeconds(2)).build();
        assertThat(policy.pauseNanos(1)).isEqualTo(policy.pauseNanos(7)).isEqualTo(2_000_000_000L);
        RetryPolicy forEver = RetryPolicy.builder()
                .backoff(Duration.ofSeconds(1), 10, Duration.ofSeconds(Long.MAX_VALUE))
                .build();
        assertThat(forEver.pauseNanos(1000)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        var builder = RetryPolicy.builder();
        assertThatThrownBy(() -> builder.maxAttempts(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxAttempts=0");
        assertThatThrownBy(() -> builder.backoff(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
        assertThatThrownBy(() -> builder.backoff(Duration.ZERO, 0.5, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("times=0.5");
        assertThatThrownBy(() -> builder.backoff(Duration.ZERO, Double.NaN, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.backoff(Duration.ofSeconds(2), 2, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longest=PT1S");
        assertThatThrownBy(() -> RetryPolicy.idempotent(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
