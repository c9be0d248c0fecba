package offspring.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import offspring.core.RLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A reentrant lock that is acquired once and released at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("LockNotBeforeTry") // there is nothing between the two that could throw
public class RLockBenchmark {

    private final RLock ours = new RLock();
    private final ReentrantLock juc = new ReentrantLock();

    /** Ours, by one thread. */
    @Benchmark
    @Threads(1)
    public void uncontendedOurs() throws InterruptedException {
        ours.acquire();
        ours.release();
    }

    /** The JDK's, by one thread. */
    @Benchmark
    @Threads(1)
    public void uncontendedJuc() {
        juc.lock();
        juc.unlock();
    }

    /** Ours, by two threads that do nothing else. */
    @Benchmark
    @Threads(2)
    public void contendedOurs() throws InterruptedException {
        ours.acquire();
        ours.release();
    }

    /** The JDK's, by two threads that do nothing else. */
    @Benchmark
    @Threads(2)
    public void contendedJuc() {
        juc.lock();
        juc.unlock();
    }
}
