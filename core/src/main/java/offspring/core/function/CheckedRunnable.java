package offspring.core.function;

import java.io.Serializable;

/**
 * An action without argument or result that may throw any exception.
 *
 * <pre>{@code
 * CheckedRunnable remove = () -> Files.delete(file); // its IOException needs no try
 * remove.run(); // nor here, where it would come out
 * }</pre>
 *
 * <p>It extends {@link Runnable}, so that it goes wherever the JDK's type is asked for and wins over it when a method is
 * overloaded for both; it is {@link Serializable}, so that a lambda written for it can travel to another process.
 *
 */
@FunctionalInterface
public interface CheckedRunnable extends Runnable, Serializable {

    /**
     * Does the work.
     *
     * @throws Exception whatever the work throws
     */
    void runChecked() throws Exception;

    /**
     * Does the work; what it throws comes out as it is, checked or not, without a wrapper.
     */
    @Override
    default void run() {
        try {
            runChecked();
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }
}
