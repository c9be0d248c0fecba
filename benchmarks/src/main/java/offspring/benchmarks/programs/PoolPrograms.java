package offspring.benchmarks.programs;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import offspring.futures.ResultIterator;
import offspring.multiprocessing.ProcessPool;
import org.jspecify.annotations.Nullable;

/**
 * Calls in the two workers of a pool of child JVMs that lives as long as the program. An operation is an item of
 * {@code map} and {@code imap}, and a call of {@code apply}.
 */
public final class PoolPrograms {

    static final int WORKERS = 2;

    /** How many items go into one {@code map}, at most: enough that its start and end do not count. */
    private static final int ITEMS = 100_000;

    private static final int MEBIBYTE = 1 << 20;

    private PoolPrograms() {}

    /** {@code Pool.map} with chunks by Python's rule, so many items at a time. */
    public static Program map() {
        return map(WORKERS, ITEMS);
    }

    /** The same with so many workers, at most {@code most} items at a time. */
    public static Program map(int workers, int most) {
        List<Integer> items = IntStream.range(0, most).boxed().toList();
        return new WithPool(workers) {
            @Override
            protected void work(ProcessPool pool, long operations) throws Exception {
                for (long left = operations; left > 0; left -= most) {
                    int count = (int) Math.min(left, most);
                    List<Integer> results = pool.map(PoolPrograms::increment, items.subList(0, count));
                    check(count, results.get(count - 1));
                }
            }
        };
    }

    /** {@code Pool.imap}, one item per hand-over. */
    public static Program imap() {
        return new WithPool(WORKERS) {
            @Override
            protected void work(ProcessPool pool, long operations) {
                Iterable<Integer> items =
                        () -> IntStream.range(0, (int) operations).iterator();
                int expected = 0;
                for (ResultIterator<Integer> results = pool.imap(PoolPrograms::increment, items); results.hasNext(); ) {
                    expected++;
                    check(expected, results.next());
                }
                check((int) operations, expected);
            }
        };
    }

    /** {@code Pool.apply}: there and back, one call at a time. */
    public static Program apply() {
        return new WithPool(WORKERS) {
            @Override
            protected void work(ProcessPool pool, long operations) throws Exception {
                for (int i = 0; i < operations; i++) {
                    check(i + 1, pool.apply(PoolPrograms::increment, i));
                }
            }
        };
    }

    /** {@code Pool.apply} of a function that returns the mebibyte of bytes that it is given. */
    public static Program echoMebibyte() {
        return echoBytes(MEBIBYTE);
    }

    /** The same with so many bytes. */
    public static Program echoBytes(int size) {
        byte[] bytes = new byte[size];
        return new WithPool(WORKERS) {
            @Override
            protected void work(ProcessPool pool, long operations) throws Exception {
                for (long i = 0; i < operations; i++) {
                    check(size, pool.apply(PoolPrograms::echo, bytes).length);
                }
            }
        };
    }

    /** A pool that is made for one call, until that has its result; its end is not measured. */
    public static Program start() {
        return operations -> {
            long nanos = 0;
            for (long i = 0; i < operations; i++) {
                long start = System.nanoTime();
                ProcessPool pool = new ProcessPool(WORKERS);
                check(1, pool.apply(PoolPrograms::increment, 0));
                nanos += System.nanoTime() - start;
                pool.terminate();
                pool.join();
            }
            return nanos;
        };
    }

    static int increment(int x) {
        return x + 1;
    }

    static byte[] echo(byte[] bytes) {
        return bytes;
    }

    static void check(int expected, @Nullable Integer actual) {
        if (actual == null || expected != actual) {
            throw new IllegalStateException("expected " + expected + " from the pool, got " + actual);
        }
    }

    /** Work with one pool that lives as long as the program. */
    public abstract static class WithPool implements Program {

        private final ProcessPool pool;

        /** A pool of so many workers, which is there at once. */
        protected WithPool(int workers) {
            pool = new ProcessPool(workers);
        }

        /** So many operations. */
        protected abstract void work(ProcessPool pool, long operations) throws Exception;

        @Override
        public final long run(long operations) throws Exception {
            long start = System.nanoTime();
            work(pool, operations);
            return System.nanoTime() - start;
        }

        @Override
        public final void close() throws IOException {
            pool.close();
        }
    }
}
