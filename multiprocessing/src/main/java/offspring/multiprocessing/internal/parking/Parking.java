package offspring.multiprocessing.internal.parking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import offspring.core.internal.VirtualThreads;
import offspring.multiprocessing.internal.segment.ProcessTable;
import offspring.multiprocessing.internal.segment.Session;
import org.jspecify.annotations.Nullable;

/**
 * The sleepers of this process, and how other processes reach them.
 *
 * <p>A thread that sleeps at a {@link WaitPoint} is listed here; a {@link Bell} that rings, or a change made by this very
 * process, wakes those whose mark has been taken away; all, if another process has the same mark.
 */
public final class Parking {

    /** How long a thread sleeps at a time while the bell is not hung up yet. */
    static final long NAP_NANOS = 200_000;

    private static final int MARKS = 64;
    private static final ReentrantLock MAKING = new ReentrantLock();
    private static volatile @Nullable Parking current;

    private final Session session;
    private final Bell bell;
    private final Ropes ropes;
    private final long mark;
    private final LongConsumer others = new Others();
    /** Threads by the place where they sleep. A thread adds itself before it sleeps and removes itself afterwards. */
    private final ConcurrentHashMap<WaitPoint, Set<java.lang.Thread>> sleepers = new ConcurrentHashMap<>();

    private Parking(Session session) {
        this.session = session;
        this.mark = 1L << ProcessTable.slotOf(session.self()) % MARKS;
        this.ropes = new Ropes(session);
        this.bell = new Bell(session, ropes, new Called());
    }

    /** The parking of this process; makes the session if there is none. */
    public static Parking current() throws IOException {
        Parking known = current;
        if (known != null) {
            return known;
        }
        MAKING.lock();
        try {
            known = current;
            if (known == null) {
                known = new Parking(Session.current());
                current = known;
            }
            return known;
        } finally {
            MAKING.unlock();
        }
    }

    /** Where a process listens when it sleeps; there is such a file only if it ever slept. */
    public static Path bellOf(Session session, long identity) {
        return session.directory()
                .resolve("bell-" + ProcessTable.slotOf(identity) + "-" + ProcessTable.generationOf(identity));
    }

    /** This process is about to end; whoever still sleeps polls from now on. */
    public static void silence() {
        Parking known = current;
        if (known != null) {
            known.bell.silence();
        }
    }

    /** Closes what is open for the sake of processes that are gone. */
    public static void tidy() {
        Parking known = current;
        if (known != null) {
            known.bell.tidy();
            known.seeThatSomebodyLeads(); // who wanted to lead meanwhile could not
        }
    }

    /** The mark of this process at every wait point. */
    long mark() {
        return mark;
    }

    /** One thread at one place, from its first look to its last. */
    record Sleeper(WaitPoint place, java.lang.Thread thread) {}

    /** Adds a thread to those that sleep at a place. */
    private record Entering(java.lang.Thread thread)
            implements BiFunction<WaitPoint, @Nullable Set<java.lang.Thread>, Set<java.lang.Thread>> {

        @Override
        public Set<java.lang.Thread> apply(WaitPoint place, @Nullable Set<java.lang.Thread> threads) {
            Set<java.lang.Thread> all = threads == null ? ConcurrentHashMap.newKeySet(4) : threads;
            all.add(thread);
            return all;
        }
    }

    /** Removes it. */
    private record Leaving(java.lang.Thread thread)
            implements BiFunction<WaitPoint, Set<java.lang.Thread>, @Nullable Set<java.lang.Thread>> {

        @Override
        public @Nullable Set<java.lang.Thread> apply(WaitPoint place, Set<java.lang.Thread> threads) {
            threads.remove(thread);
            return threads.isEmpty() ? null : threads;
        }
    }

    Sleeper enter(WaitPoint place) {
        java.lang.Thread thread = java.lang.Thread.currentThread();
        sleepers.compute(place, new Entering(thread));
        bell.hang();
        return new Sleeper(place, thread);
    }

    private void leave(Sleeper sleeper) {
        sleepers.computeIfPresent(sleeper.place(), new Leaving(sleeper.thread()));
    }

    /**
     * Makes the calling thread the one that listens, if there is none and it can. It must look at what it waits for between this and its
     * {@linkplain #rest rest}.
     */
    boolean tryLead() {
        return bell.needsLeader() && !VirtualThreads.isVirtual(java.lang.Thread.currentThread()) && bell.tryLead();
    }

