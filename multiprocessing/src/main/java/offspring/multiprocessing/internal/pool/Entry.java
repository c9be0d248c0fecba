package offspring.multiprocessing.internal.pool;

import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call that a worker has, from the moment it is taken for it to its answer.
 *
 * <p>The fields that change are guarded by the engine's lock, {@link #stop} is written under it and read without.
 */
final class Entry {

    final Call call;
    final long number;
    /** Set where it turns out that it will not be sent. */
    boolean dropped;

    @Nullable
    ScheduledFuture<?> timer;

    volatile @Nullable Stop stop;

    Entry(Call call, long number) {
        this.call = call;
        this.number = number;
    }
}
