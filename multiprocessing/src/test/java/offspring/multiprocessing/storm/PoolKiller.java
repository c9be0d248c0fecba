package offspring.multiprocessing.storm;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import offspring.multiprocessing.WorkerStatistics;

/**
 * Kills and stops workers of one pool at random moments, from the pool's own process.
 *
 * <p>Three workers that end one after the other before they are ready break a pool, and rightly so; of workers that may not be ready yet
 * at most two are therefore killed. Who is stopped goes on soon after, unless calls have a time limit: then some stay as they are, for
 * the limit to end them. In the end all go on that are left.
 */
final class PoolKiller implements Runnable {

    private static final int FRESH = 2;

    private final Supplier<List<WorkerStatistics>> workers;
    private final boolean limited;
    private final Random random;
    private final int most;
    private final Set<String> killed = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> stopped = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this, "killer");
    private volatile boolean over;
    private volatile Throwable failure;
    private int freshKilled;

    /**
     * Begins.
     *
     * @param workers those who live now
     * @param limited whether calls have a time limit
     * @param most how many are killed at most
     */
    PoolKiller(Supplier<List<WorkerStatistics>> workers, boolean limited, Random random, int most) {
        this.workers = workers;
        this.limited = limited;
        this.random = random;
        this.most = most;
        thread.start();
    }

    /** The names of those that were sent a SIGKILL; the system gives numbers again. */
    Set<String> killed() {
        return killed;
    }

    /** The names of those that were sent a SIGSTOP. */
    Set<String> stopped() {
        return stopped.keySet();
    }

    /** Lets all go on that were stopped, and kills no more. */
    void end() throws IOException, InterruptedException {
        over = true;
        thread.join();
        for (long pid : stopped.values()) {
            if (isMine(pid)) {
                Signals.send(pid, "CONT");
            }
        }
        if (failure != null) {
            throw new AssertionError("the killer failed", failure);
        }
    }

    @Override
    public void run() {
        try {
            while (!over) {
                LockSupport.parkNanos(random.nextInt(80_000_000));
                act();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        }
    }

    private void act() throws IOException, InterruptedException {
        List<WorkerStatistics> all = workers.get();
        if (all.isEmpty()) {
            return;
        }
        WorkerStatistics victim = all.get(random.nextInt(all.size()));
        if (random.nextInt(4) == 0) {
            stop(victim);
        } else if (killed.size() < most && (victim.tasksServed() > 0 || !victim.idle() || freshKilled++ < FRESH)) {
            kill(victim);
        }
    }

    private void kill(WorkerStatistics victim) {
        ProcessHandle.of(victim.pid()).filter(PoolKiller::isMine).ifPresent(process -> {
            killed.add(victim.name());
            process.destroyForcibly();
        });
    }

    private void stop(WorkerStatistics victim) throws IOException, InterruptedException {
        long pid = victim.pid();
        if (!isMine(pid) || Signals.isStopped(pid)) {
            return;
        }
        stopped.put(victim.name(), pid);
        Signals.send(pid, "STOP");
        if (limited && !victim.idle() && random.nextInt(4) == 0) {
            return;
        }
        LockSupport.parkNanos(random.nextInt(60_000_000));
        if (isMine(pid)) {
            Signals.send(pid, "CONT");
        }
    }

    /** A number may have become that of somebody else. */
    private static boolean isMine(long pid) {
        return ProcessHandle.of(pid).filter(PoolKiller::isMine).isPresent();
    }

    private static boolean isMine(ProcessHandle process) {
        return process.isAlive()
                && process.parent().filter(ProcessHandle.current()::equals).isPresent();
    }
}
