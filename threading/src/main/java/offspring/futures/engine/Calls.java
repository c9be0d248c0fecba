package offspring.futures.engine;

import java.io.Serializable;
import java.util.concurrent.Callable;
import offspring.core.function.CheckedBiFunction;
import offspring.core.function.CheckedFunction;
import org.jspecify.annotations.Nullable;

/** The shapes of a user's function as a function of one argument; serializable if the user's is. */
@SuppressWarnings("NullAway") // null is a legal argument and a legal result
final class Calls {

    private Calls() {}

    /**
     * A function without argument.
     *
     * @param task what is run
     * @serial exclude
     */
    record OfNothing(Callable<?> task) implements CheckedFunction<@Nullable Object, @Nullable Object> {
        @Override
        public @Nullable Object applyChecked(@Nullable Object nothing) throws Exception {
            return task.call();
        }
    }

    /**
     * An action, and what its future shall hold.
     *
     * @param task what is run
     * @param result what its future holds
     * @serial exclude
     */
    record OfAction(Runnable task, @Nullable Object result)
            implements CheckedFunction<@Nullable Object, @Nullable Object> {
        @Override
        public @Nullable Object applyChecked(@Nullable Object nothing) {
            task.run();
            return result;
        }
    }

    /**
     * A function of two arguments, given as a {@link Two}.
     *
     * @param fn the function
     * @serial exclude
     */
    record OfTwo(CheckedBiFunction<@Nullable Object, @Nullable Object, @Nullable Object> fn)
            implements CheckedFunction<@Nullable Object, @Nullable Object> {
        @Override
        public @Nullable Object applyChecked(@Nullable Object pair) throws Exception {
            Two two = (Two) pair;
            return fn.applyChecked(two.first, two.second);
        }
    }

    /**
     * Two arguments.
     *
     * @param first the first argument
     * @param second the second argument
     * @serial exclude
     */
    record Two(@Nullable Object first, @Nullable Object second) implements Serializable {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // what goes in is what the user's types allow
    static CheckedFunction<@Nullable Object, @Nullable Object> untyped(CheckedFunction fn) {
        return fn;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // what goes in is what the user's types allow
    static CheckedFunction<@Nullable Object, @Nullable Object> untyped(CheckedBiFunction fn) {
        return new OfTwo(fn);
    }
}
