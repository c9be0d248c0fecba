package offspring.multiprocessing.storm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import offspring.core.function.CheckedSupplier;
import offspring.futures.AsyncResult;
import offspring.futures.Executor;
import offspring.futures.Future;
import offspring.futures.Outcome;
import offspring.futures.Pool;
import offspring.futures.ResultIterator;
import offspring.multiprocessing.storm.PoolWork.Order;
import offspring.multiprocessing.storm.PoolWork.Product;

/** The ways to have a group of orders done, each of which enters in a ledger what came of every order. */
final class PoolWays {

    /** One way, on what kind of pool. */
    interface Way<P> {
        void go(P pool, List<Order> group, PoolLedger ledger, Random random) throws Exception;
    }

    static final List<Way<Pool>> OF_POOLS = List.of(
            PoolWays::apply,
            PoolWays::applyAsync,
            PoolWays::map,
            PoolWays::mapOutcomes,
            PoolWays::imap,
            PoolWays::imapUnordered);

    static final List<Way<Executor>> OF_EXECUTORS =
            List.of(PoolWays::submit, PoolWays::submit, PoolWays::mapLazily, PoolWays::invokeAll);

    private PoolWays() {}

    private static int anyChunksize(Random random) {
        return random.nextBoolean() ? 1 : 1 + random.nextInt(20);
    }

    private static void enter(Order order, Callable<Product> result, PoolLedger ledger) throws Exception {
        Product product;
        try {
            product = result.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (ExecutionException e) {
            ledger.failed(order, e.getCause());
            return;
        } catch (Exception | OutOfMemoryError e) {
            ledger.failed(order, e);
            return;
        }
        ledger.returned(order, product);
    }

    private static void apply(Pool pool, List<Order> group, PoolLedger ledger, Random random) throws Exception {
        for (Order order : group) {
            enter(order, () -> pool.apply(PoolWork::perform, order), ledger);
        }
    }

    private static void applyAsync(Pool pool, List<Order> group, PoolLedger ledger, Random random) throws Exception {
        List<AsyncResult<Product>> results = new ArrayList<>();
        for (Order order : group) {
            results.add(pool.applyAsync(PoolWork::perform, order));
        }
        for (int i = 0; i < group.size(); i++) {
            enter(group.get(i), results.get(i)::get, ledger);
        }
    }

    /** Throws the failure of the first order that failed; of the others nothing is known but what they have noted. */
    private static void map(Pool pool, List<Order> group, PoolLedger ledger, Random random) throws Exception {
        List<Product> products;
        try {
            products = random.nextBoolean()
                    ? pool.map(PoolWork::perform, group)
                    : pool.map(PoolWork::perform, group, anyChunksize(random));
        } catch (RuntimeException | OutOfMemoryError e) {
            group.forEach(ledger::unseen);
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            ledger.returned(group.get(i), products.get(i));
        }
    }

    private static void mapOutcomes(Pool pool, List<Order> group, PoolLedger ledger, Random random) throws Exception {
        List<Outcome<Product>> outcomes = pool.mapOutcomes(PoolWork::perform, group);
        for (int i = 0; i < group.size(); i++) {
            enter(group.get(i), outcomes.get(i)::get, ledger);
        }
    }

    private static void imap(Pool pool, List<Order> group, PoolLedger ledger, Random random) throws Exception {
        inOrder(pool.imap(PoolWork::perform, group, anyChunksize(random), 1 + random.nextInt(50)), group, ledger);
    }

    private static void inOrder(ResultIterator<Product> results, List<Order> group, PoolLedger ledger)
            throws Exception {
        for (Order order : group) {
            enter(order, results::next, ledger);
        }
        if (results.hasNext()) {
            throw new AssertionError("more results than orders: " + results.next());
        }
    }

    private static void imapUnordered(Pool pool, List<Order> group, PoolLedger ledger, Random random) throws Exception {
        ResultIterator<Product> results = pool.imapUnordered(PoolWork::perform, group, anyChunksize(random));
        List<Order> left = new ArrayList<>(group);
        List<Throwable> failures = new ArrayList<>();
        while (results.hasNext()) {
            Product product;
            try {
                product = results.next();
            } catch (RuntimeException | OutOfMemoryError e) {
                failures.add(e);
                continue;
            }
            Order order = left.stream()
                    .filter(one -> one.number() == product.number())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("a second or a foreign result " + product));
            left.remove(order);
            ledger.returned(order, product);
        }
        ledger.failed(left, failures, Path.of(group.get(0).log()));
    }

    private static void submit(Executor executor, List<Order> group, PoolLedger ledger, Random random)
            throws Exception {
        List<Future<Product>> futures = new ArrayList<>();
        for (Order order : group) {
            futures.add(executor.submit(() -> PoolWork.perform(order)));
        }
        for (int i = 0; i < group.size(); i++) {
            enter(group.get(i), futures.get(i)::get, ledger);
        }
    }

    private static void mapLazily(Executor executor, List<Order> group, PoolLedger ledger, Random random)
            throws Exception {
        inOrder(
                executor.map(PoolWork::perform, group, null, anyChunksize(random), 1 + random.nextInt(50)),
                group,
                ledger);
    }

    private static void invokeAll(Executor executor, List<Order> group, PoolLedger ledger, Random random)
            throws Exception {
        List<CheckedSupplier<Product>> calls = new ArrayList<>();
        for (Order order : group) {
            calls.add(() -> PoolWork.perform(order));
        }
        List<java.util.concurrent.Future<Product>> futures = executor.invokeAll(calls);
        for (int i = 0; i < group.size(); i++) {
            enter(group.get(i), futures.get(i)::get, ledger);
        }
    }
}
