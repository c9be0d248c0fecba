package offspring.multiprocessing;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import offspring.core.internal.Timeouts;
import offspring.futures.BrokenExecutorException;

/**
 * When a pool of processes makes a failed call again. Python has no counterpart; a pool makes no call twice unless it is {@linkplain
 * ProcessPoolBuilder#retries told to}.
 *
 * <pre>{@code
 * var policy = RetryPolicy.builder()
 *         .maxAttempts(4)
 *         .idempotent(true)
 *         .retryOn(e -> RetryPolicy.isLoss(e) || e instanceof ConnectException)
 *         .backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(5))
 *         .build();
 * }</pre>
 *
 * <p>A failed call is made again if all of this holds:
 *
 * <ul>
 *   <li>It has not been made {@linkplain Builder#maxAttempts as often as allowed}.
 *   <li>The failure is {@linkplain Builder#retryOn one of those} that another attempt may mend; without further words a {@linkplain
 *       #isLoss loss} of the worker.
 *   <li>Nothing of the call ran ({@link Certainty#NEVER_STARTED}), or the work is {@linkplain Builder#idempotent idempotent}. What a
 *       call did before its worker was killed is not undone: only the user knows whether doing it twice does harm.
 * </ul>
 *
 * <p>Each item of a {@code map} is a call of its own. The time limit of a pool holds for each attempt. Calls that a lost worker had not
 * begun are not failed: they go to another worker without costing an attempt. The last failure tells of all attempts:
 * {@link WorkerTrace#attempts()}.
 *
 * <p>Policies are immutable; any number of pools may use one.
 *
 * @since 0.1.0
 */
public final class RetryPolicy {

    private static final RetryPolicy NEVER = builder().maxAttempts(1).build();

    private final int maxAttempts;
    private final boolean idempotent;
    private final Predicate<? super Throwable> retryOn;
    private final Duration initial;
    private final double factor;
    private final Duration cap;

    private RetryPolicy(Builder builder) {
        this.maxAttempts = builder.maxAttempts;
        this.idempotent = builder.idempotent;
        this.retryOn = builder.retryOn;
        this.initial = builder.initial;
        this.factor = builder.factor;
        this.cap = builder.cap;
    }

    /**
     * No call is made again: what a pool does that is told nothing.
     *
     * @return the policy
     */
    public static RetryPolicy never() {
        return NEVER;
    }

    /**
     * Work that may be done twice: calls are made again, at once, if they fail because a worker is lost.
     *
     * @param maxAttempts how often a call is made at most, the first time included; at least 1
     * @return the policy
     * @throws IllegalArgumentException if {@code maxAttempts} is less than 1
     */
    public static RetryPolicy idempotent(int maxAttempts) {
        return builder().maxAttempts(maxAttempts).idempotent(true).build();
    }

    /**
     * A policy in detail.
     *
     * @return a builder: three attempts, only after losses, nothing that may have run, without a pause
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Whether a call failed for want of a worker, and not by itself: its worker {@linkplain WorkerLostException ended}, had {@linkplain
     * OutOfMemoryError no memory left}, or none could be {@linkplain BrokenExecutorException started}. That a call took {@linkplain
     * TaskTimeoutException too long} is none of these.
     *
     * @param failure how a call failed
     * @return whether another worker may do better
     */
    public static boolean isLoss(Throwable failure) {
        return failure instanceof WorkerLostException
                || failure instanceof OutOfMemoryError
                || failure instanceof BrokenExecutorException;
    }

    /** Whether there is to be no further attempt, whatever happens. */
    boolean isNever() {
        return maxAttempts == 1;
    }

    /** Whether another attempt is to follow this one, which has failed. */
    boolean wantsAnotherAfter(Attempt attempt) {
        return attempt.number() < maxAttempts
                && (idempotent || attempt.certainty() == Certainty.NEVER_STARTED)
                && retryOn.test(attempt.failure());
    }

    /** How long to wait after the failure of the attempt with this number, which counts from 1. */
    long pauseNanos(int number) {
        double nanos = (double) Timeouts.nanos(initial) * Math.pow(factor, number - 1.0);
        return (long) Math.min(nanos, (double) Timeouts.nanos(cap));
    }

    @Override
    public String toString() {
        return isNever()
                ? "<RetryPolicy never>"
                : "<RetryPolicy maxAttempts=" + maxAttempts + " idempotent=" + idempotent + " backoff=" + initial + "*"
                        + factor + "<=" + cap + ">";
    }

    /**
     * Describes a policy. Not for use by several threads at a time.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private int maxAttempts = 3;
        private boolean idempotent;
        private Predicate<? super Throwable> retryOn = RetryPolicy::isLoss;
        private Duration initial = Duration.ZERO;
        private double factor = 1;
        private Duration cap = Duration.ZERO;

        private Builder() {}

        /**
         * How often a call is made at most, the first time included.
         *
         * @param attempts at least 1; 1 for no retries
         * @return this builder
         * @throws IllegalArgumentException if {@code attempts} is less than 1
         */
        public Builder maxAttempts(int attempts) {
            if (attempts < 1) {
                throw new IllegalArgumentException(
                        "maxAttempts=" + attempts + " is less than 1; the first attempt counts, give 1 for no retries");
            }
            this.maxAttempts = attempts;
            return this;
        }

        /**
         * Whether calls may be done twice, in whole or in part, without harm. Without it, only those are made again of which nothing
         * ran.
         *
         * @param on whether they may
         * @return this builder
         */
        public Builder idempotent(boolean on) {
            this.idempotent = on;
            return this;
        }

        /**
         * After which failures a call is made again, in place of {@linkplain RetryPolicy#isLoss losses}.
         *
         * @param failures is asked on a thread of the pool, and must be quick; if it throws, the call is not made again, and what it
         *     threw is suppressed in the failure
         * @return this builder
         */
        public Builder retryOn(Predicate<? super Throwable> failures) {
            this.retryOn = Objects.requireNonNull(failures, "failures: null; give a predicate, or leave it out");
            return this;
        }

        /**
         * Pauses before each further attempt, longer and longer, without chance.
         *
         * @param first before the second attempt
         * @param times how many times as long each pause is as the one before; 1 for pauses of equal length
         * @param longest no pause is longer
         * @return this builder
         * @throws IllegalArgumentException if {@code first} is negative, {@code times} less than 1 or no number, or {@code longest}
         *     less than {@code first}
         */
        public Builder backoff(Duration first, double times, Duration longest) {
            if (first.isNegative()) {
                throw new IllegalArgumentException("first=" + first + " is negative; give zero for no pause");
            }
            if (!(times >= 1) || Double.isInfinite(times)) {
                throw new IllegalArgumentException("times=" + times + " is not at least 1; pauses do not get shorter");
            }
            if (longest.compareTo(first) < 0) {
                throw new IllegalArgumentException(
                        "longest=" + longest + " is less than the first pause, " + first + "; give at least that");
            }
            this.initial = first;
            this.factor = times;
            this.cap = longest;
            return this;
        }

        /**
         * Pauses of equal length before each further attempt.
         *
         * @param pause how long
         * @return this builder
         * @throws IllegalArgumentException if {@code pause} is negative
         */
        public Builder backoff(Duration pause) {
            return backoff(pause, 1, pause);
        }

        /**
         * Makes the policy.
         *
         * @return it
         */
        public RetryPolicy build() {
            return new RetryPolicy(this);
        }
    }
}
