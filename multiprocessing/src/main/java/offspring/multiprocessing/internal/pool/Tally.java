package offspring.multiprocessing.internal.pool;

import java.util.ArrayList;
import java.util.List;
import offspring.multiprocessing.internal.pool.facts.Facts;
import offspring.multiprocessing.internal.pool.facts.Slowest;

/** What is counted of a pool. Guarded by the dispatcher's lock. */
final class Tally {

    /** How many items were answered. */
    long done;
    /** How many were lost with their workers. */
    long lost;
    /** Where the time of the workers went that have ended. */
    Facts.Times past = Facts.Times.NONE;

    /** All of it, and how the workers are. */
    Facts facts(Roster roster, List<Slowest.Item> slowest) {
        long running = 0;
        Facts.Times times = past;
        List<Facts.OfWorker> all = new ArrayList<>();
        for (Worker worker : roster.workers()) {
            running += worker.itemsLeft;
            if (worker.isStarted()) {
                Facts.OfWorker facts = worker.facts();
                times = times.plus(facts.times());
                all.add(facts);
            }
        }
        return new Facts(roster.pendingItems(), running, done, lost, roster.started(), times, slowest, all);
    }
}
