package offspring.multiprocessing.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import offspring.multiprocessing.internal.parking.Deadlines;
import offspring.multiprocessing.internal.parking.Watch;
import offspring.multiprocessing.internal.parking.Watchable;
import offspring.multiprocessing.internal.parking.Watchables;

/**
 * Waiting for many at once: Python's {@code multiprocessing.connection.wait}.
 *
 * <pre>{@code
 * while (!open.isEmpty()) {
 *     for (Waitable ready : Connections.await(open)) {
 *         try {
 *             System.out.println(((Connection) ready).recv());
 *         } catch (EOFException end) {
 *             open.remove(ready);
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>What can be waited for are {@linkplain Connection connections} of this library, {@linkplain
 * offspring.multiprocessing.Process#sentinel() sentinels} of child processes, and {@linkplain offspring.multiprocessing.Queue queues}
 * between processes, in any mixture. A connection is ready when a message can be received or the end of the file has come, a
 * queue when an item can be taken; it may be gone again when another thread or process was faster.
 *
 * <p><b>Interruption.</b> An interrupt ends the wait with an {@link InterruptedException}; nothing has been received.
 *
 * @since 0.1.0
 */
public final class Connections {

    private Connections() {}

    /**
     * Waits until at least one is ready.
     *
     * @param objects what to wait for
     * @return those that are ready, in the order given; empty only if {@code objects} is
     * @throws IllegalArgumentException if one of them is not of this library
     * @throws IOException if there is no room for what it takes to wait
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public static List<Waitable> await(Collection<? extends Waitable> objects)
            throws IOException, InterruptedException {
        return await(objects, Deadlines.NEVER);
    }

    /**
     * Waits until at least one is ready, at most the given time.
     *
     * @param objects what to wait for
     * @param timeout how long to wait; zero only looks
     * @return those that are ready, in the order given; empty if the time was over first
     * @throws IllegalArgumentException if {@code timeout} is negative, or one of the objects is not of this library
     * @throws IOException if there is no room for what it takes to wait
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public static List<Waitable> await(Collection<? extends Waitable> objects, Duration timeout)
            throws IOException, InterruptedException {
        return await(objects, Deadlines.after(timeout));
    }

    private static List<Waitable> await(Collection<? extends Waitable> objects, long deadlineNanos)
            throws IOException, InterruptedException {
        List<Watchable> watched = new ArrayList<>(objects.size());
        for (Waitable object : objects) {
            Watchable watchable = Watchables.of(object);
            if (watchable == null) {
                throw new IllegalArgumentException(
                        "objects contains " + object + ", which is no connection, sentinel or queue of this library");
            }
            watched.add(watchable);
        }
        while (true) {
            if (!watched.isEmpty()) {
                Watch.await(watched, deadlineNanos);
            }
            List<Waitable> ready = objects.stream()
                    .<Waitable>map(object -> object)
                    .filter(Waitable::isReady)
                    .toList();
            if (!ready.isEmpty() || watched.isEmpty() || Deadlines.hasPassed(deadlineNanos)) {
                return ready;
            }
        }
    }
}
