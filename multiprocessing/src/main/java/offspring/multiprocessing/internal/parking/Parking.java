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
    /** By the place where they sleep. A thread adds its sleeper before it sleeps and removes it afterwards. */
    private final ConcurrentHashMap<WaitPoint, Set<Sleeper>> sleepers = new ConcurrentHashMap<>();

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

    /**
     * One thread's sleep, at one place or at several, from its first look to its last.
     *
     * <p>That it was woken is kept here, not only in the permit of its thread: a look may take a lock, such as that of a {@link Ropes rope}, and
     * the wait for the lock uses the permit up. Who wakes raises the flag after the change; the sleeper lowers it before it looks, and
     * does not rest if it is up again.
     */
    public static final class Sleeper {

        private final Bell bell;
        private final java.lang.Thread thread = java.lang.Thread.currentThread();
        private volatile boolean woken;

        private Sleeper(Bell bell) {
            this.bell = bell;
        }

        /** Ends the sleep, whether the thread leads or not. */
        public void wake() {
            woken = true;
            bell.wake(thread);
        }

        boolean isCaller() {
            return thread == java.lang.Thread.currentThread();
        }
    }

    /** Adds a sleeper to those at a place. */
    private record Entering(Sleeper sleeper) implements BiFunction<WaitPoint, @Nullable Set<Sleeper>, Set<Sleeper>> {

        @Override
        public Set<Sleeper> apply(WaitPoint place, @Nullable Set<Sleeper> there) {
            Set<Sleeper> all = there == null ? ConcurrentHashMap.newKeySet(4) : there;
            all.add(sleeper);
            return all;
        }
    }

    /** Removes it. */
    private record Leaving(Sleeper sleeper) implements BiFunction<WaitPoint, Set<Sleeper>, @Nullable Set<Sleeper>> {

        @Override
        public @Nullable Set<Sleeper> apply(WaitPoint place, Set<Sleeper> there) {
            there.remove(sleeper);
            return there.isEmpty() ? null : there;
        }
    }

    /** A sleep of the calling thread. */
    Sleeper sleeper() {
        return new Sleeper(bell);
    }

    void enter(Sleeper sleeper, WaitPoint place) {
        sleepers.compute(place, new Entering(sleeper));
        bell.hang();
    }

    /**
     * Before each look of a sleeper. Makes its thread the one that listens, if there is none and it can; says whether it is.
     *
     * @param leading whether it is already
     */
    boolean beforeLook(Sleeper sleeper, boolean leading) {
        sleeper.woken = false;
        return leading || (bell.needsLeader() && !VirtualThreads.isVirtual(sleeper.thread) && bell.tryLead());
    }

    /** After a look in vain: sleeps until woken or interrupted, at most so long; may end without reason. */
    void rest(Sleeper sleeper, Object blocker, long nanos, boolean leading) {
        if (!bell.isListening()) {
            LockSupport.parkNanos(blocker, Math.min(nanos, NAP_NANOS));
            return;
        }
        if (VirtualThreads.isVirtual(sleeper.thread)) {
            bell.attend(); // now that the bell hangs: it may not have when the thread came
        }
        if (sleeper.woken) {
            return;
        }
        if (leading) {
            bell.listen(Math.min(nanos, WaitPoint.BACKSTOP_NANOS));
        } else {
            LockSupport.parkNanos(blocker, Math.min(nanos, WaitPoint.BACKSTOP_NANOS));
        }
    }

    /** The calling thread is through with its sleep. If nobody listens now, another sleeper is woken to do so. */
    void leave(Sleeper sleeper, Collection<WaitPoint> places, boolean leading) {
        for (WaitPoint place : places) {
            sleepers.computeIfPresent(place, new Leaving(sleeper));
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
        for (Set<Sleeper> there : sleepers.values()) {
            for (Sleeper sleeper : there) {
                if (!VirtualThreads.isVirtual(sleeper.thread)) {
                    sleeper.wake();
                    return;
                }
            }
        }
    }

    /** Wakes the processes whose marks were taken from a wait point. */
    void wake(WaitPoint place, long marks) {
        if ((marks & mark) != 0) {
            wakeThem(sleepers.get(place));
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
        wakeAfterDeath();
        seeThatSomebodyLeads(); // who wanted to lead meanwhile could not
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
        wakeOthers(sleepers.get(place));
    }

    /**
     * Wakes those who are called, except the caller, which has listened and looks before it listens again. Another process with the same
     * mark may have been faster, and have set it again: then nobody here seems to be called, so all look.
     */
    private void wakeCalled() {
        boolean passedBy = false;
        for (Map.Entry<WaitPoint, Set<Sleeper>> sleeping : sleepers.entrySet()) {
            if (sleeping.getKey().isCalled()) {
                wakeOthers(sleeping.getValue());
            } else {
                passedBy = true;
            }
        }
        if (passedBy && session.processes().hasNeighbour(session.self(), MARKS)) {
            sleepers.values().forEach(Parking::wakeOthers);
        }
    }

    void wakeHere(Predicate<WaitPoint> which) {
        sleepers.forEach((place, there) -> {
            if (which.test(place)) {
                wakeThem(there);
            }
        });
    }

    private void wakeAfterDeath() {
        ropes.forgetTheDead();
        wakeAllHere();
    }

    private void wakeAllHere() {
        for (Set<Sleeper> there : sleepers.values()) {
            wakeThem(there);
        }
    }

    private static void wakeThem(@Nullable Set<Sleeper> there) {
        if (there != null) {
            for (Sleeper sleeper : there) {
                sleeper.wake();
            }
        }
    }

    private static void wakeOthers(@Nullable Set<Sleeper> there) {
        if (there != null) {
            for (Sleeper sleeper : there) {
                if (!sleeper.isCaller()) {
                    sleeper.wake();
                }
            }
        }
    }
}
