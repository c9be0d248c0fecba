package offspring.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import offspring.core.Thread;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A thread that does nothing, from its making to the end of its join. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ThreadBenchmark {

    /** Ours. */
    @Benchmark
    public void startAndJoinOurs() throws InterruptedException {
        Thread thread = new Thread(() -> {});
        thread.start();
        thread.join();
    }

    /** The JDK's. */
    @Benchmark
    public void startAndJoinJuc() throws InterruptedException {
        java.lang.Thread thread = new java.lang.Thread(() -> {});
        thread.start();
        thread.join();
    }
}
