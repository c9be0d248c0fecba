package offspring.multiprocessing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import offspring.core.function.CheckedRunnable;
import offspring.multiprocessing.internal.launch.Child;
import offspring.multiprocessing.internal.launch.Output;
import offspring.multiprocessing.internal.launch.standby.Reserve;
import offspring.multiprocessing.internal.pool.PoolSpec;

/**
 * Starts the workers of a pool: they are processes like all others, which begin in JVMs that stand by if there are some.
 *
 * <p>From a while after the first worker on, as long as the pool lives, it has JVMs stand by for the workers that replace others. Not at once:
 * the first workers shall have the processors for themselves, and in a pool that lives only for a moment, one that prepares itself takes
 * from the workers what it will not give back, even if they are replaced often.
 */
final class WorkerStarter implements PoolSpec.Starter {

    private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Object NOT_YET = "not yet";
    private static final Object ENDED = "ended";

    private final ProcessOptions options;
    private final int standbys;
    /** {@link #NOT_YET}, then a demand, then {@link #ENDED}. */
    private final AtomicReference<Object> demand = new AtomicReference<>(NOT_YET);

    /**
     * A starter.
     *
     * @param options how the workers are started
     * @param standbys how many JVMs stand by for replacements
     */
    WorkerStarter(ProcessOptions options, int standbys) {
        this.options = options.withStandbysIfThere();
        this.standbys = standbys;
    }

    @Override
    public Child start(String name, CheckedRunnable work, Output errors) throws IOException {
        ProcessOptions how = options.withErrors(errors);
        Process process = Process.builder()
                .target(work)
                .name(name)
                .daemon(true)
                .options(how)
                .build();
        process.start();
        if (standbys > 0 && demand.get() == NOT_YET) {
            askForStandbys(how);
        }
        return process.child();
    }

    private void askForStandbys(ProcessOptions how) {
        var spec = how.toSpec("standby", true);
        if (spec.canStandBy()) {
            Reserve.Demand mine = Standbys.reserve(spec).demand(standbys, LATER_NANOS);
            if (!demand.compareAndSet(NOT_YET, mine)) {
                mine.close(); // another worker has asked, or the pool has ended
            }
        }
    }

    /** Nobody stands by for the pool any more. */
    @Override
    public void end() {
        if (demand.getAndSet(ENDED) instanceof Reserve.Demand mine) {
            mine.close();
        }
    }
}
