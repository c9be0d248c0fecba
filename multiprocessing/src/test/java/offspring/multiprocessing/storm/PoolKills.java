package offspring.multiprocessing.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import offspring.multiprocessing.Multiprocessing;
import offspring.multiprocessing.Pipe;
import offspring.multiprocessing.ProcessPool;
import offspring.multiprocessing.ProcessPoolBuilder;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.multiprocessing.WorkerStatistics;
import offspring.multiprocessing.internal.parking.Parking;
import offspring.multiprocessing.internal.segment.Session;
import offspring.multiprocessing.storm.PoolWays.Way;
import offspring.multiprocessing.storm.PoolWork.Order;

/**
 * Pools and executors of child JVMs, one after the other, each with some hundred orders from three threads, in all ways in which orders can
 * be given. Some orders end their workers, stop them, fill their heap or never end; at the same time a {@link PoolKiller} kills and
 * stops workers. What the pool says of each order is compared with what the workers have noted by a {@link PoolLedger}.
 *
 * <p>Every order must have an outcome in time; after each pool its workers, its files, its threads and, in the end, its descriptors must be
 * gone.
 */
public final class PoolKills {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofMillis(200);
    private static final int WORKERS = 3;
    private static final int DRIVERS = 3;

    private final Path log;
    private final Random random;
    private final PoolLedger ledger = new PoolLedger();
    private final List<Order> orders = new ArrayList<>();
    private int pools;

    private PoolKills(Path folder, long seed) {
        this.log = folder.resolve("notes");
        this.random = new Random(seed);
    }

    /**
     * What has happened in a storm that kept all promises.
     *
     * @param tasks how many orders there were
     * @param pools how many pools did them
     * @param returned how many of them returned
     * @param lost how many failed since their worker ended
     * @param hidden how many were in a {@code map} that threw, so that only their notes tell what became of them
     * @param unseen how many of those were lost
     * @param failures how many failed, by class and certainty
     * @param kills how many workers were killed or stopped, by whom
     * @param took how long it took
     */
    public record Outcome(
            int tasks,
            int pools,
            int returned,
            int lost,
            int hidden,
            int unseen,
            Map<String, Integer> failures,
            Map<String, Integer> kills,
            Duration took) {}

    /**
     * Storms.
     *
     * @param folder where the notes go; empty
     * @param tasks how many orders there are
     * @param seed decides on the orders, their ways and the kills
     * @throws AssertionError if a promise is broken, or something does not come to an end
     */
    public static Outcome storm(Path folder, int tasks, long seed) throws IOException, InterruptedException {
        PoolKills storm = new PoolKills(folder, seed);
        warmUp();
        List<String> descriptors = Remains.descriptors();
        long start = System.nanoTime();
        while (storm.orders.size() < tasks) {
            int average = Math.max(40, Math.min(250, tasks / 4));
            storm.round(Math.min(tasks - storm.orders.size(), average / 2 + storm.random.nextInt(average)));
        }
        awaitDescriptors(descriptors);
        return storm.judge(start);
    }

    /** What the first pool leaves behind stays as long as this JVM. */
    private static void warmUp() throws IOException, InterruptedException {
        try (var pool = new ProcessPool(1)) {
            pool.apply(() -> 1);
        }
        Session session = Session.current();
        try (Pipe pipe = Pipe.oneWay()) {
            while (!Files.exists(Parking.bellOf(session, session.self()))) { // hung up by who naps for long
                pipe.first().poll(Duration.ofMillis(50));
            }
        }
        awaitNothingLeft();
    }

    private Outcome judge(long start) throws IOException {
        ledger.judge(orders, log);
        if (!ledger.faults().isEmpty()) {
            throw new AssertionError(ledger.faults().size() + " faults: " + String.join("\n", ledger.faults()));
        }
        return new Outcome(
                orders.size(),
                pools,
                ledger.returned(),
                ledger.lost(),
                ledger.hidden(),
                ledger.unseen(),
                ledger.failures(),
                ledger.kills(orders),
                Duration.ofNanos(System.nanoTime() - start));
    }

