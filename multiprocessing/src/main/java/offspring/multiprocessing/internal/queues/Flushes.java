package offspring.multiprocessing.internal.queues;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import offspring.core.internal.Logs;

/**
 * The feeders of this process that have something to do, so that its end can wait for them.
 *
 * <p>A process waits until what it has put into queues is in their rings, unless it was told not to, or no other process is left that
 * could read it. The last is where Python would wait for ever.
 */
public final class Flushes {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final Set<Feeder> RUNNING = ConcurrentHashMap.newKeySet();

    private Flushes() {}

    static void begin(Feeder feeder) {
        RUNNING.add(feeder);
    }

    static void end(Feeder feeder) {
        RUNNING.remove(feeder);
    }

    /** Waits for the feeders; called when the process is about to end, after the end of its children. */
    public static void await() {
        for (Feeder feeder : RUNNING) {
            try {
                await(feeder);
            } catch (InterruptedException e) {
                Logs.of(Flushes.class).debug("told not to wait for what is still to be flushed");
                return;
            }
        }
    }

    /** Looks again and again whether somebody can read it, since holders come and go without a word to this class. */
    private static void await(Feeder feeder) throws InterruptedException {
        while (feeder.isWanted()) {
            feeder.awaitFlushed(System.nanoTime() + LOOK_NANOS);
        }
    }
}
