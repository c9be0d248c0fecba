package offspring.core.function;

import java.io.Serializable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An action with one argument that may throw any exception.
 *
 * <pre>{@code
 * CheckedConsumer<Path> remove = Files::delete;
 * files.forEach(remove); // it is a Consumer: an IOException comes out of forEach as it is
 * }</pre>
 *
 * <p>It extends {@link Consumer}, so that it goes wherever the JDK's type is asked for and wins over it when a method is
 * overloaded for both; it is {@link Serializable}, so that a lambda written for it can travel to another process.
 *
 * @param <A> the type of the argument
 */
@FunctionalInterface
public interface CheckedConsumer<A extends @Nullable Object> extends Consumer<A>, Serializable {

    /**
     * Does the work.
     *
     * @param argument what to work on
     * @throws Exception whatever the work throws
     */
    void acceptChecked(A argument) throws Exception;

    /**
     * Does the work; what it throws comes out as it is, checked or not, without a wrapper.
     */
    @Override
    default void accept(A argument) {
        try {
            acceptChecked(argument);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
