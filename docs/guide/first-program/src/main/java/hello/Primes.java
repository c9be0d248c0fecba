package hello;

import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import offspring.futures.Pool;
import offspring.multiprocessing.Multiprocessing;
import offspring.multiprocessing.ProcessPool;

public class Primes {

    record Range(int from, int to) implements Serializable {}

    record Count(String process, int primes) implements Serializable {}

    public static void main(String[] args) throws InterruptedException {
        List<Range> ranges = IntStream.range(0, 10)
                .mapToObj(i -> new Range(i * 200_000, (i + 1) * 200_000))
                .toList();
        try (Pool pool = new ProcessPool(2)) {
            List<Count> counts = pool.map(Primes::count, ranges);
            System.out.println("processes: "
                    + new TreeSet<>(counts.stream().map(Count::process).toList()));
            System.out.println("there are " + counts.stream().mapToInt(Count::primes).sum() + " primes below 2000000");
        }
    }

    /** Runs in a process of the pool. */
    static Count count(Range range) {
        int primes = (int) IntStream.range(Math.max(2, range.from()), range.to())
                .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0))
                .count();
        return new Count(Multiprocessing.currentProcess().name(), primes);
    }
}
