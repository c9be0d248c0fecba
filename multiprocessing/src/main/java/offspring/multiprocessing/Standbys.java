package offspring.multiprocessing;

import java.time.Duration;
import offspring.core.internal.Timeouts;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.LaunchSpec;
import offspring.multiprocessing.internal.launch.standby.Reserve;
import org.jspecify.annotations.Nullable;

/**
 * Whether the processes with some options begin in JVMs that stand by, and how many of those are kept.
 *
 * @param method where the JVMs come from; null: where those of the program do
 * @param ifThere whether one that stands by for others is welcome in any case
 * @param count how many are kept while processes are started
 * @param idleLimit for how long after the last start
 */
record Standbys(@Nullable StartMethod method, boolean ifThere, int count, Duration idleLimit) {

    static final Standbys DEFAULT = new Standbys(null, false, 1, Duration.ofSeconds(30));

    /** Where the JVMs of such processes come from. */
    StartMethod chosen() {
        return method == null ? Multiprocessing.startMethod() : method;
    }

    /** Whether there is none for such processes. */
    boolean isEmpty() {
        return !ifThere && chosen() == StartMethod.SPAWN;
    }

    /** A JVM for the process; null if there is none. */
    @Nullable
    Child take(LaunchSpec spec) {
        if (!spec.canStandBy()) {
            return null;
        }
        Reserve reserve = reserve(spec);
        Child child = reserve.take();
        if (chosen() == StartMethod.STANDBY) {
            reserve.use(count, Timeouts.nanos(idleLimit));
        }
        return child;
    }

    static Reserve reserve(LaunchSpec spec) {
        return Reserve.of(spec, Preparation::encoded);
    }

    Standbys withMethod(StartMethod how) {
        return new Standbys(how, ifThere, count, idleLimit);
    }

    Standbys withIfThere() {
        return new Standbys(method, true, count, idleLimit);
    }

    Standbys withCount(int newCount) {
        return new Standbys(method, ifThere, newCount, idleLimit);
    }

    Standbys withIdleLimit(Duration limit) {
        return new Standbys(method, ifThere, count, limit);
    }
}
