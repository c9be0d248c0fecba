package offspring.core.function;

import java.io.Serializable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function of one argument that may throw any exception.
 *
 * <pre>{@code
 * CheckedFunction<Path, Long> size = Files::size;
 * List<Long> sizes = files.stream().map(size).toList(); // it is a Function: an IOException comes out as it is
 * }</pre>
 *
 * <p>It extends {@link Function}, so that it goes wherever the JDK's type is asked for and wins over it when a method is
 * overloaded for both; it is {@link Serializable}, so that a lambda written for it can travel to another process.
 *
 * @param <A> the type of the argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface CheckedFunction<A extends @Nullable Object, R extends @Nullable Object>
        extends Function<A, R>, Serializable {

    /**
     * Computes the result.
     *
     * @param argument what to work on
     * @return the result
     * @throws Exception whatever the computation throws
     */
    R applyChecked(A argument) throws Exception;

    /**
     * Computes the result; what it throws comes out as it is, checked or not, without a wrapper.
     */
    @Override
    default R apply(A argument) {
        try {
            return applyChecked(argument);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
