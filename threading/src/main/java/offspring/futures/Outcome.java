package offspring.futures;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How one call ended: with a value or with a failure. {@link Pool#mapOutcomes} gives one per item, so that no exception
 * ends the whole call. Python has no counterpart.
 *
 * <pre>{@code
 * for (Outcome<Image> outcome : pool.mapOutcomes(Image::load, files)) {
 *     if (outcome.succeeded()) show(outcome.value());
 *     else log.warn("skipped", outcome.failure());
 * }
 * }</pre>
 *
 * @param <T> the type of the value
 * @param value the value, {@code null} if the call failed (or returned null)
 * @param failure what the call threw, {@code null} if it has a value
 * @since 0.1.0
 */
public record Outcome<T extends @Nullable Object>(
        @Nullable T value, @Nullable Throwable failure) {

    /**
     * The outcome of a call that returned.
     *
     * @param <T> the type of the value
     * @param value what it returned
     * @return an outcome without failure
     */
    public static <T extends @Nullable Object> Outcome<T> of(@Nullable T value) {
        return new Outcome<>(value, null);
    }

    /**
     * The outcome of a call that threw.
     *
     * @param <T> the type of the value that is missing
     * @param failure what it threw
     * @return an outcome without value
     */
    public static <T extends @Nullable Object> Outcome<T> failed(Throwable failure) {
        return new Outcome<>(null, failure);
    }

    /**
     * Whether there is a value.
     *
     * @return {@code true} if the call returned
     */
    public boolean succeeded() {
        return failure == null;
    }

    /**
     * The value.
     *
     * @return the value
     * @throws CompletionException with the failure, if that is a checked exception; an unchecked one is thrown as it is
     */
    @SuppressWarnings("NullAway") // the value of an outcome that has one is a T; null only if T has null
    public T get() {
        if (failure != null) {
            throw rethrow(failure);
        }
        return value;
    }

    /**
     * Throws what a call threw the way all of this package does: an unchecked exception or an error as itself, a checked
     * one as the cause of a {@link CompletionException}.
     *
     * @param failure what to throw
     * @return nothing; the type lets a caller write {@code throw Outcome.rethrow(failure)}
     */
    public static RuntimeException rethrow(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new CompletionException(failure);
    }
}
