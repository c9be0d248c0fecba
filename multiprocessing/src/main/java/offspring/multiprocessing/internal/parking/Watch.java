package offspring.multiprocessing.internal.parking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * One thread's wait for the first of several things.
 *
 * <p>The thread is listed wherever something may happen, then looks, then sleeps: as at a single {@link WaitPoint}, a change before the look
 * is seen, and one after it wakes.
 */
public final class Watch {

    private Watch() {}

    /** Waits until one of them is ready, or the deadline; says whether one is. */
    public static boolean await(Collection<? extends Watchable> all, long deadlineNanos)
            throws InterruptedException, IOException {
        if (anyReady(all)) {
            return true;
        }
        if (Deadlines.hasPassed(deadlineNanos)) {
            return false;
        }
        Parking parking = Parking.current();
        Parking.Sleeper sleeper = parking.sleeper();
        List<WaitPoint> places = new ArrayList<>(all.size());
        boolean leading = false;
        try {
            enter(all, parking, sleeper, places);
            while (true) {
                leading = parking.beforeLook(sleeper, leading);
                for (WaitPoint place : places) {
                    place.mark();
                }
                if (anyReady(all)) {
                    return true;
                }
                if (java.lang.Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long left = Deadlines.left(deadlineNanos);
                if (left <= 0) {
                    return false;
                }
                parking.rest(sleeper, all, left, leading);
            }
        } finally {
            leave(all, sleeper);
            parking.leave(sleeper, places, leading);
        }
    }

    private static boolean anyReady(Collection<? extends Watchable> all) {
        for (Watchable one : all) {
            if (one.isReady()) {
                return true;
            }
        }
        return false;
    }

    private static void enter(
            Collection<? extends Watchable> all, Parking parking, Parking.Sleeper sleeper, List<WaitPoint> places) {
        for (Watchable one : all) {
            WaitPoint place = one.place();
            if (place != null) {
                parking.enter(sleeper, place);
                places.add(place);
            }
            Set<Parking.Sleeper> watchers = one.watchers();
            if (watchers != null) {
                watchers.add(sleeper);
            }
        }
    }

    private static void leave(Collection<? extends Watchable> all, Parking.Sleeper sleeper) {
        for (Watchable one : all) {
            Set<Parking.Sleeper> watchers = one.watchers();
            if (watchers != null) {
                watchers.remove(sleeper);
            }
        }
    }
}
