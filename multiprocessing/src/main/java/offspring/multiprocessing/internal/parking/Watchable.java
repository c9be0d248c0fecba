package offspring.multiprocessing.internal.parking;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that one can wait for beside others: it becomes ready by a change that wakes a {@link WaitPoint}, or by an event of this
 * process that wakes sleepers it knows.
 */
public interface Watchable {

    /** Whether it is ready, without waiting. */
    boolean isReady();

    /** Where to sleep until another process has changed something; null if only this process can. */
    @Nullable
    WaitPoint place();

    /** Those that are {@linkplain Parking.Sleeper#wake woken} when it becomes ready by an event of this process; null if it becomes ready at a wait point. */
    @Nullable
    Set<Parking.Sleeper> watchers();
}
