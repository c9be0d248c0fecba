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

    /** Finds it among the living threads of all groups; if it is gone, it is represented as ended. */
    static MainThread find() {
        ThreadGroup root = java.lang.Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = root.getParent(); parent != null; parent = root.getParent()) {
            root = parent;
        }
        java.lang.Thread[] living = new java.lang.Thread[root.activeCount() * 2 + 16];
        int count = root.enumerate(living, true);
        for (int i = 0; i < count; i++) {
            if (living[i].getId() == FIRST_IDENT) {
                return new MainThread(living[i]);
            }
        }
        return new MainThread(null);
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
        if (ident().getAsLong() == caller.getId()) {
            throw new IllegalStateException(
                    "cannot join " + name() + ": it is the calling thread, which would wait for itself for ever");
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
}
