package offspring.multiprocessing.internal.launch.standby;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.LaunchSpec;
import org.jspecify.annotations.Nullable;

/**
 * The thread that keeps the reserves of this process full, and empties those that nobody uses. It is there as long as there is
 * something to keep.
 *
 * <p><b>Budget.</b> All JVMs that stand by together may take {@value #BUDGET_PROPERTY} bytes, or half of what this JVM's own heap may
 * take; each counts as {@value #EACH_BYTES} bytes. One is always allowed.
 */
final class Keeper {

    static final Keeper ONE = new Keeper();

    /** How many bytes the JVMs that stand by may take: a system property. */
    static final String BUDGET_PROPERTY = "offspring.standbyBudgetBytes";

    /** What one takes that has prepared itself and waits, of memory that it shares with nobody; measured, and rounded up. */
    static final long EACH_BYTES = 48L << 20;

    private static final long LONG_NANOS = TimeUnit.HOURS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** All that somebody still has. */
    private final Map<List<@Nullable Object>, WeakReference<Reserve>> known = new HashMap<>();
    /** Those of which somebody wants something, or that have something. */
    private final Set<Reserve> active = new LinkedHashSet<>();

    private final int most = most();
    private boolean running;
    private boolean over;

    private Keeper() {}

    private static int most() {
        long budget = Long.getLong(BUDGET_PROPERTY, Runtime.getRuntime().maxMemory() / 2);
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, budget / EACH_BYTES));
    }

    Reserve reserve(LaunchSpec spec, Supplier<byte[]> preparation) {
        List<@Nullable Object> key = spec.standbyKey();
        lock.lock();
        try {
            WeakReference<Reserve> reference = known.get(key);
            Reserve reserve = reference == null ? null : reference.get();
            if (reserve == null) {
                known.values().removeIf(other -> other.get() == null);
                reserve = new Reserve(this, spec.standby(), preparation);
                known.put(key, new WeakReference<>(reserve));
            }
            return reserve;
        } finally {
            lock.unlock();
        }
    }

    /** Does something to a reserve under the lock, after which there may be something to do. */
    void change(Reserve reserve, Runnable step) {
        lock.lock();
        try {
            step.run();
            active.add(reserve);
            changed.signalAll();
            if (!running && !over && isNeeded()) {
                running = true;
                java.lang.Thread keeper = new java.lang.Thread(null, this::keep, "offspring-standby", 1 << 19);
                keeper.setDaemon(true);
                keeper.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes those out of a reserve that nobody wants any more. */
    List<Child> takeSurplus(Reserve reserve) {
        List<Child> surplus = new ArrayList<>();
        lock.lock();
        try {
            takeSurplus(reserve, surplus);
        } finally {
            lock.unlock();
        }
        return surplus;
    }

    /** Waits for a change while something holds, which is looked at under the lock; false if it does not, or the deadline has passed. */
    boolean awaitChange(BooleanSupplier holds, long deadline) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (true) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !holds.getAsBoolean()) {
                    return false;
                }
                try {
                    return changed.awaitNanos(left) > 0;
                } catch (InterruptedException e) {
                    interrupted = true; // kept for later: what was begun is ended
                }
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                java.lang.Thread.currentThread().interrupt();
            }
        }
    }

    private static void takeSurplus(Reserve reserve, List<Child> surplus) {
        long now = System.nanoTime();
        for (Child child = reserve.surplus(now); child != null; child = reserve.surplus(now)) {
            surplus.add(child);
        }
    }

    /** Looks at something under the lock. */
    void look(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    private boolean isNeeded() {
        long now = System.nanoTime();
        active.removeIf(reserve -> reserve.isIdle(now));
        return !active.isEmpty();
    }

    private void keep() {
        boolean goOn = true;
        while (goOn) {
            List<Child> surplus = new ArrayList<>();
            Reserve lacking = null;
            lock.lock();
            try {
                over = Child.isTooLate();
                active.forEach(reserve -> takeSurplus(reserve, surplus));
                lacking = over ? null : lacking();
                if (lacking != null) {
                    lacking.begin();
                } else if (surplus.isEmpty()) {
                    goOn = await();
                }
            } finally {
                lock.unlock();
            }
            surplus.forEach(Child::dismiss);
            if (lacking != null) {
                lacking.start();
            }
        }
    }

    private @Nullable Reserve lacking() {
        int all = 0;
        for (Reserve reserve : active) {
            all += reserve.size();
        }
        long now = System.nanoTime();
        for (Reserve reserve : active) {
            if (all < most && reserve.lacks(now)) {
                return reserve;
            }
        }
        return null;
    }

    /** Waits for a change; false if there is nothing to keep any more. */
    private boolean await() {
        if (over || !isNeeded()) {
            running = false;
            return false;
        }
        long now = System.nanoTime();
        long next = now + LONG_NANOS;
        for (Reserve reserve : active) {
            next = reserve.nextChange(now, next);
        }
        try {
            long left = changed.awaitNanos(next - now);
            if (left <= 0) {
                Logs.of(Keeper.class).trace("a time limit has passed");
            }
        } catch (InterruptedException e) {
            Logs.of(Keeper.class).debug("nobody has a reason to interrupt the keeper of reserves", e);
        }
        return true;
    }
}
