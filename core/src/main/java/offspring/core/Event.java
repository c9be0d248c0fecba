package offspring.core;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import offspring.core.internal.Timeouts;

/**
 * A flag that threads can wait for: one sets it, all who wait go on. The twin of Python's {@code threading.Event}.
 *
 * <pre>{@code
 * var ready = new Event();
 * var worker = new Thread(() -> {
 *     ready.await(); // here, in any number of threads
 *     work();
 * });
 * worker.start();
 *
 * prepare();
 * ready.set(); // there, once
 * }</pre>
 *
 * <p><b>Alone and contended.</b> {@link #isSet()}, and {@code await} while the flag is set, read one word. {@link #set()}
 * wakes all waiters, each waking the next; {@link #set()} and {@link #clear()} of what is set or clear already change
 * nothing.
 *
 * <p><b>Ordering.</b> Who waits when {@link #set()} is called goes on and gets {@code true}, even if {@link #clear()}
 * follows at once.
 *
 * <p><b>Interruption, timeout, memory effects.</b> As stated for the {@linkplain offspring.core package}: what was done
 * before {@link #set()} happens-before what follows an {@code await} or {@code isSet} that saw it.
 *
 * <p><b>Differences from Python.</b> A negative timeout is an error, where Python's reads the flag.
 *
 * @since 0.1.0
 */
public final class Event {

    /**
     * The state counts the changes of the flag: even is clear, odd is set.
     *
     * <pre>
     *   clear 0 ──set()──► 1 set ──clear()──► 2 clear ──set()──► 3 set ──► …
     * </pre>
     *
     * <p>A waiter brings the even state that it saw as the argument of its acquire and goes on as soon as the state is
     * another: an odd one, or a later even one, which tells it that the flag was set and cleared while it slept. A boolean
     * in place of the count would let it sleep on. Only a waiter that slept through 2³¹ rounds could be fooled.
     *
     * <p>A waiter that queued up after {@code clear()} may stand before one whose round is over, if the latter was slow to
     * queue up; to everybody else it looks as if it had begun to wait after the {@code clear()}. When its time is over it
     * looks at the state again, so that it answers truly.
     */
    private static final class Flag extends AbstractQueuedSynchronizer {

        @Serial
        private static final long serialVersionUID = 1L;

        int changes() {
            return getState();
        }

        @Override
        protected int tryAcquireShared(int seen) {
            int now = getState();
            return isOdd(now) || now != seen ? 1 : -1;
        }

        @Override
        protected boolean tryReleaseShared(int one) {
            int now = getState();
            while (!isOdd(now)) {
                if (compareAndSetState(now, now + one)) {
                    return true;
                }
                now = getState();
            }
            return false;
        }

        void clear() {
            int now = getState();
            while (isOdd(now) && !compareAndSetState(now, now + 1)) {
                now = getState();
            }
        }

        static boolean isOdd(int changes) {
            return (changes & 1) != 0;
        }
    }

    private final Flag flag = new Flag();

    /** Makes an event that is not set. */
    public Event() {}

    /**
     * Whether the flag is set at this moment. Returns at once.
     *
     * @return {@code true} from {@link #set()} until {@link #clear()}
     */
    public boolean isSet() {
        return Flag.isOdd(flag.changes());
    }

    /** Sets the flag and wakes all who wait for it; who asks later does not wait, until {@link #clear()}. Returns at once. */
    public void set() {
        flag.releaseShared(1);
    }

    /** Clears the flag: who asks from now on waits until the next {@link #set()}. Returns at once. */
    public void clear() {
        flag.clear();
    }

    /**
     * Waits until the flag is set; returns at once if it is.
     *
     * @return always {@code true}
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    public boolean await() throws InterruptedException {
        flag.acquireSharedInterruptibly(flag.changes());
        return true;
    }

    /**
     * Waits until the flag is set, at most the given time; returns at once if it is set.
     *
     * @param timeout how long to wait; zero reads the flag
     * @return {@code true} if the flag is set or was set while the caller waited, {@code false} if the time was over first
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws InterruptedException if the calling thread is interrupted before or while it waits
     */
    public boolean await(Duration timeout) throws InterruptedException {
        int seen = flag.changes();
        return flag.tryAcquireSharedNanos(seen, Timeouts.nanos(timeout)) || flag.tryAcquireShared(seen) >= 0;
    }

    /**
     * What can be seen of the event from outside, at one moment.
     *
     * @param set whether the flag is set
     * @param waiting an estimate of how many threads wait for it
     */
    public record Statistics(boolean set, int waiting) {}

    /**
     * A snapshot for monitoring, not for control: it may be out of date when it is returned.
     *
     * @return the snapshot
     */
    public Statistics statistics() {
        return new Statistics(isSet(), flag.getQueueLength());
    }

    /**
     * Python's {@code repr}.
     *
     * @return {@code <offspring.core.Event at 0x1b2c: set>} or {@code … unset>}
     */
    @Override
    public String toString() {
        return Repr.of(this, isSet() ? "set" : "unset");
    }
}
