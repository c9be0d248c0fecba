package offspring.threading;

import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.function.CheckedRunnable;
import offspring.core.internal.VirtualThreads;
import offspring.futures.engine.EnginePool;
import org.jspecify.annotations.Nullable;

/**
 * A {@link offspring.futures.Pool} of threads in this JVM: the twin of Python's {@code multiprocessing.pool.ThreadPool}.
 *
 * <pre>{@code
 * try (var pool = new ThreadPool(4)) {
 *     List<Page> pages = pool.map(Page::fetch, addresses); // in the order of the addresses
 *     System.out.println(pages.size()); // 3
 * }
 * }</pre>
 *
 * <p>Threads are started on demand, as long as there are more unfinished hand-overs than threads and fewer threads than the
 * pool may have; idle ones are used first. They are daemons, named {@code ThreadPool-N_I}. While a task runs, its thread
 * has the SLF4J MDC of the thread that submitted it; afterwards it has none.
 *
 * <p><b>Initializer.</b> Runs once in each thread before its first task. If it throws, the pool is broken: what waits fails
 * with a {@link offspring.futures.BrokenExecutorException} whose cause is what it threw, and so does what comes.
 *
 * <p><b>Termination.</b> {@link #terminate()} interrupts running tasks and completes their results at once; a task that does
 * not heed the interrupt runs on, and {@link #join()} waits for it, as in Python.
 *
 * <p><b>Fairness.</b> Tasks are begun in the order in which they were submitted.
 *
 * <p><b>Differences from Python.</b> Threads start on demand. See {@link offspring.futures.Pool} for the rest.
 *
 * @since 0.1.0
 */
public final class ThreadPool extends EnginePool {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** Makes a pool of as many threads as there are processors. */
    public ThreadPool() {
        this(builder());
    }

    /**
     * Makes a pool.
     *
     * @param threads how many threads it may have, at least 1
     * @throws IllegalArgumentException if {@code threads} is less than 1
     */
    public ThreadPool(int threads) {
        this(builder().threads(threads));
    }

    private ThreadPool(Builder builder) {
        super(new ThreadEngine(new ThreadEngine.Settings(
                builder.threads,
                "ThreadPool-" + COUNTER.getAndIncrement(),
                true,
                builder.virtual,
                builder.initializer)));
        ThreadPoolExecutor.closeWhenForgotten(this, engine());
    }

    /**
     * Begins a pool with settings.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Collects the settings of a pool.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private int threads = Runtime.getRuntime().availableProcessors();
        private boolean virtual;
        private @Nullable CheckedRunnable initializer;

        private Builder() {}

        /**
         * Says how many threads the pool may have, instead of as many as there are processors.
         *
         * @param threads at least 1
         * @return this builder
         * @throws IllegalArgumentException if {@code threads} is less than 1
         */
        public Builder threads(int threads) {
            this.threads = ThreadPoolExecutor.checkedThreads("threads", threads);
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
         * Has something done in each thread before its first task.
         *
         * @param initializer what to do; {@code null} for nothing
         * @return this builder
         */
        public Builder initializer(@Nullable CheckedRunnable initializer) {
            this.initializer = initializer;
            return this;
        }

        /**
         * Makes the pool.
         *
         * @return a new pool
         * @throws UnsupportedOperationException if threads are to be virtual and this JVM is older than 21
         */
        public ThreadPool build() {
            if (virtual) {
                VirtualThreads.requireSupport();
            }
            return new ThreadPool(this);
        }
    }
}
