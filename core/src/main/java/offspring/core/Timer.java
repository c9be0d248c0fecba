package offspring.core;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.function.CheckedRunnable;

/**
 * A {@link Thread} that waits for a time and then calls a function, once, unless it is cancelled first. The twin of
 * Python's {@code threading.Timer}.
 *
 * <pre>{@code
 * var alarm = new Timer(Duration.ofSeconds(30), () -> log.warn("still no answer"));
 * alarm.start();
 * String answer = ask();
 * alarm.cancel();
 * }</pre>
 *
 * <p><b>Life.</b> The time begins to run with {@link #start()}. A timer whose interval is zero calls the function at once,
 * in its own thread. What the function throws goes to the except hook, as in every {@link Thread}. Unless told otherwise
 * a timer keeps the JVM alive until it has fired or was cancelled; {@link #setDaemon} changes that.
 *
 * <p><b>Cancelling.</b> {@link #cancel()} and the end of the waiting time decide between them, atomically, whether the
 * function is called: it is not, if and only if {@code cancel()} returned {@code true}. A timer cancelled before its start
 * ends as soon as it is started.
 *
 * <p><b>Interruption.</b> A timer that is interrupted while it waits ends with an {@link InterruptedException} for the
 * except hook; the function is not called.
 *
 * <p><b>Memory effects.</b> As for {@link Thread}; and what the function did <i>happens-before</i> what follows an {@code
 * await} of {@link #finished()}.
 *
 * <p><b>Differences from Python.</b> A negative interval is an error; in Python it fires at once. {@code cancel()} says
 * whether it was in time. {@code finished} is set also when the function throws or the timer is interrupted: who waits
 * for it is not left waiting.
 *
 * @since 0.1.0
 */
public class Timer extends Thread {

    private enum Fate {
        OPEN,
        FIRED,
        CANCELLED
    }

    private final Duration interval;
    private final CheckedRunnable function;
    private final Event finished = new Event();
    private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.OPEN);

    /**
     * Makes a timer; it is not started.
     *
     * @param interval how long to wait after the start; more than 292 years waits for ever
     * @param function what to call then
     * @throws IllegalArgumentException if {@code interval} is negative
     */
    public Timer(Duration interval, CheckedRunnable function) {
        super();
        Objects.requireNonNull(interval, "interval: null; give how long to wait, zero to call at once");
        Objects.requireNonNull(function, "function: null; give what to call when the interval is over");
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval=" + interval + "; give a time that is not negative");
        }
        this.interval = interval;
        this.function = function;
    }

    /**
     * Prevents the call of the function, if it has not begun. Never blocks; may be called from any thread, before the
     * start, and again.
     *
     * @return {@code true} if the function will never be called, {@code false} if its call had begun
     */
    public boolean cancel() {
        boolean inTime = fate.compareAndSet(Fate.OPEN, Fate.CANCELLED) || fate.get() == Fate.CANCELLED;
        if (inTime) {
            finished.set();
        }
        return inTime;
    }

    /** Waits for the interval, then calls the function unless the timer was cancelled. */
    @Override
    public void run() throws Exception {
        try {
            boolean set = finished.await(interval);
            if (!set && fate.compareAndSet(Fate.OPEN, Fate.FIRED)) {
                function.runChecked();
            }
        } finally {
            finished.set();
        }
    }

    /**
     * How long the timer waits.
     *
     * @return the interval it was made with
     */
    public Duration interval() {
        return interval;
    }

    /**
     * The event that says that nothing more will happen: the timer was cancelled, or the function has ended. As in
     * Python, setting it while the timer waits keeps the function from being called.
     *
     * @return always the same event
     */
    public Event finished() {
        return finished;
    }
}
