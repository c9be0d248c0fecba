package offspring.threading;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.VirtualThreads;
import offspring.futures.engine.Engine;
import offspring.futures.engine.EngineExecutor;
import org.jspecify.annotations.Nullable;

/**
 * An {@link offspring.futures.Executor} on threads of this JVM: the twin of Python's {@code
 * concurrent.futures.ThreadPoolExecutor}. It is <b>not</b> {@code java.util.concurrent.ThreadPoolExecutor}, but an {@code
 * ExecutorService} like that one.
 *
 * <pre>{@code
 * try (var executor = ThreadPoolExecutor.builder()
 *         .maxWorkers(8)
 *         .threadNamePrefix("fetch")
 *         .build()) {
 *     Future<Page> page = executor.submit(() -> Page.fetch(address));
 *     show(page.result());
 * }
 * }</pre>
 *
 * <p>Threads are started on demand, as long as there are more unfinished calls than threads and fewer threads than allowed;
 * idle ones are used first. They are named {@code PREFIX_I}, or {@code ThreadPoolExecutor-N_I}. While a call runs, its
 * thread has the SLF4J MDC of the thread that submitted it; afterwards it has none.
 *
 * <p><b>Initializer.</b> Runs once in each thread before its first call. If it throws, the executor is broken: what waits
 * fails with a {@link offspring.futures.BrokenExecutorException} whose cause is what it threw, and so does what comes.
 *
 * <p><b>The end of the program.</b> The threads are no daemons, so the JVM waits for accepted calls, as Python's
 * interpreter does. An executor that nobody shuts down does not keep the JVM alive: once {@code main} has returned, a
 * thread that finds no work for a second ends (and is started anew, with the initializer, if work comes after all); and an
 * executor that is garbage is shut down. Virtual threads are daemons in any case: wait for their work.
 *
 * <p><b>Fairness.</b> Calls are begun in the order in which they were submitted. A call that waits for another one of the
 * same executor may wait for ever, if that one waits for its thread.
 *
 * <p><b>Differences from Python.</b> {@code System.exit} ends running calls instead of waiting for them. See {@link
 * offspring.futures.Executor} for the rest.
 *
 * @since 0.1.0
 */
public final class ThreadPoolExecutor extends EngineExecutor {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final int MOST_BY_DEFAULT = 32;

    /** Makes an executor of as many threads as Python's: four more than processors, at most 32. */
    public ThreadPoolExecutor() {
        this(builder());
    }

    /**
     * Makes an executor.
     *
     * @param maxWorkers how many threads it may have, at least 1
     * @throws IllegalArgumentException if {@code maxWorkers} is less than 1
     */
    public ThreadPoolExecutor(int maxWorkers) {
        this(builder().maxWorkers(maxWorkers));
    }

    private ThreadPoolExecutor(Builder builder) {
        super(new ThreadEngine(new ThreadEngine.Settings(
                builder.maxWorkers,
                builder.prefix.isEmpty() ? "ThreadPoolExecutor-" + COUNTER.getAndIncrement() : builder.prefix,
                false,
                builder.virtual,
                builder.initializer)));
        closeWhenForgotten(this, engine());
    }

    /**
     * Begins an executor with settings.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Closes an engine when its pool is garbage; the engine must not refer to the pool. */
    static void closeWhenForgotten(Object pool, Engine engine) {
        Forgotten.CLEANER.register(pool, engine::close);
    }

    /** The thread of the cleaner, made with the first pool. */
    private static final class Forgotten {
        static final Cleaner CLEANER = Cleaner.create();
    }

    static int checkedThreads(String name, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    name + "=" + threads + " is less than 1; give how many threads there may be");
        }
        return threads;
    }

    /**
     * Collects the settings of an executor.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private int maxWorkers = Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().availableProcessors() + 4);
        private String prefix = "";
        private boolean virtual;
        private @Nullable CheckedRunnable initializer;

        private Builder() {}

        /**
         * Says how many threads the executor may have.
         *
         * @param maxWorkers at least 1
         * @return this builder
         * @throws IllegalArgumentException if {@code maxWorkers} is less than 1
         */
        public Builder maxWorkers(int maxWorkers) {
            this.maxWorkers = checkedThreads("maxWorkers", maxWorkers);
            return this;
        }

        /**
         * Names the threads: the prefix, an underscore, and a number from 0.
         *
         * @param prefix the first part of the names; empty for {@code ThreadPoolExecutor-N}
         * @return this builder
         */
        public Builder threadNamePrefix(String prefix) {
            this.prefix = prefix;
            return this;
        }

        /**
         * Asks for virtual threads, which only Java 21 and later have.
         *
         * @param virtual whether threads are to be virtual
         * @return this builder
         */
        public Builder virtual(boolean virtual) {
            this.virtual = virtual;
            return this;
        }

        /**
         * Has something done in each thread before its first call.
         *
         * @param initializer what to do; {@code null} for nothing
         * @return this builder
         */
        public Builder initializer(@Nullable CheckedRunnable initializer) {
            this.initializer = initializer;
            return this;
        }

        /**
         * Makes the executor.
         *
         * @return a new executor
         * @throws UnsupportedOperationException if threads are to be virtual and this JVM is older than 21
         */
        public ThreadPoolExecutor build() {
            if (virtual) {
                VirtualThreads.requireSupport();
            }
            return new ThreadPoolExecutor(this);
        }
    }
}
