package offspring.benchmarks.programs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import offspring.core.function.CheckedFunction;
import offspring.multiprocessing.ProcessPool;

/**
 * Work that keeps processors busy, cut into unequal jobs that go to the workers of a pool one by one, largest first. An
 * operation makes every job a little larger, so a turn of {@code n} operations has as many jobs as one of a single
 * operation: turns of twelve seconds have jobs of about a second.
 */
public final class SpeedupPrograms {

    /** The jobs that are scaled, in parts of a whole: the largest has one and a half times the mean, the smallest half. */
    private static final List<Integer> PARTS = IntStream.rangeClosed(7, 18)
            .boxed()
            .sorted(Collections.reverseOrder())
            .toList();

    private static final int ARCFOUR_BYTES = 1 << 10;
    private static final int SHA_BYTES = 1 << 12;

    private SpeedupPrograms() {}

    /** Twelve jobs that encrypt and decrypt. */
    public static Program arcfour(int workers) {
        return sized(workers, ARCFOUR_BYTES, CpuJobs::arcfour);
    }

    /** Twelve jobs that hash. */
    public static Program sha256(int workers) {
        return sized(workers, SHA_BYTES, CpuJobs::sha256);
    }

    private static Program sized(int workers, int bytesOfPart, CheckedFunction<Long, Long> job) {
        return new PoolPrograms.WithPool(workers) {
            @Override
            protected void work(ProcessPool pool, long operations) throws Exception {
                List<Long> sizes = PARTS.stream()
                        .map(part -> operations * part * bytesOfPart)
                        .toList();
                if (!sizes.equals(pool.map(job, sizes, 1))) {
                    throw new IllegalStateException("jobs of " + sizes + " bytes did not all do that many");
                }
            }
        };
    }

    /** The prime check of each of twenty numbers, as often as there are operations. */
    public static Program primes(int workers) {
        return new PoolPrograms.WithPool(workers) {
            @Override
            protected void work(ProcessPool pool, long operations) throws Exception {
                List<Long> numbers = new ArrayList<>();
                for (long number : CpuJobs.NUMBERS) {
                    numbers.addAll(Collections.nCopies((int) operations, number));
                }
                long primes = pool.map(CpuJobs::isPrime, numbers, 1).stream()
                        .filter(prime -> prime)
                        .count();
                if (primes != operations * CpuJobs.PRIMES) {
                    throw new IllegalStateException(
                            primes + " primes found in " + operations + " rounds of " + CpuJobs.PRIMES);
                }
            }
        };
    }
}
