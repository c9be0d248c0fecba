package offspring.futures;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import offspring.core.function.CheckedBiFunction;
import offspring.core.function.CheckedConsumer;
import offspring.core.function.CheckedFunction;
import offspring.core.function.CheckedSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Functions, objects and loops made parallel in one line, after Python's packages lelo and python-parallelize.
 *
 * <pre>{@code
 * Function<String, Future<Page>> fetch = Parallel.parallel(Page::fetch);
 * Future<Page> page = fetch.apply(address); // returns at once
 *
 * Parallel.forEach(files, file -> compress(file)); // returns when all are compressed
 * }</pre>
 *
 * <p><b>Where it runs.</b> On the {@link Executor} that is given; without one, on the executor of the best {@link Provider}
 * that is installed, which is threads unless the program brings another one. That executor is made at the first use and lives as long as
 * the program. For child JVMs, as lelo has them, give a {@code ProcessPoolExecutor} of {@code offspring.multiprocessing}.
 *
 * <p><b>Timeouts, interruption.</b> As stated for the package {@link offspring.core}.
 *
 * @since 0.1.0
 */
public final class Parallel {

    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private Parallel() {}

    /**
     * Says on which executor {@link Parallel} runs what names none. Found by {@link ServiceLoader}; the highest rank wins.
     *
     * @since 0.1.0
     */
    public interface Provider {

        /**
         * How much this one is preferred; threads have 0.
         *
         * @return a number
         */
        int rank();

        /**
         * Makes the executor. Its threads or processes must not keep the JVM from ending when it is idle.
         *
         * @return a new executor
         */
        Executor newExecutor();
    }

    /** Made at the first use. */
    private static final class Default {

        static final Executor EXECUTOR = ServiceLoader.load(Provider.class, Parallel.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .max(Comparator.comparingInt(Provider::rank))
                .orElseThrow(() -> new IllegalStateException("no " + Provider.class.getName()
                        + " is installed; keep META-INF/services when jars are merged"))
                .newExecutor();
    }

    /**
     * A function whose calls return at once and run elsewhere.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @param fn what to call
     * @return a function to a result that is there in time
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> Function<A, Future<R>> parallel(
            CheckedFunction<A, R> fn) {
        return parallel(fn, Default.EXECUTOR);
    }

    /**
     * A function whose calls return at once and run elsewhere.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @param fn what to call
     * @param executor where to
     * @return a function to a result that is there in time
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> Function<A, Future<R>> parallel(
            CheckedFunction<A, R> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn: null; give what to call");
        return argument -> executor.submit((CheckedSupplier<R>) () -> fn.applyChecked(argument));
    }

    /**
     * A function of two arguments whose calls return at once and run elsewhere.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param fn what to call
     * @return a function to a result that is there in time
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            BiFunction<A, B, Future<R>> parallel(CheckedBiFunction<A, B, R> fn) {
        return parallel(fn, Default.EXECUTOR);
    }

    /**
     * A function of two arguments whose calls return at once and run elsewhere.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <R> the type of the result
     * @param fn what to call
     * @param executor where to
     * @return a function to a result that is there in time
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            BiFunction<A, B, Future<R>> parallel(CheckedBiFunction<A, B, R> fn, Executor executor) {
        Objects.requireNonNull(fn, "fn: null; give what to call");
        return (first, second) -> executor.submit((CheckedSupplier<R>) () -> fn.applyChecked(first, second));
    }

    /**
     * An object whose methods run elsewhere. Same as {@link #parallel(Class, Object, Executor)} on the default executor.
     *
     * @param <I> the type of the interface
     * @param type the interface
     * @param implementation what to call; serializable, if it runs in another process
     * @return an object like {@code implementation}
     */
    public static <I> I parallel(Class<I> type, I implementation) {
        return parallel(type, implementation, Default.EXECUTOR);
    }

