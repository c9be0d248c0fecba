package offspring.core.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that made the JVM and, in a program started by {@code java}, runs {@code main}. Other threads may join it: they
 * go on when {@code main} has returned.
 */
final class MainThread extends ForeignThread {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private MainThread(java.lang.@Nullable Thread below) {
        super("MainThread", below);
    }

    /**
     * Finds it among the living threads of all groups: the JVM makes it first, so it has the smallest number, and puts it
     * in the group called main. The threads that are made next belong to the system and live as long as the JVM; if one
     * of them has the smallest number, the main thread is gone, and is represented as ended.
     */
    static MainThread find() {
        ThreadGroup root = java.lang.Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = root.getParent(); parent != null; parent = root.getParent()) {
            root = parent;
        }
        java.lang.Thread[] living = new java.lang.Thread[root.activeCount() * 2 + 16];
        int count = root.enumerate(living, true);
        java.lang.Thread first = living[0];
        for (int i = 1; i < count; i++) {
            if (living[i].getId() < first.getId()) {
                first = living[i];
            }
        }
        ThreadGroup group = first == null ? null : first.getThreadGroup();
        return new MainThread(group != null && group.getName().equals("main") ? first : null);
    }

    @Override
    public boolean daemon() {
        return false;
    }

    @Override
    public void join() throws InterruptedException {
        joined(Long.MAX_VALUE);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return joined(Timeouts.nanos(timeout));
    }

    private boolean joined(long nanos) throws InterruptedException {
        java.lang.Thread caller = java.lang.Thread.currentThread();
        if (represents(caller)) {
            throw new IllegalStateException(
                    "cannot join " + name() + ": it is the calling thread, which would wait for itself for ever");
        }
        if (java.lang.Thread.interrupted()) {
            throw new InterruptedException("interrupted before joining " + name());
        }
        if (isAlive()) {
            if (VirtualThreads.isVirtual(caller)) {
                poll(nanos);
            } else {
                TimeUnit.NANOSECONDS.timedJoin(toJavaThread(), nanos);
            }
        }
        return !isAlive();
    }

    /** The JDK's join waits on a monitor, which would pin a virtual caller; and no latch of ours opens when main ends. */
    private void poll(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        while (isAlive() && System.nanoTime() - start < nanos) {
            if (java.lang.Thread.interrupted()) {
                throw new InterruptedException("interrupted while joining " + name());
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    @Override
    public String toString() {
        return ident().isPresent() ? super.toString() : "<MainThread(" + name() + ", stopped)>";
    }
}