    /** Sleeps until woken or interrupted, at most so long; may end without reason. */
    void rest(Object blocker, long nanos, boolean leading) {
        if (!bell.isListening()) {
            LockSupport.parkNanos(blocker, Math.min(nanos, NAP_NANOS));
            return;
        }
        if (VirtualThreads.isVirtual(java.lang.Thread.currentThread())) {
            bell.attend(); // now that the bell hangs: it may not have when the thread came
        }
        if (leading) {
            bell.listen(Math.min(nanos, WaitPoint.BACKSTOP_NANOS));
        } else {
            LockSupport.parkNanos(blocker, Math.min(nanos, WaitPoint.BACKSTOP_NANOS));
        }
    }

    /** The calling thread is through with its sleep. If nobody listens now, another sleeper is woken to do so. */
    void leave(Collection<Sleeper> all, boolean leading) {
        for (Sleeper sleeper : all) {
            leave(sleeper);
        }
        if (leading) {
            bell.unlead();
        }
        seeThatSomebodyLeads();
    }

    private void seeThatSomebodyLeads() {
        if (!sleepers.isEmpty() && bell.needsLeader()) {
            wakeSuccessor();
        }
    }

    private void wakeSuccessor() {
        java.lang.Thread attendant = bell.attendant();
        if (attendant != null) {
            LockSupport.unpark(attendant);
            return;
        }
        for (Set<java.lang.Thread> threads : sleepers.values()) {
            for (java.lang.Thread thread : threads) {
                if (!VirtualThreads.isVirtual(thread)) {
                    LockSupport.unpark(thread);
                    return;
                }
            }
        }
    }

    /** Ends the sleep of a thread of this process, if it sleeps at a wait point or watches several. */
    public static void wake(java.lang.Thread thread) {
        Parking known = current;
        if (known != null) {
            known.bell.wake(thread);
        } else {
            LockSupport.unpark(thread);
        }
    }

    /** Wakes the processes whose marks were taken from a wait point. */
    void wake(WaitPoint place, long marks) {
        if ((marks & mark) != 0) {
            unpark(sleepers.get(place));
        }
        for (long rest = marks; rest != 0; rest &= rest - 1) {
            session.processes().forEachListener(Long.numberOfTrailingZeros(rest), MARKS, others);
        }
    }

    /**
     * Wakes every sleeper of every process: after a death, when anything may have lost its holder. The number of {@linkplain
     * ProcessTable#deaths deaths} must have grown before, since that is what the woken look at.
     */
    public void wakeAll() {
        bell.tidy();
        wakeAfterDeath(); // after it: who wanted to lead meanwhile tries again
        session.processes().forEachListener(0, 1, others);
    }

    /** Rings the bells of other processes. */
    private final class Others implements LongConsumer {

        @Override
        public void accept(long identity) {
            if (identity != session.self()) {
                ropes.ring(identity);
            }
        }
    }

    /** Wakes the threads that the bell is rung for. */
    private final class Called implements Bell.Hearer {

        @Override
        public void onRing() {
            wakeCalled();
        }

        @Override
        public void onDeath() {
            wakeAfterDeath();
        }
    }

    /** Wakes the threads of this process that sleep at a place, except the caller. */
    void wakeOthersAt(WaitPoint place) {
        unparkOthers(sleepers.get(place));
    }

    /**
     * Wakes those who are called, except the caller, which has listened and looks before it listens again. Another process with the same
     * mark may have been faster, and have set it again: then nobody here seems to be called, so all look.
     */
    private void wakeCalled() {
        boolean passedBy = false;
        for (Map.Entry<WaitPoint, Set<java.lang.Thread>> sleeping : sleepers.entrySet()) {
            if (sleeping.getKey().isCalled()) {
                unparkOthers(sleeping.getValue());
            } else {
                passedBy = true;
            }
        }
        if (passedBy && session.processes().hasNeighbour(session.self(), MARKS)) {
            sleepers.values().forEach(this::unparkOthers);
        }
    }

    void wakeHere(Predicate<WaitPoint> which) {
        sleepers.forEach((place, threads) -> {
            if (which.test(place)) {
                unpark(threads);
            }
        });
    }

    private void wakeAfterDeath() {
        ropes.forgetTheDead();
        wakeAllHere();
    }

    private void wakeAllHere() {
        for (Set<java.lang.Thread> threads : sleepers.values()) {
            unpark(threads);
        }
    }

    private void unpark(@Nullable Set<java.lang.Thread> threads) {
        if (threads != null) {
            for (java.lang.Thread thread : threads) {
                bell.wake(thread);
            }
        }
    }

    private void unparkOthers(@Nullable Set<java.lang.Thread> threads) {
        if (threads != null) {
            java.lang.Thread self = java.lang.Thread.currentThread();
            for (java.lang.Thread thread : threads) {
                if (thread != self) {
                    bell.wake(thread);
                }
            }
        }
    }
}
