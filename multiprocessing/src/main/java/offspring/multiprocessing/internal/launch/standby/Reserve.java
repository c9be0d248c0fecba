package offspring.multiprocessing.internal.launch.standby;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import offspring.core.internal.Logs;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.LaunchSpec;
import org.jspecify.annotations.Nullable;

/**
 * The JVMs that stand by for processes with the same options.
 *
 * <p>How many are wanted is the largest of what is demanded now: by who holds a {@link Demand}, and by processes that were lately taken
 * ({@link #use}). The {@link Keeper} starts what lacks and ends what is too much. All fields are guarded by its lock.
 *
 * <p><b>Failures.</b> A JVM that ends before it is prepared is not started anew at once: the pause doubles each time. One that was prepared
 * and is killed is replaced without ado.
 */
public final class Reserve {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MOST_DOUBLINGS = 8;

    /** How long to wait for the end of those that nobody wants any more; they were killed. */
    private static final long LONGEST_END_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long who was just taken has the processors for itself: a start takes a good part of them, and many processes are short. */
    private static final long REFILL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LaunchSpec spec;
    private final Supplier<byte[]> preparation;
    private final Keeper keeper;

    private final ArrayDeque<Child> standing = new ArrayDeque<>();
    /** Those that were told to end, and have not yet. */
    private final Set<Child> leaving = new HashSet<>();

    private final List<Demand> demands = new ArrayList<>();
    private int starting;
    private int used;
    private long usedUntil = System.nanoTime();
    private int failures;
    private long retryAt = System.nanoTime();
    private long refillAt = retryAt;
    private long handedOut;
    private long missed;

    Reserve(Keeper keeper, LaunchSpec spec, Supplier<byte[]> preparation) {
        this.keeper = keeper;
        this.spec = spec;
        this.preparation = preparation;
    }

    /**
     * The reserve for processes that are started like this one.
     *
     * @param preparation encoded work with which its JVMs prepare themselves
     */
    public static Reserve of(LaunchSpec spec, Supplier<byte[]> preparation) {
        return Keeper.ONE.reserve(spec, preparation);
    }

    /** A wish for JVMs that holds until it is closed. */
    public final class Demand implements AutoCloseable {

        private final int count;
        private final long from;

        private Demand(int count, long from) {
            this.count = count;
            this.from = from;
        }

        /** Takes the wish back; JVMs that nobody else asks for are gone when this returns. */
        @Override
        public void close() {
            want(() -> demands.remove(this));
        }
    }

    /** Asks for so many JVMs, from a while after now until the demand is closed. */
    public Demand demand(int count, long delayNanos) {
        Demand demand = new Demand(count, System.nanoTime() + delayNanos);
        keeper.change(this, () -> demands.add(demand));
        return demand;
    }

    /** Asks for so many JVMs, for so long from now on. */
    public void use(int count, long nanos) {
        keeper.change(this, () -> {
            used = count;
            usedUntil = System.nanoTime() + nanos;
        });
    }

    /** Nobody asks for any more, but by a {@link Demand}; those that are too many are gone when this returns. */
    public void release() {
        want(() -> {
            used = 0;
            usedUntil = System.nanoTime();
        });
    }

    /** Changes what is wanted, and ends those that are too many; one that is being started just now, too. */
    private void want(Runnable change) {
        keeper.change(this, change);
        long deadline = System.nanoTime() + LONGEST_END_NANOS;
        do {
            keeper.takeSurplus(this).forEach(Child::dismiss);
        } while (keeper.awaitChange(this::hasTooMany, deadline));
    }

    /** A JVM that stands by, for the caller alone: one that is prepared, or else the one that was started first; null if there is none. */
    public @Nullable Child take() {
        Child[] taken = new Child[1];
        keeper.change(this, () -> {
            taken[0] = best();
            if (taken[0] == null) {
                missed++;
            } else {
                standing.remove(taken[0]);
                handedOut++;
                long now = System.nanoTime();
                if (refillAt - now <= 0) {
                    refillAt = now + REFILL_NANOS;
                }
            }
        });
        return taken[0];
    }

    private @Nullable Child best() {
        for (Child child : standing) {
            if (child.isPrepared() && !child.ended().isDone()) {
                return child;
            }
        }
        return standing.peekFirst();
    }

    /**
     * How a reserve is.
     *
     * @param prepared how many JVMs wait for work
     * @param starting how many prepare themselves
     * @param handedOut how many have become processes
     * @param missed how often there was none
     */
    public record Counts(int prepared, int starting, long handedOut, long missed) {}

    /** How it is now. */
    public Counts counts() {
        Counts[] counts = new Counts[1];
        keeper.look(() -> {
            int prepared = (int) standing.stream().filter(Child::isPrepared).count();
            counts[0] = new Counts(prepared, starting + standing.size() - prepared, handedOut, missed);
        });
        return counts[0];
    }

    // ---- by the keeper, under its lock

    private int wanted(long now) {
        int most = usedUntil - now > 0 ? used : 0;
        for (Demand demand : demands) {
            if (demand.from - now <= 0) {
                most = Math.max(most, demand.count);
            }
        }
        return most;
    }

    int size() {
        return standing.size() + starting;
    }

    /** Whether nobody wants anything of it, now or later. */
    boolean isIdle(long now) {
        return size() == 0 && demands.isEmpty() && usedUntil - now <= 0;
    }

    boolean lacks(long now) {
        return size() < wanted(now) && retryAt - now <= 0 && refillAt - now <= 0;
    }

    /** Whether there are JVMs that nobody wants any more. */
    private boolean hasTooMany() {
        return !leaving.isEmpty() || (size() > 0 && size() > wanted(System.nanoTime()));
    }

    /** A JVM that nobody wants any more; it is out of the reserve. Null if there is none. */
    @Nullable
    Child surplus(long now) {
        Child surplus = standing.size() > wanted(now) ? standing.pollLast() : null;
        if (surplus != null) {
            leaving.add(surplus);
        }
        return surplus;
    }

    /** When something may be different than now, though nobody changes anything. */
    long nextChange(long now, long latest) {
        long next = latest;
        for (Demand demand : demands) {
            next = earlier(next, demand.from, now);
        }
        next = earlier(next, usedUntil, now);
        next = earlier(next, refillAt, now);
        return earlier(next, retryAt, now);
    }

    private static long earlier(long one, long other, long now) {
        return other - now > 0 && other - one < 0 ? other : one;
    }

    void begin() {
        starting++;
    }

    /** Starts one that was {@linkplain #begin begun}. Not under the lock. */
    void start() {
        Child child = null;
        try {
            child = Child.standBy(spec, preparation.get());
        } catch (IOException | RuntimeException e) {
            Logs.of(Reserve.class).debug("no JVM can be started to stand by", e);
        }
        Child started = child;
        keeper.change(this, () -> {
            starting--;
            if (started == null) {
                failed();
            } else {
                standing.addLast(started);
            }
        });
        if (started != null) {
            var unused = started.ended().thenRun(() -> keeper.change(this, () -> gone(started)));
        }
    }

    /** It has ended; if it still stood by, nobody has told it to. */
    private void gone(Child child) {
        leaving.remove(child);
        if (standing.remove(child)) {
            if (child.wasPrepared()) {
                failures = 0;
            } else {
                failed();
            }
        }
    }

    private void failed() {
        retryAt = System.nanoTime() + (FIRST_PAUSE_NANOS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
    }

    @Override
    public String toString() {
        return "Reserve[" + counts() + "]";
    }
}
