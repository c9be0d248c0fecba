package offspring.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import offspring.benchmarks.programs.Program;
import offspring.benchmarks.programs.SharedLockPrograms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A lock that processes share, acquired and released at once. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SharedLockBenchmark {

    private static final int MANY = 10_000;

    /** A lock that nobody else wants. */
    @State(Scope.Benchmark)
    public static class OfLock extends ProgramState {
        @Override
        Program make() throws Exception {
            return SharedLockPrograms.lock();
        }
    }

    /** A semaphore that nobody else wants. */
    @State(Scope.Benchmark)
    public static class OfSemaphore extends ProgramState {
        @Override
        Program make() throws Exception {
            return SharedLockPrograms.semaphore();
        }
    }

    /** A lock that a child wants as often. */
    @State(Scope.Benchmark)
    public static class OfContendedLock extends ProgramState {
        @Override
        Program make() throws Exception {
            return SharedLockPrograms.contendedLock();
        }
    }

    /** By one process. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public long lock(OfLock program) throws Exception {
        return program.run(MANY);
    }

    /** By one process. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public long semaphore(OfSemaphore program) throws Exception {
        return program.run(MANY);
    }

    /** By two processes; an operation is one turn of each. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public long contendedLock(OfContendedLock program) throws Exception {
        return program.run(MANY);
    }
}
