package offspring.threading;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import offspring.core.Thread;
import offspring.core.function.CheckedConsumer;
import offspring.core.internal.ExceptHook;
import offspring.core.internal.StackSize;
import offspring.core.internal.ThreadRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The functions of Python's {@code threading} module: who am I, who is alive, who hears of a thread's failure.
 *
 * <pre>{@code
 * for (Thread thread : Threading.enumerate()) {
 *     System.out.println(thread.name() + (thread == Threading.currentThread() ? " <- me" : ""));
 * }
 * Threading.setExcepthook(args -> log.error("thread {} died", args.thread(), args.exception()));
 * }</pre>
 *
 * <p><b>Which threads it knows.</b> Those that were started as {@link Thread}, from inside {@code start()} until they have
 * ended; the main thread, for ever; and of all others, the {@code java.lang.Thread}s of the JVM, of libraries and of
 * executors, those that have called {@link #currentThread()}. Such a stranger is represented by a <i>dummy</i>: it is
 * named {@code Dummy-N}, counts as a daemon, is alive as long as the thread below it and cannot be joined or changed.
 *
 * <p><b>What blocks.</b> Nothing here but the iterators of {@link #serializeIterator} and {@link #concurrentTee}, for
 * as long as another thread draws from the source.
 *
 * <p><b>Differences from Python.</b> There is no {@code settrace} or {@code setprofile}, for the JVM has no trace hook
 * per line, and no {@code TIMEOUT_MAX}, for long timeouts saturate; {@code synchronized_iterator} is a decorator,
 * which Java has not: call {@link #serializeIterator}. Module variables are pairs of methods.
 *
 * @since 0.1.0
 */
public final class Threading {

    private static final CheckedConsumer<ExceptHookArgs> DEFAULT_EXCEPTHOOK =
            args -> ExceptHook.print(args.exception(), args.thread());

    private Threading() {}

    /** A hook of the program's own, as core calls it. */
    private record Bridge(CheckedConsumer<ExceptHookArgs> hook) implements BiConsumer<Throwable, @Nullable Thread> {
        @Override
        public void accept(Throwable exception, @Nullable Thread thread) {
            hook.accept(new ExceptHookArgs(exception, thread));
        }
    }

    /**
     * The thread that calls.
     *
     * @return the {@link Thread} whose {@code run()} this is, the main thread, or a dummy for any other thread; the same
     *     object at every call
     */
    public static Thread currentThread() {
        return ThreadRegistry.current();
    }

    /**
     * The thread that made the JVM; in a program started by {@code java} it has run {@code main}. It may be joined from
     * other threads, which go on when {@code main} has returned.
     *
     * @return always the same thread, named {@code MainThread}
     */
    public static Thread mainThread() {
        return ThreadRegistry.main();
    }

    /**
     * How many threads {@link #enumerate()} would list now.
     *
     * @return a number, at least 1
     */
    public static int activeCount() {
        return ThreadRegistry.alive().size();
    }

    /**
     * All known threads that are alive, daemons and dummies among them, and the main thread in any case. A thread is listed
     * before its {@code start()} returns and no more when a {@code join} of it returns.
     *
     * @return a snapshot, the main thread first, the others in the order in which they were started
     */
    public static List<Thread> enumerate() {
        return List.copyOf(ThreadRegistry.alive());
    }

    /**
     * The number of the calling thread in this JVM.
     *
     * @return what {@link Thread#ident()} of the calling thread says; not zero, and never given to another thread
     */
    public static long getIdent() {
        return java.lang.Thread.currentThread().getId();
    }

    /**
     * The number that the operating system's tools show for the calling thread. Asking takes some microseconds the first
     * time in each thread.
     *
     * @return the number, or nothing if the platform does not tell it (only Linux does) or the thread is virtual
     */
    public static OptionalLong getNativeId() {
        return currentThread().nativeId();
    }

    /**
     * Who hears of exceptions that nobody caught in a {@link Thread}.
     *
     * @return the hook in force
     */
    public static CheckedConsumer<ExceptHookArgs> excepthook() {
        return ExceptHook.installed() instanceof Bridge bridge ? bridge.hook : DEFAULT_EXCEPTHOOK;
    }

    /**
     * Says who hears of exceptions that nobody caught in a {@link Thread}, from now on and also in threads that run
     * already. The hook is called in the failing thread, which ends when it returns; several threads may call it at once;
     * it may block. If the hook throws, {@code Exception in Threading.excepthook:} goes to the standard error stream, and
     * the hook's exception, with the thread's as a suppressed one, to the JVM's handler for uncaught exceptions.
     *
     * <p>To send failures where those of plain Java threads go:
     *
     * <pre>{@code
     * Threading.setExcepthook(args -> java.lang.Thread.getDefaultUncaughtExceptionHandler()
     *         .uncaughtException(java.lang.Thread.currentThread(), args.exception()));
     * }</pre>
     *
     * @param hook what to call; {@link #defaultExcepthook()} restores what a program starts with
     */
    public static void setExcepthook(CheckedConsumer<ExceptHookArgs> hook) {
        Objects.requireNonNull(hook, "hook: null; pass Threading.defaultExcepthook() to restore the default");
        ExceptHook.install(new Bridge(hook));
    }

    /**
     * The hook a program starts with: Python's {@code threading.__excepthook__}. It prints {@code Exception in thread
     * NAME:} and the stack trace to {@link System#err} in one piece, and says nothing about a {@link
     * offspring.core.ThreadExitException}.
     *
     * @return always the same hook
     */
    public static CheckedConsumer<ExceptHookArgs> defaultExcepthook() {
        return DEFAULT_EXCEPTHOOK;
    }

    /**
     * The stack size of threads that are started from now on and do not ask for one: Python's {@code stack_size()}.
     *
     * @return the size, or 0 if the JVM decides
     */
    public static long stackSizeBytes() {
        return StackSize.bytes();
    }

    /**
     * Sets the stack size of platform threads that are started from now on and do not ask for one: Python's {@code
     * stack_size(size)}. A hint, which some platforms round or ignore.
     *
     * @param stackSizeBytes the size, at least 32768, or 0 to let the JVM decide
     * @return the size before
     * @throws IllegalArgumentException if the size is negative, or less than 32768 and not 0
     */
    public static long setStackSizeBytes(long stackSizeBytes) {
        return StackSize.set(stackSizeBytes);
    }

    /**
     * Shares the items of one source out among threads, each item to exactly one of them: Python's {@code
     * serialize_iterator}. The source need not be safe for use by several threads; it is asked by one at a time.
     *
     * <pre>{@code
     * Iterable<Path> files = Threading.serializeIterator(allFiles);
     * CheckedRunnable worker = () -> { // in as many threads as one likes: each file is scanned by one
     *     for (Path file : files) scan(file);
     * };
     * }</pre>
     *
     * <p>Each {@code iterator()} of the result is for one thread and goes on drawing from the same source. Its {@code
     * hasNext()} takes an item already, which its next {@code next()} returns. Both wait while another thread draws. What
     * the source throws comes out in the thread that drew; the others may go on.
     *
     * @param <T> the type of the items
     * @param items the source; its {@code iterator()} is called once, now
     * @return what the threads iterate over
     */
    public static <T extends @Nullable Object> Iterable<T> serializeIterator(Iterable<? extends T> items) {
        return new SerializedIterable<>(checked(items).iterator());
    }

    /**
     * Gives {@code n} iterators of which each yields all items of one source, in order: Python's {@code concurrent_tee}.
     * Each of them is for one thread at a time, but they may run in different ones. Items are kept until the slowest
     * iterator has passed them.
     *
     * @param <T> the type of the items
     * @param items the source; its {@code iterator()} is called once, now, and asked by one thread at a time
     * @param n how many iterators
     * @return the iterators, none for 0
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public static <T extends @Nullable Object> List<Iterator<T>> concurrentTee(Iterable<? extends T> items, int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n=" + n + " is negative; give how many iterators you want, or 0");
        }
        Tee<T> tee = new Tee<>(checked(items).iterator());
        List<Iterator<T>> iterators = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            iterators.add(tee.iterator());
        }
        return List.copyOf(iterators);
    }

    private static <T extends @Nullable Object> Iterable<? extends T> checked(Iterable<? extends T> items) {
        Objects.requireNonNull(items, "items: null; give what to iterate over");
        return items;
    }
}
