package offspring.core.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import offspring.core.Thread;

/** The threads that are alive, by the {@code java.lang.Thread} below each. */
public final class ThreadRegistry {

    /*
     * Who writes LIVE.
     *
     * A thread of Offspring is put in by its starter, before the operating system hears of it, and taken out by itself as
     * the last thing before it counts as ended (by its starter, if the start is refused). A dummy is put in by the thread
     * it stands for, and nobody tells when that thread ends: the dead ones are swept out whenever the living are listed,
     * and when the map has doubled since the last sweep, so that a program that makes a million short threads and never
     * lists them does not keep a million dummies. The price is one pass over the map per doubling.
     *
     * The main thread is not in the map: it counts as listed for ever, as in Python.
     */
    private static final ConcurrentMap<java.lang.Thread, Thread> LIVE = new ConcurrentHashMap<>();

    /** Looked for when the first thread starts or the first question is asked, for once it has ended it cannot be found. */
    private static final MainThread MAIN = MainThread.find();

    private static final int FIRST_SWEEP = 64;
    private static final AtomicInteger DUMMIES = new AtomicInteger();

    /** How many threads the map may hold before the next sweep. A lost race costs a sweep more or less. */
    private static volatile int sweepAt = FIRST_SWEEP;

    private ThreadRegistry() {}

    /** Lists a thread that is about to start. */
    public static void add(java.lang.Thread below, Thread thread) {
        LIVE.put(below, thread);
    }

    /** Takes out a thread that ends or whose start was refused. */
    public static void remove(java.lang.Thread below) {
        LIVE.remove(below);
    }

    /** The thread that calls: one of Offspring's, the main thread, or a dummy, made now if this is its first call. */
    public static Thread current() {
        java.lang.Thread caller = java.lang.Thread.currentThread();
        Thread known = LIVE.get(caller);
        return known != null ? known : foreign(caller);
    }

    private static Thread foreign(java.lang.Thread caller) {
        if (MAIN.represents(caller)) {
            return MAIN;
        }
        Thread dummy = new DummyThread("Dummy-" + DUMMIES.incrementAndGet(), caller);
        LIVE.put(caller, dummy);
        if (LIVE.size() > sweepAt) {
            sweep();
            sweepAt = Math.max(FIRST_SWEEP, 2 * LIVE.size());
        }
        return dummy;
    }

    /** The main thread, also when it has ended. */
    public static Thread main() {
        return MAIN;
    }

    /** The main thread, then all others that are alive, in the order in which they were made. */
    public static List<Thread> alive() {
        sweep();
        List<Map.Entry<java.lang.Thread, Thread>> entries = new ArrayList<>(LIVE.entrySet());
        entries.sort(Comparator.comparingLong(entry -> entry.getKey().getId()));
        List<Thread> alive = new ArrayList<>(entries.size() + 1);
        alive.add(MAIN);
        entries.forEach(entry -> alive.add(entry.getValue()));
        return alive;
    }

    private static void sweep() {
        LIVE.values().removeIf(thread -> thread instanceof DummyThread dummy && !dummy.isAlive());
    }
}
