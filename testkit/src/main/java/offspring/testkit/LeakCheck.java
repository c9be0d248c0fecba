package offspring.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test that leaves a thread behind, lets an exception escape from one of its threads, or ends with the interrupt
 * flag of its own thread set. JUnit finds it by itself in every module that depends on the testkit.
 *
 * <p>Threads of the JVM and of the test tools do not count, nor do virtual threads, which the JVM does not list: a {@link
 * Crew} joins those. {@link MayFailInThreads} switches off the check for escaped exceptions.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);

    /** Names of threads that belong to the JVM or to the tools, not to a test. */
    private static final List<String> FOREIGN = List.of(
            "junit-",
            "awaitility",
            "surefire-",
            "ForkJoinPool.commonPool",
            "CompletableFutureDelayScheduler",
            "VirtualThread-unblocker",
            "VirtualThread-unparker",
            "Attach Listener",
            "Common-Cleaner",
            "Cleaner-",
            "Signal Dispatcher",
            "SIG",
            "Finalizer",
            "Reference Handler",
            "process reaper",
            "Keep-Alive-Timer",
            "JNA Cleaner",
            "logback-",
            // the session's listener, from the first wait between processes to the end of the JVM
            "offspring-bell",
            // one for all executors, from the first of them to the end of the main thread
            "offspring-watch of the main thread");

    /** Carriers of virtual threads, and helpers of the class library. */
    private static final Set<String> FOREIGN_GROUPS = Set.of("CarrierThreads", "InnocuousThreadGroup", "system");

    /** What was there before the test, and what has escaped since. */
    record Before(Set<Thread> threads, Queue<String> escaped, Thread.@Nullable UncaughtExceptionHandler handler) {

        static Before now() {
            return new Before(
                    new HashSet<>(living()),
                    new ConcurrentLinkedQueue<>(),
                    Thread.getDefaultUncaughtExceptionHandler());
        }

        void listen() {
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, failure) -> escaped.add(thread.getName() + ": " + failure + at(failure)));
        }

        void stopListening() {
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }

        /** The threads that were not there before and are not over. */
        List<Thread> left() {
            List<Thread> left = new ArrayList<>(living());
            left.removeAll(threads);
            return left;
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Before before = Before.now();
        context.getStore(NAMESPACE).put(Before.class, before);
        if (!isExempt(context)) {
            before.listen();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Before before = Objects.requireNonNull(context.getStore(NAMESPACE).remove(Before.class, Before.class));
        boolean interrupted = Thread.interrupted();
        try {
            Deadlines.eventually(
                    "the threads that the test started end", () -> before.left().isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("the test left threads behind: " + before.left(), e);
        } finally {
            if (!isExempt(context)) {
                before.stopListening();
            }
        }
        if (!before.escaped().isEmpty()) {
            throw new AssertionError("exceptions escaped from threads of the test: " + before.escaped());
        }
        if (interrupted) {
            throw new AssertionError("the test ended with its thread interrupted");
        }
    }

    private static List<Thread> living() {
        List<Thread> living = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread != Thread.currentThread() && !isForeign(thread)) {
                living.add(thread);
            }
        }
        return living;
    }

    private static boolean isForeign(Thread thread) {
        ThreadGroup group = thread.getThreadGroup(); // null if the thread is over
        return FOREIGN.stream().anyMatch(thread.getName()::startsWith)
                || (group != null && FOREIGN_GROUPS.contains(group.getName()));
    }

    private static boolean isExempt(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(MayFailInThreads.class)
                || context.getRequiredTestClass().isAnnotationPresent(MayFailInThreads.class);
    }

    private static String at(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return stack.length == 0 ? "" : " at " + stack[0];
    }
}
