package offspring.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread's wait on a {@link Condition}: it ends exactly once, by a signal or by the waiter's own giving up.
 *
 * <pre>
 *              signal() of another thread           signalled: await() returns true
 *            ┌───────────────────────────────────►
 *   waiting ─┤
 *            └───────────────────────────────────►
 *              giveUp() of the waiting thread       given up: timed out, or interrupted
 * </pre>
 *
 * <p>Both arrows are a compare-and-set of one word, so one of them wins and the other is told. That is the whole proof that
 * no signal is lost: a signaller whose {@link #signal()} returns {@code false} goes on to the next waiter, and a waiter
 * whose {@link #giveUp()} returns {@code false} has been signalled and acts on it, late though it may be.
 */
final class Waiter {

    private static final int WAITING = 0;
    private static final int SIGNALLED = 1;
    private static final int GIVEN_UP = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Waiter.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final java.lang.Thread thread = java.lang.Thread.currentThread();

    @SuppressWarnings("unused") // changed through STATE
    private volatile int state;

    /**
     * Ends the wait with a signal; {@link #wake()} must follow.
     *
     * @return {@code false} if the wait was over already and the signal is still to be given
     */
    boolean signal() {
        return STATE.compareAndSet(this, WAITING, SIGNALLED);
    }

    /** Wakes the thread; does no harm if it is awake. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /**
     * Ends the wait without a signal.
     *
     * @return {@code false} if a signal came first
     */
    boolean giveUp() {
        return STATE.compareAndSet(this, WAITING, GIVEN_UP);
    }

    /** Sleeps until a signal or an interrupt, whichever is first; the interrupt is left set. */
    void sleep(Object blocker) {
        while (state == WAITING && !thread.isInterrupted()) {
            LockSupport.park(blocker);
        }
    }

    /** Sleeps until a signal, an interrupt, or the end of the time; the interrupt is left set. */
    void sleep(Object blocker, long nanos) {
        long deadline = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && state == WAITING && !thread.isInterrupted()) {
            LockSupport.parkNanos(blocker, left);
            left = deadline - System.nanoTime();
        }
    }
}
