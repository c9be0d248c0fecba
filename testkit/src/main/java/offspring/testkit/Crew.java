package offspring.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.function.CheckedConsumer;
import offspring.core.function.CheckedRunnable;

/**
 * Threads that do the same work for a test: the {@code Bunch} of CPython's suite. A failure in any of them fails the test,
 * and none of them outlives it.
 *
 * <pre>{@code
 * lock.acquire();
 * try (var crew = Crew.start(5, () -> { lock.acquire(); lock.release(); })) {
 *     crew.awaitBlocked();
 *     assertThat(crew.finished()).isZero();
 *     lock.release();
 * }   // joins; throws what the threads threw
 * }</pre>
 */
public final class Crew implements AutoCloseable {

    private final List<Thread> members = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger finished = new AtomicInteger();

    private Crew() {}

    /** Starts {@code size} threads that run {@code task}. */
    public static Crew start(int size, CheckedRunnable task) {
        return start(size, Executors.defaultThreadFactory(), index -> task.runChecked());
    }

    /** Starts {@code size} threads that run {@code task} with their number, from 0. */
    public static Crew start(int size, CheckedConsumer<Integer> task) {
        return start(size, Executors.defaultThreadFactory(), task);
    }

    /** Starts {@code size} threads of the given factory that run {@code task} with their number, from 0. */
    public static Crew start(int size, ThreadFactory factory, CheckedConsumer<Integer> task) {
        Crew crew = new Crew();
        for (int i = 0; i < size; i++) {
            int index = i;
            crew.members.add(factory.newThread(() -> crew.work(index, task)));
        }
        crew.members.forEach(Thread::start);
        return crew;
    }

    private void work(int index, CheckedConsumer<Integer> task) {
        try {
            task.acceptChecked(index);
        } catch (Throwable failure) {
            failures.add(failure);
        } finally {
            finished.incrementAndGet();
        }
    }

    /** How many members are through with their work. */
    public int finished() {
        return finished.get();
    }

    /** The thread with this number. */
    public Thread member(int index) {
        return members.get(index);
    }

    /** All threads, in the order of their numbers. */
    public List<Thread> members() {
        return List.copyOf(members);
    }

    /** Waits until every member that still works is blocked or waiting. */
    public Crew awaitBlocked() {
        for (Thread member : members) {
            Deadlines.eventually(member + " blocks", () -> isBlockedOrOver(member));
        }
        return this;
    }

    /** Whether the thread is blocked, waiting, or ended. */
    public static boolean isBlockedOrOver(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING, TERMINATED -> true;
            case RUNNABLE -> waitsInTheSystem(thread);
            case NEW -> false;
        };
    }

    /** A thread that waits for a socket or selector seems to run. */
    private static boolean waitsInTheSystem(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && stack[0].isNativeMethod()
                && stack[0].getClassName().startsWith("sun.nio.ch.");
    }

    /** Interrupts every member. */
    public void interrupt() {
        members.forEach(Thread::interrupt);
    }

    /**
     * Waits for the end of all members.
     *
     * @throws AssertionError if a member failed, or has not ended within {@link Deadlines#PATIENCE}; then it is interrupted
     */
    public void join() {
        long start = System.nanoTime();
        for (Thread member : members) {
            long left = Deadlines.PATIENCE.toNanos() - (System.nanoTime() - start);
            if (!joined(member, left)) {
                String stacks = StackDump.all();
                interrupt();
                failures.add(
                        new AssertionError(member + " has not ended within " + Deadlines.PATIENCE + "\n" + stacks));
                break;
            }
        }
        throwFailures();
    }

    private static boolean joined(Thread member, long nanos) {
        try {
            member.join(Math.max(1, nanos / 1_000_000));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for the end of " + member + "\n" + StackDump.all(), e);
        }
        return !member.isAlive();
    }

    private void throwFailures() {
        Throwable first = failures.poll();
        if (first == null) {
            return;
        }
        AssertionError error = new AssertionError("a thread of the test failed: " + first, first);
        for (Throwable other = failures.poll(); other != null; other = failures.poll()) {
            error.addSuppressed(other);
        }
        throw error;
    }

    /** {@linkplain #join() Joins}. */
    @Override
    public void close() {
        join();
    }
}
