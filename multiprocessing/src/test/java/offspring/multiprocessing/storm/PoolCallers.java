package offspring.multiprocessing.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import offspring.futures.AsyncResult;
import offspring.futures.Pool;
import offspring.futures.ResultIterator;
import offspring.multiprocessing.ProcessPool;

/**
 * Many threads that call few workers, in all ways in which a pool can be called, with calls that take next to nothing, and some that take a
 * while. Nobody is killed: what is looked for is the call that is forgotten, by a caller that reads the answers of others, by calls that are
 * taken back from a busy worker, or by a worker that is replaced because it is old. Every call must return in time, with its own result.
 */
public final class PoolCallers {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int MOST_WORKERS = 3;
    private static final int MOST_THREADS = 6;
    private static final int MOST_ITEMS = 300;

    private final Random random;
    private final AtomicLong calls = new AtomicLong();

    private PoolCallers(long seed) {
        this.random = new Random(seed);
    }

    /** One way to call a pool; gives the number of calls. */
    @FunctionalInterface
    private interface Way {
        int go(Pool pool, Random random) throws Exception;
    }

    private static final List<Way> WAYS = List.of(
            PoolCallers::apply,
            PoolCallers::apply,
            PoolCallers::applyAsync,
            PoolCallers::map,
            PoolCallers::imap,
            PoolCallers::imapUnordered);

    /**
     * Storms.
     *
     * @param pools how many pools, one after the other
     * @param turns how often each thread calls each pool
     * @param seed decides on workers, threads, ways and how long calls take
     * @return how many calls returned
     * @throws AssertionError if one did not
     */
    public static long storm(int pools, int turns, long seed) throws InterruptedException {
        PoolCallers storm = new PoolCallers(seed);
        for (int i = 0; i < pools; i++) {
            storm.round(turns);
        }
        return storm.calls.get();
    }

    private void round(int turns) throws InterruptedException {
        ProcessPool pool = anyPool();
        boolean done = false;
        try {
            List<Driver> callers = new ArrayList<>();
            int threads = 2 + random.nextInt(MOST_THREADS - 1);
            for (int i = 0; i < threads; i++) {
                Random any = new Random(random.nextLong());
                callers.add(new Driver(() -> call(pool, turns, any)));
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (Driver caller : callers) {
                caller.await(pool + ", called by " + threads + " threads", deadline);
            }
            pool.close();
            done = true;
        } finally {
            if (!done) {
                pool.terminate(); // else whoever waits for its end waits for what does not end
            }
        }
    }

    private ProcessPool anyPool() {
        var builder = ProcessPool.builder().maxWorkers(1 + random.nextInt(MOST_WORKERS));
        switch (random.nextInt(3)) {
            case 0 -> builder.maxWorkerAge(Duration.ofMillis(200 + random.nextInt(400)));
            case 1 -> builder.maxTasksPerChild(2_000 + random.nextInt(10_000));
            default -> builder.maxWorkers(1 + random.nextInt(2));
        }
        return builder.build();
    }

    /** Calls a pool, some turns long. */
    private void call(ProcessPool pool, int turns, Random any) throws Exception {
        for (int i = 0; i < turns; i++) {
            calls.addAndGet(WAYS.get(any.nextInt(WAYS.size())).go(pool, any));
        }
    }

    // ---- calls, and the ways to make them

    private static int next(int number) {
        return number + 1;
    }

    /** Takes so many microseconds. */
    private static int compute(int micros) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < micros * 1_000L) {
            Thread.onSpinWait();
        }
        return micros + 1;
    }

    private static int anyMicros(Random random) {
        return random.nextInt(50) == 0 ? random.nextInt(3_000) : random.nextInt(30);
    }

    private static void expect(int number, int result) {
        if (result != number + 1) {
            throw new AssertionError("the call with " + number + " returned " + result);
        }
    }

    private static int apply(Pool pool, Random random) throws Exception {
        int number = random.nextInt();
        for (int i = 0; i < 20; i++) {
            expect(number + i, pool.<Integer, Integer>apply(PoolCallers::next, number + i));
        }
        int micros = anyMicros(random);
        expect(micros, pool.<Integer, Integer>apply(PoolCallers::compute, micros));
        return 21;
    }

    private static int applyAsync(Pool pool, Random random) throws Exception {
        List<AsyncResult<Integer>> results = new ArrayList<>();
        int count = 1 + random.nextInt(10);
        for (int i = 0; i < count; i++) {
            results.add(pool.applyAsync(PoolCallers::next, i));
        }
        for (int i = 0; i < count; i++) {
            expect(i, results.get(i).get());
        }
        return count;
    }

    private static List<Integer> items(Random random) {
        return random.ints(1 + random.nextInt(MOST_ITEMS), 0, 20).boxed().toList();
    }

    private static int map(Pool pool, Random random) throws Exception {
        List<Integer> items = items(random);
        List<Integer> results = pool.map(PoolCallers::compute, items);
        IntStream.range(0, items.size()).forEach(i -> expect(items.get(i), results.get(i)));
        return items.size();
    }

    private static int imap(Pool pool, Random random) throws Exception {
        List<Integer> items = items(random);
        ResultIterator<Integer> results = pool.imap(PoolCallers::next, items);
        for (int item : items) {
            expect(item, results.next());
        }
        return items.size();
    }

    private static int imapUnordered(Pool pool, Random random) throws Exception {
        List<Integer> items = items(random);
        ResultIterator<Integer> results = pool.imapUnordered(PoolCallers::next, items, 1 + random.nextInt(10));
        long sum = 0;
        while (results.hasNext()) {
            sum += results.next();
        }
        long expected = items.stream().mapToLong(item -> item + 1).sum();
        if (sum != expected) {
            throw new AssertionError(
                    "the results of " + items.size() + " calls add up to " + sum + ", not " + expected);
        }
        return items.size();
    }
}
