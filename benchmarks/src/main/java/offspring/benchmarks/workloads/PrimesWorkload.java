package offspring.benchmarks.workloads;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import offspring.benchmarks.programs.CpuJobs;
import offspring.benchmarks.programs.Program;
import offspring.futures.ResultIterator;
import offspring.multiprocessing.Process;
import offspring.multiprocessing.ProcessPoolExecutor;
import offspring.multiprocessing.SimpleQueue;

/**
 * B9, the second edition of Fluent Python: twenty numbers of very different cost are checked for primality. An operation is
 * all twenty, with the start and the end of the two workers.
 *
 * <p>The published numbers take CPython half a minute. These have two decimal digits less, so that roots, and the work, are
 * a tenth: the largest prime below a hundredth of the published prime, the square of the largest prime below a tenth of the
 * published square's root, and of numbers with a small divisor the first fourteen digits.
 */
public final class PrimesWorkload {

    /** In the published order, which is that of their size. */
    static final List<Long> NUMBERS = List.of(
            2L,
            1_427_021_104_723L,
            2_995_935_723_169L,
            33_333_313_797_001L,
            33_333_333_333_323L,
            33_333_333_333_333L,
            44_443_782_224_689L,
            44_444_444_444_353L,
            44_444_444_444_444L,
            55_555_452_323_809L,
            55_555_555_555_541L,
            55_555_555_555_555L,
            66_666_294_193_249L,
            66_666_666_666_647L,
            66_666_666_666_666L,
            77_777_389_084_201L,
            77_777_777_777_753L,
            77_777_777_777_777L,
            99_999_999_999_973L,
            99_999_999_999_999L);

    /** How many of them are primes. */
    static final int PRIMES = 9;

    private static final int WORKERS = 2;

    /** What ends a worker, and what a worker ends with. */
    private static final long END = 0;

    private PrimesWorkload() {}

    /**
     * What a worker has found.
     *
     * @param number the number, or the end
     * @param prime whether it is a prime
     * @param nanos how long that took to find out
     * @serial exclude
     */
    private record Found(long number, boolean prime, long nanos) implements Serializable {}

    /** Two processes take numbers from a queue until each finds a zero, and put what they find into another queue. */
    public static Program queues() {
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                throughQueues();
            }
            return System.nanoTime() - start;
        };
    }

    private static void throughQueues() throws IOException, InterruptedException {
        try (SimpleQueue<Long> jobs = new SimpleQueue<>();
                SimpleQueue<Found> results = new SimpleQueue<>()) {
            for (Long number : NUMBERS) {
                jobs.put(number);
            }
            List<Process> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                Process worker = new Process(() -> work(jobs, results));
                worker.start();
                workers.add(worker);
                jobs.put(END);
            }
            check(report(results));
            for (Process worker : workers) {
                worker.join();
                Checks.equal(0, worker.exitcode().orElseThrow(), "the exit code of a worker");
            }
        }
    }

    private static void work(SimpleQueue<Long> jobs, SimpleQueue<Found> results) throws InterruptedException {
        for (long number = jobs.get(); number != END; number = jobs.get()) {
            results.put(found(number));
        }
        results.put(new Found(END, false, 0));
    }

    private static List<Found> report(SimpleQueue<Found> results) throws InterruptedException {
        List<Found> all = new ArrayList<>();
        int ended = 0;
        while (ended < WORKERS) {
            Found found = results.get();
            if (found.number() == END) {
                ended++;
            } else {
                all.add(found);
            }
        }
        return all;
    }

    /** The map of an executor over the numbers, dearest first. */
    public static Program map() {
        List<Long> dearestFirst =
                NUMBERS.stream().sorted(Comparator.reverseOrder()).toList();
        return operations -> {
            long start = System.nanoTime();
            for (long i = 0; i < operations; i++) {
                List<Found> all = new ArrayList<>();
                try (ProcessPoolExecutor executor = new ProcessPoolExecutor(WORKERS)) {
                    ResultIterator<Found> results = executor.map(PrimesWorkload::found, dearestFirst);
                    results.forEachRemaining(all::add);
                }
                check(all);
            }
            return System.nanoTime() - start;
        };
    }

    private static Found found(long number) {
        long start = System.nanoTime();
        boolean prime = CpuJobs.isPrime(number);
        return new Found(number, prime, System.nanoTime() - start);
    }

    private static void check(List<Found> all) {
        Checks.equal(NUMBERS, all.stream().map(Found::number).sorted().toList(), "the numbers that came back");
        Checks.equal((long) PRIMES, all.stream().filter(Found::prime).count(), "the number of primes");
    }
}