    /**
     * An object whose methods run elsewhere.
     *
     * <p>A method whose result is a {@link Future}, a {@link java.util.concurrent.CompletableFuture} or one of their
     * interfaces returns at once, with a future that ends as the one which {@code implementation} returns does. A method
     * whose result is another interface returns at once, with a lazy object that waits when one of its methods is called,
     * and throws there what the call has thrown. (A lazy object is never null.) Every other method waits for its end. Default methods, and those of {@code Object}, are called on {@code
     * implementation} as all others, the latter here and now.
     *
     * @param <I> the type of the interface
     * @param type the interface
     * @param implementation what to call; serializable, if it runs in another process
     * @param executor where to
     * @return an object like {@code implementation}
     * @throws IllegalArgumentException if {@code type} is no interface
     */
    public static <I> I parallel(Class<I> type, I implementation, Executor executor) {
        if (!type.isInterface()) {
            throw new IllegalArgumentException("type=" + type.getName() + " is no interface; give one it implements");
        }
        Objects.requireNonNull(implementation, "implementation: null; give what to call");
        InvocationHandler handler = (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                ? invoke(method, implementation, arguments)
                : call(new RemoteCall(type, method, implementation, arguments), method.getReturnType(), executor);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is not ignored: the caller of the method gets it
    private static @Nullable Object call(RemoteCall call, Class<?> result, Executor executor) throws Exception {
        Future<@Nullable Object> future = executor.submit((CheckedSupplier<@Nullable Object>) call);
        if (isFuture(result)) {
            return future;
        }
        if (!result.isInterface()) {
            return value(future);
        }
        InvocationHandler lazy = (proxy, method, arguments) ->
                invoke(method, Objects.requireNonNull(value(future), () -> call + " returned null"), arguments);
        return Proxy.newProxyInstance(result.getClassLoader(), new Class<?>[] {result}, lazy);
    }

    private static boolean isFuture(Class<?> result) {
        return result.isAssignableFrom(Future.class)
                && (CompletionStage.class.isAssignableFrom(result)
                        || java.util.concurrent.Future.class.isAssignableFrom(result));
    }

    /** What the method returned; it throws what the method threw, which its signature allows. */
    private static @Nullable Object value(Future<@Nullable Object> future) throws Exception {
        Throwable failure = future.exception();
        if (failure instanceof Exception checked) {
            throw checked;
        }
        return future.result();
    }

    static @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments) throws Exception {
        try {
            method.trySetAccessible(); // the interface may be private to its class
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw Outcome.rethrow(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    /**
     * Calls the body for each item, elsewhere, and waits for all.
     *
     * @param <A> the type of the items
     * @param items what to walk over
     * @param body what to do with each
     * @throws InterruptedException if the thread is interrupted; the calls that have not begun are dropped
     * @throws java.util.concurrent.CompletionException with what the body threw first in the order of the items, if that is
     *     checked; what is unchecked is thrown as it is. The other failures are its suppressed exceptions
     */
    public static <A extends @Nullable Object> void forEach(
            Iterable<? extends A> items, CheckedConsumer<? super A> body) throws InterruptedException {
        forEach(items, body, Default.EXECUTOR);
    }

    /**
     * Calls the body for each item, elsewhere, and waits for all.
     *
     * @param <A> the type of the items
     * @param items what to walk over
     * @param body what to do with each
     * @param executor where to
     * @throws InterruptedException if the thread is interrupted; the calls that have not begun are dropped
     * @throws java.util.concurrent.CompletionException with what the body threw first in the order of the items, if that is
     *     checked; what is unchecked is thrown as it is. The other failures are its suppressed exceptions
     */
    public static <A extends @Nullable Object> void forEach(
            Iterable<? extends A> items, CheckedConsumer<? super A> body, Executor executor)
            throws InterruptedException {
        Objects.requireNonNull(body, "body: null; give what to do with each item");
        Throwable first = null;
        try (ResultIterator<@Nullable Void> ends = executor.map(new Body<A>(body), items)) {
            while (ends.hasNext()) {
                Throwable failure = failureOfNext(ends);
                if (first == null) {
                    first = failure;
                } else if (failure != null && failure != first) {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw Outcome.rethrow(first);
        }
    }

    /** What next() throws about the task; an interrupt of the caller is not about the task. */
    private static @Nullable Throwable failureOfNext(ResultIterator<?> ends) throws InterruptedException {
        try {
            ends.next(FOR_EVER);
            return null;
        } catch (InterruptedException e) {
            throw e;
        } catch (TimeoutException e) {
            throw new IllegalStateException("an endless wait has timed out", e);
        } catch (Throwable failure) {
            return failure;
        }
    }

    /**
     * The body of a loop as a function.
     *
     * @param body what is done with each item
     * @param <A> the type of the items
     * @serial exclude
     */
    private record Body<A extends @Nullable Object>(CheckedConsumer<? super A> body)
            implements CheckedFunction<A, @Nullable Void> {
        @Override
        @SuppressWarnings("NullAway") // the only Void there is
        public @Nullable Void applyChecked(A item) throws Exception {
            body.acceptChecked(item);
            return null;
        }
    }

    /** One call of a method; a method travels by its name and the names of its parameter types. */
    private static final class RemoteCall implements CheckedSupplier<@Nullable Object> {

        private static final long serialVersionUID = 1L;

        private final Class<?> type;
        private final String name;
        private final Class<?>[] parameters;

        @SuppressWarnings("serial") // must be serializable only if it travels; the engine says what is not
        private final Object target;

        @SuppressWarnings("serial") // as above
        private final Object @Nullable [] arguments;

        RemoteCall(Class<?> type, Method method, Object target, Object @Nullable [] arguments) {
            this.type = type;
            this.name = method.getName();
            this.parameters = method.getParameterTypes();
            this.target = target;
            this.arguments = arguments;
        }

        @Override
        @SuppressWarnings("NullAway") // null is a legal result
        public @Nullable Object getChecked() throws Exception {
            Object result = invoke(type.getMethod(name, parameters), target, arguments);
            return result instanceof java.util.concurrent.Future<?> future ? ended(future) : result;
        }

        /** The value of the future that an implementation returned. */
        private static @Nullable Object ended(java.util.concurrent.Future<?> future) throws Exception {
            try {
                return future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw Outcome.rethrow(Objects.requireNonNullElse(e.getCause(), e));
            }
        }

        @Override
        public String toString() {
            return type.getSimpleName() + "." + name + "()";
        }
    }
}
