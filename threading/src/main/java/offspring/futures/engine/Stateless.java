package offspring.futures.engine;

/**
 * Which functions are the same today and tomorrow: lambdas and method references that refer to nothing, and those of a
 * {@link Job} that wrap one. An engine that runs jobs elsewhere may send such a function once and use it for all jobs; any
 * other one may refer to what has changed since.
 *
 * @since 0.1.0
 */
public final class Stateless {

    private static final ClassValue<Boolean> KNOWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.isHidden()
                    && type.isSynthetic()
                    && type.getSuperclass() == Object.class
                    && type.getDeclaredFields().length == 0;
        }
    };

    private Stateless() {}

    /**
     * Whether a function is always the same.
     *
     * @param function a function of a job
     * @return whether {@link #keyOf} may stand for it
     */
    public static boolean is(Object function) {
        return KNOWN.get(kernelOf(function).getClass()) && !holdsMore(function);
    }

    private static boolean holdsMore(Object function) {
        return function instanceof Calls.OfAction action && action.result() != null;
    }

    /**
     * What a function is known by.
     *
     * @param function one that {@linkplain #is is always the same}
     * @return equal for functions that are the same
     */
    public static Object keyOf(Object function) {
        Object kernel = kernelOf(function);
        return kernel == function ? kernel.getClass() : new Wrapped(function.getClass(), kernel.getClass());
    }

    private record Wrapped(Class<?> wrapper, Class<?> kernel) {}

    /**
     * The user's function in a function of a job.
     *
     * @param function a function of a job
     * @return what it wraps, or itself
     */
    public static Object kernelOf(Object function) {
        if (function instanceof Calls.OfNothing call) {
            return call.task();
        } else if (function instanceof Calls.OfAction action) {
            return action.task();
        } else if (function instanceof Calls.OfTwo two) {
            return two.fn();
        }
        return function;
    }
}
