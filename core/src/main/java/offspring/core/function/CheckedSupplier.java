package offspring.core.function;

import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A computation without argument that gives a result and may throw any exception.
 *
 * <pre>{@code
 * CheckedSupplier<String> text = () -> Files.readString(file);
 * String now = text.getChecked(); // declares what may come out; get() does not
 * }</pre>
 *
 * <p>It extends {@link Supplier}, so that it goes wherever the JDK's type is asked for and wins over it when a method is
 * overloaded for both; it is {@link Serializable}, so that a lambda written for it can travel to another process.
 *
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface CheckedSupplier<R extends @Nullable Object> extends Supplier<R>, Callable<R>, Serializable {

    /**
     * Computes the result.
     *
     * @return the result
     * @throws Exception whatever the computation throws
     */
    R getChecked() throws Exception;

    /**
     * Computes the result; what it throws comes out as it is, checked or not, without a wrapper.
     */
    @Override
    default R get() {
        try {
            return getChecked();
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }

    /** Computes the result, for the code that wants a {@link Callable}. */
    @Override
    default R call() throws Exception {
        return getChecked();
    }
}
