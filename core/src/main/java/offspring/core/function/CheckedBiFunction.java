package offspring.core.function;

import java.io.Serializable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function of two arguments that may throw any exception.
 *
 * <pre>{@code
 * CheckedBiFunction<Path, String, Path> write = (to, text) -> Files.writeString(to, text);
 * Path written = write.applyChecked(file, "good bye"); // apply does the same, and declares no exception
 * }</pre>
 *
 * <p>It extends {@link BiFunction}, so that it goes wherever the JDK's type is asked for and wins over it when a method is
 * overloaded for both; it is {@link Serializable}, so that a lambda written for it can travel to another process.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface CheckedBiFunction<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends BiFunction<A, B, R>, Serializable {

    /**
     * Computes the result.
     *
     * @param first the first argument
     * @param second the second argument
     * @return the result
     * @throws Exception whatever the computation throws
     */
    R applyChecked(A first, B second) throws Exception;

    /**
     * Computes the result; what it throws comes out as it is, checked or not, without a wrapper.
     */
    @Override
    default R apply(A first, B second) {
        try {
            return applyChecked(first, second);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