    // ---- one pool

    private void round(int size) throws IOException, InterruptedException {
        boolean limited = pools % 2 == 0;
        boolean executor = pools / 2 % 2 == 1;
        pools++;
        List<Order> mine = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            mine.add(Order.any(orders.size() + i, limited, random, log));
        }
        mine.forEach(order -> orders.add(order.light()));
        if (executor) {
            try (var pool = settings(ProcessPoolExecutor.builder(), limited).build()) {
                storm(
                        pool,
                        PoolWays.OF_EXECUTORS,
                        mine,
                        new Victims(pool::workerStatistics, limited, pool::killWorkers));
            }
        } else {
            try (var pool = settings(ProcessPool.builder(), limited).build()) {
                storm(pool, PoolWays.OF_POOLS, mine, new Victims(pool::workerStatistics, limited, pool::terminate));
            }
        }
        awaitNothingLeft();
    }

    private <B extends ProcessPoolBuilder<B>> B settings(B builder, boolean limited) {
        builder.maxWorkers(WORKERS).maxHeap("48m").gracePeriod(GRACE);
        if (limited) {
            builder.taskTimeout(LIMIT);
        }
        return random.nextBoolean() ? builder : builder.maxTasksPerChild(10 + random.nextInt(50));
    }

    /** Whom to kill; {@code end} has the pool end when it has failed. */
    private record Victims(Supplier<List<WorkerStatistics>> workers, boolean limited, Runnable end) {}

    /** Deals the orders out in groups to some threads, and kills meanwhile. */
    private <P> void storm(P pool, List<Way<P>> ways, List<Order> mine, Victims victims)
            throws IOException, InterruptedException {
        BlockingQueue<List<Order>> groups = new LinkedBlockingQueue<>();
        for (int from = 0; from < mine.size(); ) {
            int to = Math.min(mine.size(), from + 1 + random.nextInt(60));
            groups.add(mine.subList(from, to));
            from = to;
        }
        List<Driver> drivers = new ArrayList<>();
        for (int i = 0; i < DRIVERS; i++) {
            Random any = new Random(random.nextLong());
            drivers.add(new Driver(() -> drive(pool, ways, groups, any)));
        }
        var killer = new PoolKiller(victims.workers, victims.limited, new Random(random.nextLong()), mine.size() / 10);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Driver driver : drivers) {
                driver.await(pool.toString(), deadline);
            }
        } catch (AssertionError | InterruptedException e) {
            victims.end.run(); // else whoever closes the pool waits for what does not end
            throw e;
        } finally {
            killer.end();
        }
        ledger.kills(killer);
    }

    /** Has groups done, one after the other, each in any way. */
    private <P> void drive(P pool, List<Way<P>> ways, BlockingQueue<List<Order>> groups, Random any) throws Exception {
        for (List<Order> group = groups.poll(); group != null; group = groups.poll()) {
            ways.get(any.nextInt(ways.size())).go(pool, group, ledger, any);
        }
    }

    // ---- afterwards

    private static void awaitNothingLeft() throws InterruptedException {
        await(() -> {
            List<Object> left = new ArrayList<>(Remains.children());
            left.addAll(Multiprocessing.activeChildren());
            left.addAll(Remains.files());
            left.addAll(Remains.threads());
            return left;
        });
    }

    private static void awaitDescriptors(List<String> before) throws InterruptedException {
        await(() -> {
            System.gc(); // what was dropped is closed when it is collected
            Parking.tidy();
            List<Object> now = new ArrayList<>(Remains.descriptors());
            return now.size() <= before.size() ? List.of() : now;
        });
    }

    private static void await(Supplier<List<Object>> leftovers) throws InterruptedException {
        long start = System.nanoTime();
        List<Object> left = leftovers.get();
        while (!left.isEmpty()) {
            if (System.nanoTime() - start > PATIENCE.toNanos() / 6) {
                throw new AssertionError("left behind: " + left + "\n" + Remains.allStacks());
            }
            LockSupport.parkNanos(2_000_000);
            left = leftovers.get();
        }
    }
}
